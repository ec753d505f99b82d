"""What it means for their blocks that partners join or leave a client."""

from collections import defaultdict

from odoo.exceptions import AccessError

from ...engine.partner.gate import blocked_anywhere
from ..lists.client_status import UNBLOCKERS
from .refusal import whom_to_ask

# Written by the addon only: when a client was blocked, and by whom.
BLOCK_STAMPS = ("client_blocked_date", "client_blocked_by_id")


def may_unblock(env):
    """:return: whether the user may unblock clients"""
    return env.su or env.user.has_group(UNBLOCKERS)


class BlockMoves:
    """Partners that are about to move to another client, or to become one.

    Who leaves a blocked client stays blocked, in all companies. Nobody gets unblocked
    as the contact of another client, unless the user may unblock.

    :param movers: `res.partner` that move, before Odoo writes; with all rights
    :param dict vals: what Odoo writes
    """

    def __init__(self, movers, vals):
        self.movers = movers
        self.vals = vals
        self.env = movers.env
        self.former = {one: one.commercial_partner_id for one in movers}
        self.before = self._blocks()

    def _blocks(self):
        """:return: dict of the ids of the companies that make no document to the client
        of a partner, by id of the partner
        """
        clients = self.movers.commercial_partner_id
        companies = defaultdict(set)
        for client, company in blocked_anywhere(self.env, clients):
            companies[client].add(company)
        return {one.id: companies[one.commercial_partner_id.id] for one in self.movers}

    def finish(self, user_env):
        """When Odoo has written: check, keep blocks, and write the journal.

        :param user_env: environment of the user who writes, with that user's rights
        """
        after = self._blocks()
        companies = self.env["res.company"]
        rows, caught = [], self.movers.browse()
        for one, client in self.former.items():
            lost = self.before[one.id] - after[one.id]
            gained = after[one.id] - self.before[one.id]
            if lost and one.commercial_partner_id == one:
                lost -= self._keep(one, client, lost, user_env)
            if lost:
                _check_lost(one, lost, user_env)
            if gained:  # its documents may be on their way, with the former client
                caught |= client
            for company in companies.browse(sorted(lost | gained)):
                was = company.id in lost
                rows.append((one, company, "client_gets_no_documents", was, not was))
        caught._client_close_gates()
        if rows:
            user_env["client.change"]._log(rows)

    def _keep(self, one, client, lost, user_env):
        """Block a partner like the client that it has left.

        :param lost: ids of the companies that would make it documents again
        :return: ids of those that do not
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
            one.with_company(company)._client_write_plain(values)
        return stays


def _check_lost(one, lost, user_env):
    """Raise when a partner gets documents of companies again, as a contact of another
    client, and the user may not unblock there.

    :param lost: ids of companies
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
                one.name,
            )
        )
    raise AccessError(
        user_env._(
            "You may not unblock clients. “%s” is blocked, and as a contact of "
            "another client it would no longer be.",
            one.name,
        )
        + " "
        + whom_to_ask(user_env)
    )
