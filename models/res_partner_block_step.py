from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..engine.gate import blocked_anywhere, close_gates
from .client_change import IMPORT
from .client_status import UNBLOCKERS
from .res_partner import MOVES

# Written by the addon only: when a client was blocked, and by whom.
BLOCK_STAMPS = ("client_blocked_date", "client_blocked_by_id")
WATCHED = {"client_blocked", "client_blocked_reason", "client_status_id", *BLOCK_STAMPS}


class ResPartner(models.Model):
    """Blocking and unblocking clients, as a step of `write`."""

    _inherit = "res.partner"

    @contextmanager
    def _client_blocks_kept(self, vals):
        """A step of `write`: who unblocks clients must be allowed to, whatever the way;
        who is blocked from now on gets no document that is on its way to be posted.

        :return: context manager that gives the values to write
        """
        moves = MOVES & vals.keys()
        if not moves and not WATCHED & vals.keys():
            yield vals
            return
        # Contacts follow their client, unless they leave it.
        clients = self.sudo()
        if not moves:
            clients = clients.filtered("client_is_commercial")
        if clients:
            vals = self._client_stamped(vals)
            if not self._client_may_unblock():
                clients._client_check_unblocking(vals)
            clients._client_about_to_block(vals)._client_close_gates()
        reworded = clients._client_with_another_reason(vals)
        before = blocked_anywhere(self.env, clients) if moves else set()
        yield vals
        if moves:
            self._client_moved(before)
        if reworded:  # whose reason it is now
            stamps = dict(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
            super(ResPartner, reworded.sudo(self.env.su)).write(stamps)

    def _client_about_to_block(self, vals):
        """:return: those of these clients that are open, and which `vals` block"""
        status = self.env["client.status"].sudo().browse(vals.get("client_status_id"))
        if not vals.get("client_blocked") and not status.blocks_documents:
            return self.browse()
        return self.filtered(lambda client: not client.client_gets_no_documents)

    def _client_close_gates(self):
        """Close the gates of these clients, at the end of an import if there is one."""
        if not self:
            return
        imported = self.env.cr.cache.get(IMPORT)
        if imported is None:
            close_gates(self.env, self.ids)
        else:
            imported.update(self.ids)

    def _client_with_another_reason(self, vals):
        """:return: the blocked clients among these whose reason `vals` changes"""
        if "client_blocked_reason" not in vals or "client_blocked" in vals:
            return self.browse()
        reason = vals["client_blocked_reason"] or False
        return self.filtered(
            lambda client: (
                client.client_blocked and client.client_blocked_reason != reason
            )
        )

    def _client_moved(self, before):
        """What it means for their blocks that some of these have joined a client.

        :param before: what `blocked_anywhere` said of them
        """
        companies = self.env["res.company"].sudo()
        joined = self.sudo().filtered(lambda one: one.commercial_partner_id != one)
        after = blocked_anywhere(self.env, joined.commercial_partner_id)
        rows, caught = [], joined.browse()
        for contact in joined:
            old = {company for one, company in before if one == contact.id}
            client = contact.commercial_partner_id.id
            new = {company for one, company in after if one == client}
            if old - new and not self._client_may_unblock():
                raise AccessError(
                    self.env._(
                        "You may not unblock clients. “%s” is blocked, and as a "
                        "contact of another client it would no longer be.",
                        contact.name,
                    )
                    + " "
                    + self._client_unblockers_sentence()
                )
            if new - old:
                caught |= contact
            rows += [
                (contact, company, "client_gets_no_documents", was, not was)
                for company in companies.browse(old ^ new)
                for was in (company.id in old,)
            ]
        caught._client_close_gates()
        if rows:
            self.env["client.change"]._log(rows)

    @api.model
    def _client_may_unblock(self):
        return self.env.su or self.env.user.has_group(UNBLOCKERS)

    def _client_check_unblocking(self, vals):
        """Raise when `vals` would unblock one of these clients."""
        status = self.env["client.status"].sudo().browse(vals.get("client_status_id"))
        for client in self:
            unblocked = client.client_blocked and not vals.get("client_blocked", True)
            released = (
                "client_status_id" in vals
                and client.client_status_id.blocks_documents
                and not status.blocks_documents
            )
            if unblocked or released:
                raise AccessError(
                    self.env._("You may not unblock clients.")
                    + " "
                    + client._client_blocked_message()
                )

    @api.model
    def _client_stamp(self):
        """:return: when and by whom clients are blocked now"""
        return fields.Datetime.now(), self.env.uid

    @api.model
    def _client_stamped(self, vals):
        """:return: `vals` of a client, with who blocks it and when"""
        if "client_blocked" not in vals:
            return {name: vals[name] for name in vals if name not in BLOCK_STAMPS}
        if vals["client_blocked"]:
            stamps = dict(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
            return {**vals, **stamps}
        return {
            **vals,
            "client_blocked_reason": False,
            **dict.fromkeys(BLOCK_STAMPS, False),
        }
