"""Duplicates of merged partners: what people have said about them stays."""

from odoo.tools import SQL


def merge_pairs(env, sources, target):
    """Give the pairs of merged partners to the remaining one, before Odoo does it: Odoo
    would delete all of them if one exists already. If one of two pairs that become one
    is “not the same”, this stays.

    :param sources: ids of the partners that will be deleted
    :param target: id of the remaining partner
    """
    pairs = env["client.duplicate"]
    pairs.flush_model()
    env.cr.execute(
        SQL(
            """
            WITH gone AS (
                DELETE FROM client_duplicate
                 WHERE partner_id = ANY(%(sources)s) OR other_id = ANY(%(sources)s)
             RETURNING *
            ), renamed AS (
                SELECT CASE WHEN partner_id = ANY(%(sources)s) THEN %(target)s
                            ELSE partner_id END AS one,
                       CASE WHEN other_id = ANY(%(sources)s) THEN %(target)s
                            ELSE other_id END AS other,
                       gone.*
                  FROM gone
            ), kept AS (
                SELECT DISTINCT ON (least(one, other), greatest(one, other)) *
                  FROM renamed
                 WHERE one != other
              ORDER BY least(one, other), greatest(one, other),
                       state = 'dismissed' DESC, sure DESC, id
            )
            INSERT INTO client_duplicate AS d (
                partner_id, other_id, of_contacts, sure, reasons, state, found_at,
                dismissed_by_id, dismissed_at)
            SELECT least(one, other), greatest(one, other), of_contacts, sure, reasons,
                   state, found_at, dismissed_by_id, dismissed_at
              FROM kept
                ON CONFLICT (partner_id, other_id) DO UPDATE
               SET state = EXCLUDED.state, dismissed_by_id = EXCLUDED.dismissed_by_id,
                   dismissed_at = EXCLUDED.dismissed_at
             WHERE d.state = 'open' AND EXCLUDED.state = 'dismissed'
            """,
            sources=list(sources),
            target=target,
        )
    )
    pairs.invalidate_model()
