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

from odoo.tools import SQL

from .column import Column
from .locks import check_rows

GATES = 16384


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
    check_rows(env, "client.block.gate", env.cr.rowcount, len(gates))


def blocked(env, clients, company):
    """Which clients get no document of a company, until this transaction ends.

    :param clients: ids of commercial partners
    :param company: `res.company`
    :return: ids of those that are blocked, or have a status that blocks
    """
    flag = Column(env, "client_blocked", company)
    status = Column(env, "client_status_id", company)
    gates = set(map(gate, clients))
    env["client.status"].flush_model(["blocks_documents"])
    rows = env.execute_query(
        SQL(
            """
            WITH gate AS MATERIALIZED (
                SELECT id FROM client_block_gate
                 WHERE id = ANY(%(gates)s) ORDER BY id FOR SHARE
            )
            SELECT gate.id, client.id
              FROM gate  -- first of all, so that each of them is locked
         LEFT JOIN res_partner client
                ON client.id %% %(count)s + 1 = gate.id
               AND client.id = ANY(%(clients)s)
               AND (%(flag)s OR EXISTS (
                   SELECT FROM client_status
                    WHERE id = %(status)s AND blocks_documents))
            """,
            gates=list(gates),
            count=GATES,
            clients=list(clients),
            flag=flag.current("client"),
            status=status.current("client"),
        )
    )
    check_rows(env, "client.block.gate", len({row[0] for row in rows}), len(gates))
    return {client for _gate, client in rows if client}


def blocked_anywhere(env, clients):
    """Which clients get no document of which company, as this transaction sees it.

    :param clients: `res.partner`, commercial partners
    :return: set of pairs of ids, client and company
    """
    clients.flush_recordset(["client_blocked", "client_status_id"])
    rows = env.execute_query(
        SQL(
            """
            SELECT client.id, company::int
              FROM res_partner client, jsonb_each_text(client_blocked) v(company, value)
             WHERE client.id = ANY(%(clients)s) AND value = 'true'
             UNION
            SELECT client.id, company::int
              FROM res_partner client, jsonb_each_text(client_status_id)
                   v(company, value)
             WHERE client.id = ANY(%(clients)s) AND value = ANY(%(statuses)s)
            """,
            clients=clients.ids,
            statuses=[str(id) for id in env["client.status"]._blocking().ids],
        )
    )
    return set(rows)
