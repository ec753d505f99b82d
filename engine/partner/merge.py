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


def pinned_companies(env, client):
    """:return: ids of the companies in which the status of a client (id) is pinned"""
    env["res.partner"].flush_model(["client_status_pinned"])
    rows = env.execute_query(
        SQL(
            """
            SELECT stored.company::int
              FROM res_partner p CROSS JOIN LATERAL %s
             WHERE p.id = %s AND stored.value = 'true'
            """,
            stored_values(SQL("p.client_status_pinned")),
            client,
        )
    )
    return [company for (company,) in rows]


def rename_in_operations(env, sources, target):
    """Let bulk operations that are not finished change the remaining client instead of
    the merged ones. The list keeps its length, because they count their progress in it.
    """
    operations = env["client.bulk.operation"]
    operations.flush_model(["partners", "state"])
    env.cr.execute(
        SQL(
            """
            UPDATE client_bulk_operation operation
               SET partners = (
                   SELECT jsonb_agg(CASE WHEN partner::int = ANY(%(sources)s)
                                         THEN %(target)s
                                         ELSE partner::int END ORDER BY place)
                     FROM jsonb_array_elements_text(operation.partners)
                          WITH ORDINALITY AS listed(partner, place))
             WHERE state = 'running'
               AND EXISTS (SELECT FROM jsonb_array_elements_text(operation.partners) one
                            WHERE one::int = ANY(%(sources)s))
            """,
            sources=list(sources),
            target=target,
        )
    )
    operations.invalidate_model(["partners"])
