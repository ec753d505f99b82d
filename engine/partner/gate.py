"""Blocked clients: who gets no document, and how nobody slips through.

A posting reads who is blocked in a transaction that may have begun before somebody
blocks the client, and then does not see the block. Locking the partner against that
(`FOR SHARE`) would make postings fail that Odoo lets through: they write the partner
themselves (`customer_rank`), and two that share its row wait for each other. `FOR KEY
SHARE` waits for nobody, but lets an old transaction read a row that has changed since.

So clients share `GATES` rows that only a blocking changes. A posting takes `FOR SHARE`
on those of its clients in the statement that reads the blocks; a blocking changes them
first of all. Postings do not hinder each other; a blocking waits until the postings
under way have ended; and a posting whose transaction is older than a blocking fails to
serialize, which makes Odoo run it again, and then it sees the block.

There are many gates, so that an import of some thousand clients seldom meets somebody
else's blocking. It changes them at its end, and not at its first row.
"""

from contextlib import contextmanager

from odoo.tools import SQL

from ..locks import check_rows
from .field import fallbacks, stored_values, value_in

GATES = 16384
# What decides about the documents of a client: fields of `res.partner` that depend on
# the company, and the types of their values in SQL.
DECISIVE = {
    "client_blocked": "bool",
    "client_status_id": "int",
    "client_status_pinned": "bool",
}
# Key of the cursor's cache, see `statuses_seen`.
SEEN = "client_segmentation.statuses_seen"
# One row per client, and one per gate without any. Each posting passes here: the text
# is always the same, and reads the fields as Odoo does.
BLOCKED = """
    WITH gate AS MATERIALIZED (
        SELECT id FROM client_block_gate
         WHERE id = ANY(%(gates)s) ORDER BY id FOR SHARE
    )
    SELECT gate.id, client.id, status, pinned,
           blocked OR EXISTS (
               SELECT FROM client_status WHERE id = status AND blocks_documents)
      FROM gate  -- first of all, so that each of them is locked
 LEFT JOIN (
           SELECT id,
                  %(client_blocked)s AS blocked,
                  %(client_status_id)s AS status,
                  %(client_status_pinned)s AS pinned
             FROM res_partner
            WHERE id = ANY(%(clients)s)
           ) client ON client.id %% %(count)s + 1 = gate.id
"""


def gate(client):
    """:return: id of the gate of a commercial partner (id)"""
    return client % GATES + 1


def close_gates(env, clients=None):
    """Before clients are blocked: wait for postings under way, see to it that those
    which have begun are run again.

    :param clients: ids of commercial partners, or None for all
    """
    gates = range(1, GATES + 1) if clients is None else set(map(gate, clients))
    if not gates:
        return
    # Always in the same order, or two would wait for each other.
    env.cr.execute(
        SQL(
            """
            UPDATE client_block_gate
               SET version = version + 1
              FROM (SELECT id FROM client_block_gate
                     WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) locked
             WHERE client_block_gate.id = locked.id
            """,
            list(gates),
        )
    )
    check_rows("client.block.gate", env.cr.rowcount, len(gates))


def blocked(env, clients, company):
    """Which clients get no document of a company, until this transaction ends.

    :param clients: ids of commercial partners
    :param company: `res.company`
    :return: ids of those that are blocked, or have a status that blocks
    """
    gates = set(map(gate, clients))
    env["client.status"].flush_model(["blocks_documents"])
    env["res.partner"].flush_model(DECISIVE)
    usual = fallbacks(env, DECISIVE, company)
    values = {
        name: value_in(SQL.identifier(name), str(company.id), usual[name], column_type)
        for name, column_type in DECISIVE.items()
    }
    rows = env.execute_query(
        SQL(
            BLOCKED,
            gates=list(gates),
            count=GATES,
            clients=list(clients),
            **values,
        )
    )
    check_rows("client.block.gate", len({row[0] for row in rows}), len(gates))
    seen = env.cr.cache.get(SEEN)
    if seen is not None:
        seen.update(
            ((company.id, client), (status, pinned))
            for _gate, client, status, pinned, _blocked in rows
        )
    return {row[1] for row in rows if row[4]}


@contextmanager
def statuses_seen(env):
    """While a document is posted, `blocked` keeps the statuses that it has seen: the
    rules need not ask for them again. Whoever changes one calls `forget_statuses`.
    """
    cache = env.cr.cache
    if SEEN in cache:
        yield
        return
    cache[SEEN] = {}
    try:
        yield
    finally:
        cache.pop(SEEN, None)


def seen_status(env, client, company):
    """:return: id of the status of a client and whether it is pinned, as it is now, or
    None when it has to be read
    """
    return env.cr.cache.get(SEEN, {}).get((company.id, client))


def forget_statuses(env):
    """Statuses have changed in this transaction."""
    env.cr.cache.get(SEEN, {}).clear()


def blocked_anywhere(env, clients):
    """Which clients get no document of which company, as this transaction sees it.

    :param clients: `res.partner`, commercial partners
    :return: set of pairs of ids, client and company
    """
    clients.flush_recordset(["client_blocked", "client_status_id"])
    env["client.status"].flush_model(["blocks_documents"])
    rows = env.execute_query(
        SQL(
            """
            SELECT client.id, company.id
              FROM res_partner client, %(blocks)s
              JOIN res_company company ON company.id = stored.company::int
             WHERE client.id = ANY(%(clients)s) AND stored.value = 'true'
             UNION
            SELECT client.id, company.id
              FROM res_partner client, %(statuses)s
              JOIN res_company company ON company.id = stored.company::int
              JOIN client_status status ON status.id = stored.value::int
             WHERE client.id = ANY(%(clients)s) AND status.blocks_documents
            """,
            clients=clients.ids,
            blocks=stored_values(SQL.identifier("client", "client_blocked")),
            statuses=stored_values(SQL.identifier("client", "client_status_id")),
        )
    )
    return set(rows)
