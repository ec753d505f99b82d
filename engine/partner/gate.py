"""Gates: locks that keep a document from being posted while its client gets blocked.

A posting reads the blocks in a transaction that may have started before a user blocks
the client. Then it does not see the block. To lock the partner (`FOR SHARE`) is no
solution: postings write the partner themselves (`customer_rank`), so two postings for
one client would wait for each other and fail. `FOR KEY SHARE` does not wait, but an old
transaction could still read a row that has changed since.

So there are `GATES` rows, which clients share. Only a transaction that blocks clients
changes them. A posting locks the gates of its clients with `FOR SHARE`, in the
statement that reads the blocks. A transaction that blocks clients first updates their
gates. Postings do not wait for each other. The update waits until running postings have
ended. A posting whose transaction is older than the update gets a serialization error,
Odoo repeats it, and then it sees the block.

There are many gates, so that an import of some thousand clients rarely uses the same
gates as other transactions. An import updates them at its end, not at its first row.
"""

from contextlib import contextmanager

from odoo.tools import SQL

from ..locks import check_rows
from ..scope import company_tree
from .field import fallbacks, stored_values, value_in

GATES = 16384
# The fields of `res.partner` that decide whether a client is blocked, or that the rules
# need. They depend on the company. Each has the type of its values.
DECISIVE = {
    "client_blocked": SQL("bool"),
    "client_status_id": SQL("int"),
    "client_status_pinned": SQL("bool"),
}
# Key of the cursor's cache, see `statuses_seen`.
SEEN = "client_segmentation.statuses_seen"
# One row per client and company, and one row per gate without a client. Each posting
# runs this query, so its text is constant. It reads the fields in the same way as Odoo.
BLOCKED = """
    WITH gate AS MATERIALIZED (
        SELECT id FROM client_block_gate
         WHERE id = ANY(%(gates)s) ORDER BY id FOR SHARE
    )
    SELECT gate.id, client.company_id, client.id, status, pinned,
           blocked OR EXISTS (
               SELECT FROM client_status WHERE id = status AND blocks_documents)
      FROM gate  -- first of all, so that each of them is locked
 LEFT JOIN (
           SELECT partner.id, company.id AS company_id,
                  %(client_blocked)s AS blocked,
                  %(client_status_id)s AS status,
                  %(client_status_pinned)s AS pinned
             FROM res_partner partner
       CROSS JOIN unnest(%(companies)s::int[], %(blocks)s::bool[], %(statuses)s::int[],
                         %(pins)s::bool[])
                  AS company(id, client_blocked, client_status_id, client_status_pinned)
            WHERE partner.id = ANY(%(clients)s)
           ) client ON client.id %% %(count)s + 1 = gate.id
"""


def gate(client):
    """:return: id of the gate of a commercial partner (id)"""
    return client % GATES + 1


def close_gates(env, clients=None):
    """Call this before clients are blocked: it waits for running postings, and makes
    Odoo repeat postings that have started but not read the blocks yet.

    :param clients: ids of commercial partners, or None for all
    """
    gates = range(1, GATES + 1) if clients is None else set(map(gate, clients))
    if not gates:
        return
    # Always in the same order, so two transactions cannot deadlock.
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
    """The blocked clients in a company. A block, or a status that blocks documents, in
    a company holds for its branches. The result stays valid until this transaction
    ends.

    :param clients: ids of commercial partners
    :param company: `res.company`
    :return: ids of the clients that are blocked, or have a status that blocks documents
    """
    gates = set(map(gate, clients))
    env["client.status"].flush_model(["blocks_documents"])
    env["res.partner"].flush_model(DECISIVE)
    companies = company.browse(company_tree(company).above(company.id))
    defaults = [fallbacks(env, DECISIVE, above) for above in companies]
    values = {
        name: value_in(
            SQL.identifier("partner", name),
            SQL("company.id::text"),
            SQL.identifier("company", name),
            column_type,
        )
        for name, column_type in DECISIVE.items()
    }
    rows = env.execute_query(
        SQL(
            BLOCKED,
            gates=list(gates),
            count=GATES,
            clients=list(clients),
            companies=companies.ids,
            blocks=[default["client_blocked"] for default in defaults],
            statuses=[default["client_status_id"] for default in defaults],
            pins=[default["client_status_pinned"] for default in defaults],
            **values,
        )
    )
    check_rows("client.block.gate", len({row[0] for row in rows}), len(gates))
    seen = env.cr.cache.get(SEEN)
    if seen is not None:
        seen.update(
            ((holder, client), (status, pinned))
            for _gate, holder, client, status, pinned, _blocked in rows
        )
    return {row[2] for row in rows if row[5]}


@contextmanager
def statuses_seen(env):
    """Within this context manager, `blocked` caches the statuses that it reads, so the
    rules do not need to read them again when a document is posted. Code that changes a
    status must call `forget_statuses`.
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
    """:return: the cached id of a client's current status and whether it is pinned, or
    None if it is not cached
    """
    return env.cr.cache.get(SEEN, {}).get((company.id, client))


def forget_statuses(env):
    """Clear the cache, because statuses change in this transaction."""
    env.cr.cache.get(SEEN, {}).clear()


def blocked_anywhere(env, clients):
    """The blocked clients in all companies, as this transaction sees them.

    :param clients: `res.partner`, commercial partners
    :return: set of pairs of ids: the client, and the company that blocks it; not the
        branches of this company
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
