from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.client_segmentation.engine.rules.declaration import Trigger
from odoo.addons.client_segmentation.engine.rules.occasions import of_figures
from odoo.addons.client_segmentation.engine.rules.triggers import class_trigger


def _credited(scope):
    return of_figures(scope, SQL("credit_note_count >= 2"))


class ClientStatusRule(models.Model):
    _inherit = "client.status.rule"

    trigger = fields.Selection(
        selection_add=[
            ("credited", "Two credit notes"),
            ("became_loyal", "Became loyal"),
        ],
        ondelete={"credited": "cascade", "became_loyal": "cascade"},
    )

    @api.model
    def _triggers(self):
        return {
            **super()._triggers(),
            "credited": Trigger(_credited),
            "became_loyal": class_trigger("loyalty", "loyal"),
        }
