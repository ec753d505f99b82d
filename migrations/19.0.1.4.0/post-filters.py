"""Two pairs of filters were nearly the same: one filter of each pair is left.

Actions of users may open a list with a filter that no longer exists. They get the one
that is left.
"""

RENAMED = {
    "search_default_client_vip_quiet": "search_default_client_no_order",
    "search_default_client_falling": "search_default_client_less",
}


def migrate(cr, version):
    if not version:
        return
    for old, new in RENAMED.items():
        cr.execute(
            """
            UPDATE ir_act_window
               SET context = regexp_replace(
                       context, '(["''])' || %(old)s || '\\1', '\\1' || %(new)s || '\\1',
                       'g')
             WHERE context LIKE '%%' || %(old)s || '%%'
            """,
            {"old": old, "new": new},
        )
