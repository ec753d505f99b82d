import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...engine.partner.block import log_status
from ...engine.partner.field import is_stored
from ..safety.buttons import for_one

UNBLOCKERS = "client_segmentation.group_client_unblock"


class ClientStatus(models.Model):
    """Status of a client in one company: prospect, active, VIP, inactive...

    Users can add statuses. The kind tells the automation what such a status means.
    """

    _name = "client.status"
    _inherit = "client.qualifier"
    _description = "Client Status"
    _import_creates = False

    kind = fields.Selection(
        [
            ("prospect", "Prospect"),
            ("active", "Active"),
            ("vip", "VIP"),
            ("inactive", "Inactive"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        help="What this status means to the ready-made filters and rules.",
    )
    fold = fields.Boolean(
        string="Folded in Kanban",
        help="The column of this status is folded in the kanban view.",
    )
    description = fields.Char(
        translate=True, help="When a client has this status, in one sentence."
    )
    blocks_documents = fields.Boolean(
        help="Clients with this status get no quotation and no invoice."
    )

    @api.model
    def _default_ids(self):
        """:return: set of ids: the default status of each company"""
        field = self.env["ir.model.fields"]._get("res.partner", "client_status_id")
        domain = [("field_id", "=", field.id), ("user_id", "=", False)]
        values = self.env["ir.default"].sudo().search(domain).mapped("json_value")
        return set(map(json.loads, values))

    @api.constrains("active")
    def _check_default_active(self):
        self.filtered(lambda status: not status.active)._unlink_except_default()

    @api.constrains("blocks_documents")
    def _check_default_open(self):
        defaults = self._default_ids()
        for status in self:
            if status.blocks_documents and status.id in defaults:
                raise ValidationError(
                    self.env._(
                        "“%s” is the status of every client that has no other one: "
                        "it cannot block documents.",
                        status.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_default(self):
        used = self.filtered(lambda status: status.id in self._default_ids())
        if used:
            raise UserError(
                self.env._(
                    "“%s” is the status of every client that has no other one: "
                    "it can be renamed, but not archived.",
                    used[0].name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        statuses = super().create(vals_list)
        if any(statuses.mapped("blocks_documents")):
            self.env.registry.clear_cache("stable")
        return statuses

    def write(self, vals):
        """If a status starts or stops to block documents, the journal of its clients
        gets a line.
        """
        if not self or not isinstance(vals, dict) or "blocks_documents" not in vals:
            return super().write(vals)
        self.check_access("write")
        blocks = bool(vals["blocks_documents"])
        changing = self.filtered(lambda status: status.blocks_documents != blocks)
        if not changing:
            return super().write(vals)
        if blocks:
            # All clients with this status are blocked from now on.
            self.env["client.block.gate"]._close()
        elif not self.env.su and not self.env.user.has_group(UNBLOCKERS):
            raise AccessError(
                self.env._(
                    "You may not unblock a status, because you may not unblock clients."
                )
            )
        result = super().write(vals)
        self.env.registry.clear_cache("stable")
        log_status(self.env, changing.ids, blocks)
        return result

    def unlink(self):
        if not self:
            return super().unlink()
        self.check_access("unlink")
        blocking = self.filtered("blocks_documents")
        result = super().unlink()
        if blocking:
            self.env.registry.clear_cache("stable")
        return result

    @api.model
    def _blocking(self):
        """:return: the statuses that block documents"""
        statuses = self.sudo().with_context(active_test=False)
        return statuses.search([("blocks_documents", "=", True)])

    @api.model
    @ormcache(cache="stable")
    def _blocking_ids(self):
        """:return: cached ids of `_blocking`, because each posting needs them"""
        return frozenset(self._blocking().ids)

    @for_one("read", shows="client.change")
    def action_open_changes(self):
        """:return: action with the journal lines from or to this status"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        value = str(self.id)
        domain = Domain("qualifier", "=", "client_status_id") & (
            Domain("old_value", "=", value) | Domain("new_value", "=", value)
        )
        return {**action, "domain": list(domain), "context": {}}

    def _partner_field(self):
        return "client_status_id"

    def _count_clients(self):
        # No client has the default status stored, but it cannot be deleted anyway.
        self.ensure_one()
        return int(is_stored(self.env, "client_status_id", self.id))
