from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_date

from ...engine.partner.gate import blocked
from ..lists.client_status import UNBLOCKERS
from ..safety.buttons import for_all, for_one


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

    @api.depends(
        "commercial_partner_id", "client_blocked", "client_status_id.blocks_documents"
    )
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
    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_client_blocked_message(self):
        for partner in self:
            blocked = partner.filtered("client_gets_no_documents")
            messages = blocked.commercial_partner_id._client_messages()
            partner.client_blocked_message = "\n".join(messages) or False

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

    def _client_messages(self):
        """What whoever asks may know of these blocked clients, in the current company:
        why, for those who work here and may read the client; nothing for all others.

        :return: list of sentences, each once
        """
        if not self:
            return []
        asker = self._client_asker()
        known = self.sudo().browse()
        if asker:
            companies = asker.company_ids.ids
            own = self.with_user(asker).with_context(allowed_company_ids=companies)
            known = self & self.browse(own._filtered_access("read").ids)
        messages = [client._client_blocked_message() for client in known]
        if self - known:
            messages.append(
                self.env._("This document cannot be confirmed. Please contact us.")
            )
        return messages

    @api.model
    def _client_asker(self):
        """:return: who reads what is said, when that is somebody who works here, as
        `res.users`. In a request that Odoo itself has taken over it is still the
        visitor: a customer who signs on the portal.
        """
        nobody = self.env["res.users"].sudo()
        visitor = self.env.user
        if request:
            visitor = nobody.browse(request.env.uid or ())
        elif self.env.uid == SUPERUSER_ID:  # who has called by XML-RPC, or a cron
            first = self.env.transaction.default_env
            visitor = first.user if first else visitor
        people = self.env.user | visitor
        if not visitor or not all(one._is_internal() for one in people.sudo()):
            return nobody
        return visitor

    def _client_blocked_now(self, company):
        """Which of these clients get no document of a company, as of now and until the
        transaction ends, however old it is; see `engine.gate`.
        """
        return self.browse(sorted(blocked(self.env, self.ids, company)))

    def _client_refusal(self, company, error=UserError):
        """:return: what to raise when there is one of these blocked clients, or None

        :param error: class of what is raised
        """
        if not self:
            return None
        return error("\n".join(self.with_company(company)._client_messages()))

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

    @for_one("write")
    def action_block_client(self):
        """:return: action that asks for the reason to block this client"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Block"),
            "res_model": "client.block.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    @for_all("write")
    def action_unblock_client(self):
        """Let the client get documents of the current company again."""
        self.commercial_partner_id.write({"client_blocked": False})
