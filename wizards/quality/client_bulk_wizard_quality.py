from odoo import api, fields, models
from odoo.exceptions import UserError


class ClientBulkWizard(models.TransientModel):
    """Corrections, with a preview of old and new values; personal details to empty."""

    _inherit = "client.bulk.wizard"

    years = fields.Integer(
        "Years without Business",
        default=lambda self: self.env.company.sudo().client_silent_years,
    )
    is_own_value = fields.Boolean(compute="_compute_preview")
    preview = fields.Json(
        compute="_compute_preview",
        help="The first clients that will change: names, old and new values.",
    )

    @api.depends("action", "selected")
    def _compute_preview(self):
        operations = self.env["client.bulk.operation"]
        for wizard in self:
            action = wizard._action()
            wizard.is_own_value = action.is_own_value
            wizard.preview = []
            if not action.is_own_value:
                continue
            allowed = operations._changeable_ids(action, {}, wizard._targets())
            rows = action.preview(self.env, allowed, self.env.company)
            partners = self.env["res.partner"].with_context(active_test=False)
            names = {
                partner.id: partner.display_name
                for partner in partners.search([("id", "in", [row[0] for row in rows])])
            }
            wizard.preview = [
                {"id": partner, "name": names[partner], "old": old or "", "new": new}
                for partner, old, new in rows
                if partner in names
            ]

    @api.model
    def action_open_mend(self):
        """Open the wizard with the first correction that has something to correct.

        :return: window action
        """
        self.env["res.partner"].check_access("write")
        operations = self.env["client.bulk.operation"]
        selected = operations._selected_ids()
        if not selected:
            raise UserError(self.env._("Select the clients to change first."))
        allowed = dict(self._selection_action())
        actions = [
            action
            for action in operations._actions()
            if action.is_own_value and action.name in allowed
        ]
        if not actions:
            raise UserError(self.env._("You may not change these clients."))
        for action in actions:
            if action.count_changes(
                self.env,
                action.values(None),
                operations._changeable_ids(action, {}, selected),
                self.env.company,
            ):
                return self.action_open(action.name)
        return self.action_open(actions[0].name)

    def _value_name(self):
        if self._action().value_field == "years":
            return self.env._("Years without business: %s", self.years)
        return super()._value_name()

    def _check_value(self):
        if self._action().value_field == "years" and not 1 <= self.years <= 100:
            raise UserError(self.env._("Give a number of years from 1 to 100."))
        return super()._check_value()
