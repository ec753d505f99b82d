from odoo import api, models

from ...engine.quality import mend
from ...engine.quality.mend import Mend
from ...engine.quality.personal import EmptyPersonal
from .client_quality import MANAGER


class ClientBulkOperation(models.Model):
    """The actions that correct clients, and the one that empties personal details."""

    _inherit = "client.bulk.operation"

    @api.model
    def _actions(self):
        return [
            *super()._actions(),
            *self._mend_actions(),
            *self._place_actions(),
            EmptyPersonal(
                "empty_personal",
                "client_likes",
                label=self.env._("Empty Personal Details"),
                missing=self.env._("Say for how many years there was no business."),
                value="years",
                names=self.env["client.quality"]._personal_fields(),
                emptied=self.env._("Emptied"),
                groups=MANAGER,
            ),
        ]

    @api.model
    def _mend_actions(self):
        """:return: list of `Mend`: corrections that the validators have found"""
        return [
            Mend(
                "mend_email",
                "email",
                label=self.env._("Correct E-mail"),
                right=mend.fixed("email"),
                reads=("phone", "vat", "country_id"),
            ),
            Mend(
                "mend_phone",
                "phone",
                label=self.env._("Correct Phone"),
                right=mend.fixed("phone"),
                reads=("email", "vat", "country_id"),
            ),
            Mend(
                "mend_vat",
                "vat",
                label=self.env._("Correct VAT Number"),
                right=mend.fixed_of_client("vat"),
                reads=("email", "phone", "country_id", "commercial_partner_id"),
                members=mend.ENTITY,
            ),
        ]

    @api.model
    def _place_actions(self):
        """:return: list of `Mend`: empty fields that the place fills in"""
        return [
            Mend(
                "mend_town",
                "city",
                label=self.env._("Fill in Town"),
                right=mend.town,
                reads=("zip", "country_id"),
                members=mend.same_address("city"),
            ),
            Mend(
                "mend_country",
                "country_id",
                label=self.env._("Fill in Country"),
                right=mend.country,
                reads=("zip", "city"),
                members=mend.same_address("country_id"),
            ),
            Mend(
                "mend_language",
                "lang",
                label=self.env._("Fill in Language"),
                right=mend.language,
                reads=("client_place_id",),
            ),
        ]
