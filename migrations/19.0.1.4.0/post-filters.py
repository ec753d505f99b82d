"""Two pairs of filters were nearly the same: one filter of each pair is left.

Actions of users may open a list with a filter that no longer exists. They get the one
that is left.
"""

RENAMED = {
    "client_vip_quiet": "client_no_order",
    "client_falling": "client_less",
}


def migrate(cr, version):
    if not version:
        return
    for old, new in RENAMED.items():
        cr.execute(
            """
            UPDATE ir_act_window
               SET context = regexp_replace(context, %(pattern)s, %(new)s, 'g')
             WHERE context ~ %(pattern)s
            """,
            {
                "pattern": rf"\msearch_default_{old}\M",
                "new": f"search_default_{new}",
            },
        )
