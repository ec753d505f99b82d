from collections import defaultdict
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...engine.partner.gate import blocked_anywhere, close_gates
from ..lists.client_status import UNBLOCKERS
from ..partner.client_change import ImportRun

# Written by the addon only: when a client was blocked, and by whom.
BLOCK_STAMPS = ("client_blocked_date", "client_blocked_by_id")
WATCHED = {"client_blocked", "client_blocked_reason", "client_status_id", *BLOCK_STAMPS}


class ResPartner(models.Model):
    """Blocking and unblocking clients, as a step of `write`."""

    _inherit = "res.partner"

    @api.model
    def _client_watched_fields(self):
        return super()._client_watched_fields() | WATCHED

    @contextmanager
    def _client_blocks_kept(self, vals):
        """A step of `write`: who unblocks clients must be allowed to, whatever the way;
        who is blocked from now on gets no document that is on its way to be posted.

        :return: context manager that gives the values to write
        """
        movers = self.sudo()._client_movers(vals)
        if not movers and WATCHED.isdisjoint(vals):
            yield vals
            return
        # Contacts follow their client, unless they leave it.
        clients = self.sudo().filtered("client_is_commercial") | movers
        if clients:
            vals = self._client_without_stamps(vals)
        if not self._client_may_unblock():
            clients._client_check_unblocking(vals)
        clients._client_about_to_block(vals)._client_close_gates()
        stamped = clients._client_to_stamp(vals)
        before = movers._client_blocks()
        former = {one: one.commercial_partner_id for one in movers}
        yield vals
        if movers:
            self._client_moved(former, before, vals)
        if stamped:
            stamps = dict(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
            # pylint: disable-next=super-method-mismatch
            super(ResPartner, stamped.sudo(self.env.su)).write(stamps)

    def _client_new_status(self, vals):
        """:return: the `client.status` that Odoo would write, whatever was sent"""
        field = self._fields["client_status_id"]
        status = field.convert_to_cache(vals.get("client_status_id"), self[:1])
        return self.env["client.status"].sudo().browse(status or ())

    def _client_about_to_block(self, vals):
        """:return: those of these clients that are open, and which `vals` block"""
        blocks = self._client_new_status(vals).blocks_documents
        if not vals.get("client_blocked") and not blocks:
            return self.browse()
        return self.filtered(lambda client: not client.client_gets_no_documents)

    def _client_close_gates(self):
        """Close the gates of these clients, at the end of an import if there is one."""
        if run := ImportRun.of(self.env):
            run.blocked.update(self.ids)
        else:
            close_gates(self.env, self.ids)

    def _client_to_stamp(self, vals):
        """:return: those of these clients that `vals` block, or block for another
        reason: whoever writes it has done that
        """
        if not vals.get("client_blocked", True):
            return self.browse()
        blocks = "client_blocked" in vals
        reason = vals.get("client_blocked_reason") or False

        def is_new(client):
            if not client.client_blocked:
                return blocks
            reworded = client.client_blocked_reason != reason
            return "client_blocked_reason" in vals and reworded

        return self.filtered(is_new)

    def _client_blocks(self):
        """:return: dict of the ids of the companies that make no document to the client
        of these partners, by id of the partner
        """
        companies = defaultdict(set)
        for client, company in blocked_anywhere(self.env, self.commercial_partner_id):
            companies[client].add(company)
        return {one.id: companies[one.commercial_partner_id.id] for one in self}

    def _client_moved(self, former, before, vals):
        """What it means for their blocks that partners have joined or left a client.

        :param former: dict of the former client by partner, with all rights
        :param before: what `_client_blocks` said of them
        """
        movers = self.sudo().browse(one.id for one in former)
        after = movers._client_blocks()
        companies = self.env["res.company"].sudo()
        rows, caught = [], movers.browse()
        for one, client in former.items():
            lost, gained = (
                before[one.id] - after[one.id],
                after[one.id] - before[one.id],
            )
            if lost and one.commercial_partner_id == one:
                lost -= self._client_block_stays(one, client, lost, vals)
            if lost:
                self._client_check_lost(one, lost)
            if gained:  # its documents may be on their way, with the former client
                caught |= client
            for company in companies.browse(sorted(lost | gained)):
                was = company.id in lost
                rows.append((one, company, "client_gets_no_documents", was, not was))
        caught._client_close_gates()
        if rows:
            self.env["client.change"]._log(rows)

    def _client_block_stays(self, one, client, lost, vals):
        """Who leaves a blocked client stays blocked, in all companies.

        :param lost: ids of the companies that would make it documents again
        :return: ids of those that do not
        """
        unblocked = "client_blocked" in vals or "client_status_id" in vals
        stays = set(lost)
        if unblocked and self._client_may_unblock():
            stays.discard(self.env.company.id)
        for company in self.env["res.company"].sudo().browse(stays):
            old = client.with_company(company)
            values = {}
            if old.client_blocked:
                names = ("client_blocked", "client_blocked_reason", *BLOCK_STAMPS)
                values = {name: old[name] for name in names}
                values["client_blocked_by_id"] = old.client_blocked_by_id.id
            if old.client_status_id.blocks_documents:
                values["client_status_id"] = old.client_status_id.id
            # pylint: disable-next=super-method-mismatch
            super(ResPartner, one.with_company(company)).write(values)
        return stays

    def _client_check_lost(self, one, lost):
        """Raise when a partner gets documents of companies again, as a contact of
        another client, and whoever did that may not unblock there.

        :param lost: ids of companies
        """
        if self.env.su:
            return
        may = self._client_may_unblock()
        if may and lost <= set(self.env.user.company_ids.ids):
            return
        if self.env.company.id not in lost or may:
            raise AccessError(
                self.env._(
                    "You may not make “%s” a contact of another client. Ask an "
                    "administrator who works in all companies.",
                    one.name,
                )
            )
        raise AccessError(
            self.env._(
                "You may not unblock clients. “%s” is blocked, and as a contact of "
                "another client it would no longer be.",
                one.name,
            )
            + " "
            + self._client_unblockers_sentence()
        )

    @api.model
    def _client_may_unblock(self):
        return self.env.su or self.env.user.has_group(UNBLOCKERS)

    def _client_check_unblocking(self, vals):
        """Raise when `vals` would unblock one of these clients."""
        status = self._client_new_status(vals)
        for client in self:
            unblocked = client.client_blocked and not vals.get("client_blocked", True)
            released = (
                "client_status_id" in vals
                and client.client_status_id.blocks_documents
                and not status.blocks_documents
            )
            if unblocked or released:
                why = client.commercial_partner_id._client_messages()
                text = self.env._("You may not unblock clients.")
                raise AccessError(" ".join([text, *why]))

    @api.model
    def _client_stamp(self):
        """:return: when and by whom clients are blocked now"""
        return fields.Datetime.now(), self.env.uid

    @api.model
    def _client_without_stamps(self, vals):
        """:return: `vals` without who has blocked and when; nobody has who unblocks"""
        vals = {name: vals[name] for name in vals if name not in BLOCK_STAMPS}
        if vals.get("client_blocked", True):
            return vals
        nothing = dict.fromkeys(("client_blocked_reason", *BLOCK_STAMPS), False)
        return {**vals, **nothing}

    @api.model
    def _client_stamped(self, vals):
        """:return: `vals` of a new client, with who blocks it and when"""
        vals = self._client_without_stamps(vals)
        if vals.get("client_blocked"):
            vals.update(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
        return vals
