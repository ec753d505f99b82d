"""Find duplicates among the partners, and store the pairs."""

from odoo.modules.db import has_trigram
from odoo.tools import SQL

from ..planner import for_all_clients
from ..scope import company_tree
from . import blocks
from .keys import FIELDS, key_rows, stored
from .sure import scored

# The surest ones; nobody looks at more.
MOST_PAIRS = 100_000
# Clients and contacts of clients that have at least one other contact. People archive a
# duplicate instead of merging it.
COMPARED = SQL(
    """p.active AND (p.commercial_partner_id = p.id OR p.commercial_partner_id IN (
           SELECT commercial_partner_id FROM res_partner
            WHERE active AND commercial_partner_id != id
         GROUP BY commercial_partner_id HAVING COUNT(*) > 1))"""
)


def find(env, changed=None, among=None):
    """Find duplicates and store them. Pairs that nobody has looked at disappear if they
    are none any more; pairs that are “not the same” stay.

    :param changed: ids of partners; only look for duplicates of these, None for all
    :param among: ids of the partners to compare them with, None for all
    :return: list of what was not compared, see `blocks.create_pairs`
    """
    left_out = _compare(env, among)
    pairs = _scored(env, changed)
    _store(env, pairs, changed)
    blocks.drop(env)
    return left_out


def look(env, changed, among=None):
    """Find duplicates of some partners, and store nothing; see `find`.

    :return: list of tuples: two ids, sureness (percent), reasons
    """
    _compare(env, among)
    rows = env.execute_query(
        SQL(
            "SELECT a_id, b_id, sure, reasons FROM (%s) found"
            " ORDER BY sure DESC, a_id, b_id LIMIT 1000",
            _scored(env, changed),
        )
    )
    blocks.drop(env)
    return rows


def _compare(env, among):
    env["res.partner"].flush_model(FIELDS)
    env["res.users"].flush_model(["partner_id"])
    for_all_clients(env)
    condition = COMPARED
    if among is not None:
        condition = SQL("%s AND p.id = ANY(%s)", COMPARED, list(among))
    blocks.create_keys(env, key_rows(stored(condition)))
    return blocks.create_pairs(env, company_tree(env["res.company"]).partners)


def _scored(env, changed):
    pairs = SQL.identifier(blocks.PAIRS)
    if changed is None:
        pairs = SQL("SELECT * FROM %s", pairs)
    else:
        pairs = SQL(
            "SELECT * FROM %s WHERE a_id = ANY(%s) OR b_id = ANY(%s)",
            pairs,
            list(changed),
            list(changed),
        )
    return scored(pairs, SQL.identifier(blocks.KEYS), bool(has_trigram(env.cr)))


def _store(env, pairs, changed):
    env["client.duplicate"].flush_model()
    ours = SQL("TRUE")
    if changed is not None:
        ours = SQL(
            "(d.partner_id = ANY(%s) OR d.other_id = ANY(%s))",
            list(changed),
            list(changed),
        )
    env.cr.execute(
        SQL(
            """
            WITH found AS MATERIALIZED (
                SELECT * FROM (%(pairs)s) scored
              ORDER BY sure DESC, a_id, b_id LIMIT %(most)s
            ), gone AS (
                DELETE FROM client_duplicate d
                 WHERE d.state = 'open' AND %(ours)s
                   AND NOT EXISTS (SELECT FROM found
                                    WHERE a_id = d.partner_id AND b_id = d.other_id)
            )
            INSERT INTO client_duplicate AS d (
                partner_id, other_id, of_contacts, sure, reasons, state, found_at)
            SELECT a_id, b_id, client_id IS NOT NULL, sure, reasons, 'open',
                   now() AT TIME ZONE 'UTC'
              FROM found
                ON CONFLICT (partner_id, other_id) DO UPDATE
               SET sure = EXCLUDED.sure, reasons = EXCLUDED.reasons,
                   of_contacts = EXCLUDED.of_contacts
             WHERE (d.sure, d.reasons, d.of_contacts) IS DISTINCT FROM
                   (EXCLUDED.sure, EXCLUDED.reasons, EXCLUDED.of_contacts)
            """,
            pairs=pairs,
            most=MOST_PAIRS,
            ours=ours,
        )
    )
    env["client.duplicate"].invalidate_model()
