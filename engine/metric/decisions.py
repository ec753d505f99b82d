"""The end of decisions: a lost client that buys again is not lost any more.

The values that people decide and nobody computes (`only_decided` of a dimension) end
when business of the client (see `is_business`: no debit note, and no invoice without
amounts) is posted for the first time after the decision, whatever its date is, as for
the rules. They do not come back when this invoice is reset to
draft, cancelled or credited. Other decisions stay.
"""

from odoo.fields import Datetime
from odoo.tools import SQL

from .columns import in_effect


def end_decisions(env, scope):
    """Remove these decisions of `scope.clients`. The refresh that follows writes the
    class in effect. It must have taken its turn, because it locks that first.

    :return: dict of the ended classes by name of the dimension: dict of the old class
        by id of the client
    """
    if not scope.clients:
        return {}
    env["client.metric"].flush_model()
    ended = {}
    for dimension in scope.catalogue.dimensions:
        if not dimension.only_decided:
            continue
        rows = env.execute_query(
            SQL(
                """
                UPDATE client_metric
                   SET %(decided)s = NULL, %(reason)s = NULL
                  FROM (SELECT id, %(decided)s AS old FROM client_metric
                         WHERE company_id = %(company)s
                           AND partner_id = ANY(%(clients)s)
                           AND %(decided)s IN %(values)s) ended
                 WHERE client_metric.id = ended.id
             RETURNING client_metric.partner_id, ended.old
                """,
                decided=SQL.identifier(dimension.decided),
                reason=SQL.identifier(f"{dimension.name}_reason"),
                company=scope.company.id,
                clients=list(scope.clients),
                values=dimension.only_decided,
            )
        )
        if rows:
            ended[dimension.name] = dict(rows)
    return ended


def log_ended(env, scope, ended):
    """Write the journal after the refresh: from the old class to the one in effect,
    because of the last invoice.

    :param ended: the result of `end_decisions`
    """
    for name, old_values in ended.items():
        dimension = scope.catalogue.dimension(name)
        labels = dict(env["client.metric"]._fields[name]._description_selection(env))
        env.cr.execute(
            SQL(
                """
                INSERT INTO client_change (
                    partner_id, company_id, qualifier, old_value, new_value,
                    old_name, new_name, date, user_id, origin, res_model, res_id)
                SELECT ended.client_id, %(company)s, %(qualifier)s, ended.old,
                       %(new)s, old_label.name, new_label.name,
                       %(now)s, %(uid)s, 'invoice', 'account.move', (
                       SELECT id FROM account_move move
                        WHERE move.commercial_partner_id = ended.client_id
                          AND %(in_company)s
                          AND state = 'posted'
                          AND move_type IN ('out_invoice', 'out_receipt')
                     ORDER BY id DESC LIMIT 1)
                  FROM unnest(%(clients)s::int[], %(olds)s::varchar[])
                       AS ended(client_id, old)
             LEFT JOIN client_metric metric
                    ON metric.partner_id = ended.client_id
                   AND metric.company_id = %(company)s
             LEFT JOIN (%(labels)s) old_label ON old_label.value = ended.old
             LEFT JOIN (%(labels)s) new_label ON new_label.value = %(new)s
                """,
                company=scope.company.id,
                qualifier=dimension.field,
                new=in_effect(name, "metric", "metric"),
                now=Datetime.now(),
                uid=env.uid,
                in_company=scope.in_company(SQL("move.company_id")),
                clients=list(old_values),
                olds=list(old_values.values()),
                labels=SQL(
                    "SELECT * FROM unnest(%s::varchar[], %s::varchar[])"
                    " AS label(value, name)",
                    list(labels),
                    list(labels.values()),
                ),
            )
        )
        env["client.change"].invalidate_model()
