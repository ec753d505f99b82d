"""Block and unblock many clients at once, with the journal."""

from odoo.fields import Datetime
from odoo.tools import SQL

from .assign import differing, write
from .field import PartnerField, stored_values, value_in
from .gate import close_gates


def block(env, clients, company, reason, **journal):
    """Block or unblock clients and their contacts.

    :param clients: commercial partners, see `assign`
    :param company: the company of the block
    :param reason: the reason, or None to unblock them
    :param journal: see `assign`
    :return: ids of the clients that changed
    """
    if not clients:
        return []
    old_reason = PartnerField(env, "client_blocked_reason", company)
    changes = SQL(
        """
        SELECT differing.id, old, %(blocked)s AS new, %(old_reason)s AS old_name,
               %(reason)s::varchar AS new_name, document.id AS document_id
          FROM (%(differing)s) differing
          JOIN res_partner client ON client.id = differing.id
          JOIN unnest(%(ids)s::int[], %(documents)s::int[]) AS document(client_id, id)
            ON document.client_id = differing.id
        """,
        blocked=bool(reason),
        old_reason=old_reason.current("client"),
        reason=reason,
        differing=differing(env, "client_blocked", clients, bool(reason), company),
        ids=list(clients),
        documents=list(clients.values()),
    )
    return write_blocks(env, changes, company, **journal)


def write_blocks(env, changes, company, **journal):
    """Write changes of the block of clients, see `assign.write`.

    The journal lines store the reasons as names.
    """
    newly = env.execute_query(SQL("SELECT id FROM (%s) changed WHERE new", changes))
    close_gates(env, [client for (client,) in newly])
    field = PartnerField(env, "client_blocked", company)
    when = SQL("CASE WHEN changed.new THEN %s END", Datetime.to_string(Datetime.now()))
    return write(
        env,
        field,
        changes,
        other_fields={
            PartnerField(env, "client_blocked_reason", company): SQL(
                "changed.new_name"
            ),
            PartnerField(env, "client_blocked_date", company): when,
            PartnerField(env, "client_blocked_by_id", company): SQL(
                "CASE WHEN changed.new THEN %s END", env.uid
            ),
        },
        **journal,
    )


def log_status(env, statuses, blocks):
    """Log the clients whose status starts or stops to block documents. Clients that are
    blocked themselves get no line, because they stay blocked.

    :param statuses: ids of `client.status`
    :param bool blocks: whether the statuses block documents now
    """
    env["res.partner"].flush_model()
    env["client.change"].flush_model()
    env.cr.execute(
        SQL(
            """
            INSERT INTO client_change (
                partner_id, company_id, qualifier, old_value, new_value,
                date, user_id, origin)
            SELECT client.id, stored.company::int, 'client_gets_no_documents',
                   %(old)s, %(new)s, %(now)s, %(uid)s, 'hand'
              FROM res_partner client
        CROSS JOIN LATERAL %(stored)s
             WHERE client.commercial_partner_id = client.id
               AND stored.value = ANY(%(statuses)s)
               AND %(blocked)s IS NOT TRUE
               AND EXISTS (SELECT FROM res_company WHERE id = stored.company::int)
            """,
            old=str(not blocks).lower(),
            new=str(blocks).lower(),
            now=Datetime.now(),
            uid=env.uid,
            stored=stored_values(SQL.identifier("client", "client_status_id")),
            blocked=value_in(
                SQL.identifier("client", "client_blocked"),
                SQL("stored.company"),
                None,
                SQL("bool"),
            ),
            statuses=[str(status) for status in statuses],
        )
    )
    env["client.change"].invalidate_model()
