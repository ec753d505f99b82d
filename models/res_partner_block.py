from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..engine.gate import blocked, blocked_anywhere, close_gates

# Written by the addon only: who blocked a client, and when.
BLOCK_STAMPS = ("client_blocked_date", "client_blocked_by_id")
WATCHED = {"client_blocked", "client_blocked_reason", "client_status_id", *BLOCK_STAMPS}
UNBLOCKERS = "client_segmentation.group_client_unblock"


class ResPartner(models.Model):
    """A blocked client gets no new document of one company, until it is unblocked.

    Whoever writes clients may block one; unblocking is for a group.
    """

    _inherit = "res.partner"

    client_blocked = fields.Boolean(
        "Blocked",
        company_dependent=True,
        copy=False,
        index="btree_not_null",
        help="This client gets no quotation and no invoice.",
        groups="base.group_user",
    )
    client_blocked_reason = fields.Char(
        "Reason for Blocking",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
    )
    client_blocked_date = fields.Datetime(
        "Blocked On",
        company_dependent=True,
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    client_blocked_by_id = fields.Many2one(
        "res.users",
        "Blocked By",
        company_dependent=True,
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups="base.group_user",
    )
    client_gets_no_documents = fields.Boolean(
        compute="_compute_client_gets_no_documents",
        search="_search_client_gets_no_documents",
        help="Blocked, or with a status that blocks documents.",
        groups="base.group_user",
    )
    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
    )

    @api.constrains("client_blocked", "client_blocked_reason")
    def _check_client_blocked_reason(self):
        for client in self.filtered("client_is_commercial"):
            reason = client.client_blocked_reason or ""
            if client.client_blocked and not reason.strip():
                raise ValidationError(
                    self.env._(
                        "Say why “%s” is blocked: whoever wants to make an invoice "
                        "will read it.",
                        client.name,
                    )
                )

    @api.depends("client_blocked", "client_status_id.blocks_documents")
    @api.depends_context("company")
    def _compute_client_gets_no_documents(self):
        for partner in self:
            client = partner.sudo().commercial_partner_id
            partner.client_gets_no_documents = (
                client.client_blocked or client.client_status_id.blocks_documents
            )

    @api.model
    def _search_client_gets_no_documents(self, operator, value):
        if operator != "in":
            return NotImplemented
        if {True, False} <= set(value):
            return Domain.TRUE
        domain = Domain("client_blocked", "=", True)
        if statuses := self.env["client.status"]._blocking():
            domain |= Domain("client_status_id", "in", statuses.ids)
        return domain if True in value else ~domain

    @api.depends(
        "client_gets_no_documents",
        "client_blocked_reason",
        "client_blocked_date",
        "client_blocked_by_id",
    )
    @api.depends_context("company", "lang", "tz")
    def _compute_client_blocked_message(self):
        for partner in self:
            partner.client_blocked_message = (
                partner._client_blocked_message()
                if partner.client_gets_no_documents
                else False
            )

    def _client_blocked_message(self):
        """:return: why this client gets no document of the current company, in one
        or two sentences, with the client's name and whom to ask
        """
        self.ensure_one()
        client = self.sudo().commercial_partner_id
        if client.client_blocked:
            why = self.env._(
                "“%(client)s” is blocked: %(reason)s (%(user)s, %(date)s).",
                client=client.display_name,
                reason=(client.client_blocked_reason or "").rstrip("."),
                user=client.client_blocked_by_id.name or "?",
                date=format_date(self.env, client.client_blocked_date),
            )
        else:
            why = self.env._(
                "“%(client)s” has the status “%(status)s”, which blocks documents.",
                client=client.display_name,
                status=client.client_status_id.name,
            )
        return f"{why} {self._client_unblockers_sentence()}"

    def _client_blocked_messages(self, company):
        """Which of these clients get no document of a company, as of now and until the
        transaction ends, however old it is; see `engine.gate`.

        :return: dict with a message for each of them
        """
        refused = self.browse(blocked(self.env, self.ids, company))
        return {
            client: client.with_company(company)._client_blocked_message()
            for client in refused
        }

    @api.model
    def _client_refuse(self, messages):
        """Raise when there are messages; who is no employee does not read them."""
        if not messages:
            return
        if not self.env.user._is_internal():
            raise UserError(
                self.env._("This document cannot be confirmed. Please contact us.")
            )
        raise UserError("\n".join(messages))

    @api.model
    def _client_unblockers_sentence(self):
        group = self.env.ref(UNBLOCKERS).sudo()
        users = group.all_user_ids.filtered(
            lambda user: self.env.company in user.company_ids and not user.share
        )
        names = (users - self.env.ref("base.user_root")).sorted("id").mapped("name")
        if not names:
            return self.env._("Ask an administrator to unblock it.")
        return self.env._("To unblock it, ask %s.", ", ".join(names[:3]))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._client_stamped(vals) for vals in vals_list])

    def write(self, vals):
        concerned = WATCHED & vals.keys()
        clients = self.sudo().filtered("client_is_commercial") if concerned else ()
        if not clients:  # contacts follow their client
            with self._client_kept_blocked(vals):
                return super().write(vals)
        vals = self._client_stamped(vals)
        status = self.env["client.status"].browse(vals.get("client_status_id")).sudo()
        if vals.get("client_blocked") or status.blocks_documents:
            close_gates(self.env, clients.ids)
        if not self.env.su and not self.env.user.has_group(UNBLOCKERS):
            clients._client_check_unblocking(vals, status)
        rewritten = self.browse()
        if "client_blocked_reason" in vals and "client_blocked" not in vals:
            rewritten = clients._client_with_another_reason(vals).sudo(self.env.su)
        with self._client_kept_blocked(vals):
            result = super().write(vals)
        if rewritten:  # whose reason it is now
            stamps = (fields.Datetime.now(), self.env.uid)
            super(ResPartner, rewritten).write(
                dict(zip(BLOCK_STAMPS, stamps, strict=True))
            )
        return result

    def _client_with_another_reason(self, vals):
        """:return: the blocked clients among these whose reason `vals` changes"""
        reason = vals["client_blocked_reason"] or False
        return self.filtered(
            lambda client: (
                client.client_blocked and client.client_blocked_reason != reason
            )
        )

    @contextmanager
    def _client_kept_blocked(self, vals):
        """Raise when a blocked client becomes a contact of one that is not, unless
        the user may unblock.
        """
        moves = not {"parent_id", "is_company"}.isdisjoint(vals)
        if not moves or self.env.su or self.env.user.has_group(UNBLOCKERS):
            yield
            return
        clients = self.sudo().filtered("client_is_commercial")
        before = blocked_anywhere(self.env, clients)
        yield
        if not before:
            return
        after = blocked_anywhere(self.env, clients.commercial_partner_id)
        for client in clients:
            for company_id in {pair[1] for pair in before if pair[0] == client.id}:
                if (client.commercial_partner_id.id, company_id) not in after:
                    raise AccessError(
                        self.env._(
                            "You may not unblock clients. “%s” is blocked, and as a "
                            "contact of another client it would no longer be.",
                            client.name,
                        )
                        + " "
                        + self._client_unblockers_sentence()
                    )

    def _client_check_unblocking(self, vals, status):
        """Raise when `vals` would unblock one of these clients."""
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
    def _client_stamped(self, vals):
        """:return: `vals` of a client, with who blocks it and when"""
        if "client_blocked" not in vals:
            return {name: vals[name] for name in vals if name not in BLOCK_STAMPS}
        if vals["client_blocked"]:
            stamps = (fields.Datetime.now(), self.env.uid)
            return {**vals, **dict(zip(BLOCK_STAMPS, stamps, strict=True))}
        return {
            **vals,
            "client_blocked_reason": False,
            **dict.fromkeys(BLOCK_STAMPS, False),
        }

    def action_block_client(self):
        """:return: action that asks for the reason to block this client"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Block"),
            "res_model": "client.block.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_unblock_client(self):
        """Let the client get documents of the current company again."""
        self.commercial_partner_id.write({"client_blocked": False})
