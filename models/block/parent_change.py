"""Keep the blocks of partners that become contacts of another client, or clients."""

from collections import defaultdict

from odoo.exceptions import AccessError

from ...engine.partner.gate import blocked_anywhere
from ..lists.client_status import UNBLOCKERS
from .refusal import whom_to_ask

# Only the addon writes these: when and by whom a client was blocked.
BLOCK_STAMPS = ("client_blocked_date", "client_blocked_by_id")


def may_unblock(env):
    """:return: whether the user may unblock clients"""
    return env.su or env.user.has_group(UNBLOCKERS)


class ParentChange:
    """A change of the parent: partners become contacts of another client, or clients.

    A partner that leaves a blocked client stays blocked, in all companies. A partner
    can only become unblocked as a contact of another client if the user may unblock.

    :param partners: `res.partner` that change, before Odoo writes, with superuser
        rights
    :param dict vals: values that Odoo writes
    """

    def __init__(self, partners, vals):
        self.partners = partners
        self.vals = vals
        self.env = partners.env
        self.former_clients = {
            partner: partner.commercial_partner_id for partner in partners
        }
        self.before = self._blocks()

    def _blocks(self):
        """:return: dict by id of the partner: ids of the companies in which its client
        is blocked
        """
        clients = self.partners.commercial_partner_id
        companies = defaultdict(set)
        for client, company in blocked_anywhere(self.env, clients):
            companies[client].add(company)
        return {
            partner.id: companies[partner.commercial_partner_id.id]
            for partner in self.partners
        }

    def finish(self, user_env):
        """After Odoo's write: check the rights, keep blocks, and write the journal.

        :param user_env: environment with the rights of the user who writes
        """
        after = self._blocks()
        companies = self.env["res.company"]
        rows, newly_blocked = [], self.partners.browse()
        for partner, client in self.former_clients.items():
            lost = self.before[partner.id] - after[partner.id]
            gained = after[partner.id] - self.before[partner.id]
            if lost and partner.commercial_partner_id == partner:
                lost -= self._keep(partner, client, lost, user_env)
            if lost:
                _check_lost(partner, lost, user_env)
            if gained:  # documents for the former client may be posted at this moment
                newly_blocked |= client
            for company in companies.browse(sorted(lost | gained)):
                was = company.id in lost
                row = (partner, company, "client_gets_no_documents", was, not was)
                rows.append(row)
        newly_blocked._client_close_gates()
        if rows:
            user_env["client.change"]._log(rows)

    def _keep(self, partner, client, lost, user_env):
        """Block a partner like the client that it has left.

        :param lost: ids of the companies in which it would no longer be blocked
        :return: ids of the companies in which it stays blocked
        """
        stays = set(lost)
        unblocked = "client_blocked" in self.vals or "client_status_id" in self.vals
        if unblocked and may_unblock(user_env):
            stays.discard(user_env.company.id)
        for company in self.env["res.company"].browse(stays):
            old = client.with_company(company)
            values = {}
            if old.client_blocked:
                names = ("client_blocked", "client_blocked_reason", *BLOCK_STAMPS)
                values = {name: old[name] for name in names}
                values["client_blocked_by_id"] = old.client_blocked_by_id.id
            if old.client_status_id.blocks_documents:
                values["client_status_id"] = old.client_status_id.id
            partner.with_company(company)._client_write_plain(values)
        return stays


def _check_lost(partner, lost, user_env):
    """Raise if a partner becomes unblocked as a contact of another client, and the user
    may not unblock it.

    :param lost: ids of the companies in which it would no longer be blocked
    """
    if user_env.su:
        return
    may = may_unblock(user_env)
    if may and lost <= set(user_env.user.company_ids.ids):
        return
    if user_env.company.id not in lost or may:
        raise AccessError(
            user_env._(
                "You may not make “%s” a contact of another client. Ask an "
                "administrator who works in all companies.",
                partner.name,
            )
        )
    raise AccessError(
        user_env._(
            "You may not unblock clients. “%s” is blocked, and would be unblocked as a "
            "contact of another client.",
            partner.name,
        )
        + " "
        + whom_to_ask(user_env)
    )
