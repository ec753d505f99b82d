from odoo import api, fields, models


class UtmSource(models.Model):
    """Apps bring sources of their own (Facebook, Monster, ...), and each mailing makes
    one. Only what people entered themselves is offered for clients, or what they chose.
    """

    _inherit = "utm.source"

    client_offered = fields.Boolean(
        "Offered for Clients",
        default=lambda self: not self.env.context.get("install_mode"),
        help="The source is offered as the source of a client. Clients who have "
        "another one keep it.",
    )

    @api.model
    def _hide_unused_of_apps(self):
        """Do not offer sources that came with an app and that no client has."""
        names = self.env["ir.model.data"].search_fetch(
            [("model", "=", "utm.source")], ["res_id", "module"]
        )
        # Imports give names in modules like `__import__`.
        ids = {name.res_id for name in names if not name.module.startswith("__")}
        partners = self.env["res.partner"].with_context(active_test=False)
        [(used,)] = partners._read_group(
            [("client_source_id", "in", list(ids))],
            aggregates=["client_source_id:recordset"],
        )
        (self.browse(ids).exists() - used).client_offered = False


class UtmSourceMixin(models.AbstractModel):
    _inherit = "utm.source.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        """The source of a mailing is not offered for clients."""
        hidden = self.with_context(default_client_offered=False)
        return super(UtmSourceMixin, hidden).create(vals_list).with_env(self.env)
