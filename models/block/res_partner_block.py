from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..partner.client_change import ImportRun
from ..safety.buttons import for_all, for_one
from .parent_change import BLOCK_STAMPS, ParentChange, may_unblock
from .refusal import messages

WATCHED = {"client_blocked", "client_blocked_reason", "client_status_id", *BLOCK_STAMPS}


class ResPartner(models.Model):
    """A blocked client gets no new documents from one company and its branches, until
    it is unblocked.

    Users who may write clients may block them. Only a special group may unblock them.
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
        help="Blocked, or with a status that blocks documents, in your company or in a "
        "company above it.",
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
                        "Say why “%s” is blocked. Users who try to make an invoice "
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
            partner.client_gets_no_documents = bool(client._client_blocking_company())

    def _client_blocking_company(self):
        """:return: `res.company` that blocks this client for the current company:
        itself, or the nearest company above it
        """
        tree = self.env["res.company"]._client_tree()
        companies = self.env.company.browse(tree.above(self.env.company.id))
        return companies.sudo().filtered(
            lambda company: self.sudo().with_company(company)._client_is_blocked()
        )[:1]

    def _client_is_blocked(self):
        """:return: whether the current company itself blocks this client"""
        return self.client_blocked or self.client_status_id.blocks_documents

    @api.model
    def _search_client_gets_no_documents(self, operator, value):
        if operator != "in":
            return NotImplemented
        if {True, False} <= set(value):
            return Domain.TRUE
        own = Domain("client_blocked", "=", True)
        if statuses := self.env["client.status"]._blocking():
            own |= Domain("client_status_id", "in", statuses.ids)
        domain = own
        tree, company = self.env["res.company"]._client_tree(), self.env.company
        partners = self.sudo().with_context(active_test=False)
        for above in company.browse(tree.above(company.id)[1:]):
            domain |= Domain("id", "in", partners.with_company(above)._search(own))
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
            texts = messages(blocked.commercial_partner_id)
            partner.client_blocked_message = "\n".join(texts) or False

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

    @api.model
    def _client_watched_fields(self):
        return super()._client_watched_fields() | WATCHED

    @contextmanager
    def _client_blocks_kept(self, vals):
        """A step of `write`: check the right to unblock, close the gates of clients to
        block, and keep the blocks of partners that change their client.

        :return: context manager with the values to write
        """
        changing_parent = self.sudo()._client_changing_parent(vals)
        if not changing_parent and WATCHED.isdisjoint(vals):
            yield vals
            return
        # Contacts have the block of their client, unless they leave it.
        clients = self.sudo().filtered("client_is_commercial") | changing_parent
        if clients:
            vals = self._client_without_stamps(vals)
        if not may_unblock(self.env):
            clients._client_check_unblocking(vals)
        clients._client_about_to_block(vals)._client_close_gates()
        stamped = clients._client_to_stamp(vals)
        parent_change = ParentChange(changing_parent, vals) if changing_parent else None
        yield vals
        if parent_change:
            parent_change.finish(self.env)
        if stamped:
            stamps = dict(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
            stamped.sudo(self.env.su)._client_write_plain(stamps)

    def _client_new_status(self, vals):
        """:return: the `client.status` that Odoo would write for `vals`"""
        field = self._fields["client_status_id"]
        status = field.convert_to_cache(vals.get("client_status_id"), self[:1])
        return self.env["client.status"].sudo().browse(status or ())

    def _client_about_to_block(self, vals):
        """:return: the clients that are not blocked yet and that `vals` block"""
        blocks = self._client_new_status(vals).blocks_documents
        if not vals.get("client_blocked") and not blocks:
            return self.browse()
        return self.filtered(lambda client: not client._client_is_blocked())

    def _client_close_gates(self):
        """Close the gates of these clients; during an import, at its end."""
        if run := ImportRun.of(self.env):
            run.blocked.update(self.ids)
        else:
            self.env["client.block.gate"]._close(self.ids)

    def _client_to_stamp(self, vals):
        """:return: the clients that `vals` block, or block for another reason. They get
        the date and the current user
        """
        if not vals.get("client_blocked", True):
            return self.browse()
        blocks = "client_blocked" in vals
        reason = vals.get("client_blocked_reason") or False

        def is_new(client):
            if not client.client_blocked:
                return blocks
            has_new_reason = client.client_blocked_reason != reason
            return "client_blocked_reason" in vals and has_new_reason

        return self.filtered(is_new)

    def _client_check_unblocking(self, vals):
        """Raise if `vals` would unblock one of these clients."""
        status = self._client_new_status(vals)
        for client in self:
            unblocked = client.client_blocked and not vals.get("client_blocked", True)
            released = (
                "client_status_id" in vals
                and client.client_status_id.blocks_documents
                and not status.blocks_documents
            )
            if unblocked or released:
                reasons = messages(client.commercial_partner_id)
                text = self.env._("You may not unblock clients.")
                raise AccessError(" ".join([text, *reasons]))

    @api.model
    def _client_stamp(self):
        """:return: current time and user, the values of `BLOCK_STAMPS`"""
        return fields.Datetime.now(), self.env.uid

    @api.model
    def _client_without_stamps(self, vals):
        """:return: `vals` without `BLOCK_STAMPS` of the caller. If `vals` unblock, they
        and the reason are emptied
        """
        vals = {name: vals[name] for name in vals if name not in BLOCK_STAMPS}
        if vals.get("client_blocked", True):
            return vals
        empty = dict.fromkeys(("client_blocked_reason", *BLOCK_STAMPS), False)
        return {**vals, **empty}

    @api.model
    def _client_stamped(self, vals):
        """:return: `vals` of a new client, with `BLOCK_STAMPS` if it is blocked"""
        vals = self._client_without_stamps(vals)
        if vals.get("client_blocked"):
            vals.update(zip(BLOCK_STAMPS, self._client_stamp(), strict=True))
        return vals
