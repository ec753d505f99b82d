"""The status of merged clients."""

from odoo.tools import SQL

from .assign import forget
from .field import stored_values

STATUS = "client_status_id"


def keep_statuses(env, sources, target):
    """Give the remaining client the status of the merged ones in the companies where
    nobody has given it one. Statuses that block documents do not pass on: the merge
    keeps blocks in its own way.

    :param sources: ids of the commercial partners that will be deleted
    :param target: id of the remaining commercial partner
    """
    env["res.partner"].flush_model([STATUS])
    env["client.change"].flush_model()
    env["client.status"].flush_model(["blocks_documents"])
    rows = env.execute_query(
        SQL(
            """
            UPDATE res_partner p
               SET client_status_id =
                   merged.statuses || COALESCE(p.client_status_id, '{}'::jsonb)
              FROM (SELECT jsonb_object_agg(
                               stored.company, stored.value::int ORDER BY source.id DESC
                           ) AS statuses
                      FROM res_partner source
                CROSS JOIN LATERAL %(stored)s
                     WHERE source.id = ANY(%(sources)s)
                       AND EXISTS (SELECT FROM client_status
                                    WHERE id = stored.value::int
                                      AND NOT COALESCE(blocks_documents, FALSE))
                       AND NOT EXISTS (SELECT FROM client_change change
                                        WHERE change.partner_id = %(target)s
                                          AND change.qualifier = %(name)s
                                          AND change.company_id = stored.company::int)
                   ) merged
             WHERE p.commercial_partner_id = %(target)s
               AND merged.statuses IS NOT NULL
         RETURNING p.id
            """,
            stored=stored_values(SQL("source.client_status_id")),
            sources=list(sources),
            target=target,
            name=STATUS,
        )
    )
    if rows:
        forget(env, [partner for (partner,) in rows], [STATUS])
