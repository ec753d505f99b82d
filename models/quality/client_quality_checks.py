from odoo import api, models

from ...engine.quality import checks, personal
from ...engine.quality.check import Check
from .client_quality import MANAGER

REVENUE = "client_segmentation.group_client_revenue"


class ClientQuality(models.Model):
    """The catalogue of checks. Another addon adds its own by `_inherit` and `super()`.
    The filters, the list, the score, the form and the search derive from it.
    """

    _inherit = "client.quality"

    @api.model
    def _checks(self):
        """:return: list of `engine.quality.check.Check`, in the order of the form"""
        return [
            *self._email_checks(),
            *self._phone_checks(),
            *self._language_checks(),
            *self._address_checks(),
            *self._vat_checks(),
            Check(
                "no_activity",
                self.env._("No Activity for Years"),
                checks.no_activity(self.env),
                "email",
                groups=REVENUE,
                heavy=True,
            ),
            Check(
                "old_personal",
                self.env._("Personal Details, No Business for Years"),
                personal.outdated(self.env, self._personal_fields()),
                "client_likes",
                groups=MANAGER,
                heavy=True,
            ),
        ]

    @api.model
    def _personal_fields(self):
        """:return: names of the fields with personal details, which can be emptied"""
        return (
            "client_birthdate",
            "client_gender",
            "client_household_size",
            "client_occupation",
            "client_likes",
            "client_problems",
            "client_competitor",
            "client_competitor_reason",
        )

    @api.model
    def _email_checks(self):
        return [
            Check(
                "no_email", self.env._("No E-mail"), checks.no_email, "email", weight=30
            ),
            Check(
                "wrong_email",
                self.env._("Malformed E-mail"),
                checks.state("email", "wrong"),
                "email",
                weight=30,
                mend="mend_email",
                of_contacts=True,
            ),
            Check(
                "untidy_email",
                self.env._("E-mail to Tidy"),
                checks.state("email", "untidy"),
                "email",
                mend="mend_email",
                of_contacts=True,
            ),
            Check(
                "old_email",
                self.env._("E-mail Unused for Years"),
                checks.old_email(self.env),
                "email",
                groups=REVENUE,
                heavy=True,
            ),
        ]

    @api.model
    def _phone_checks(self):
        return [
            Check(
                "no_phone", self.env._("No Phone"), checks.no_phone, "phone", weight=20
            ),
            Check(
                "wrong_phone",
                self.env._("Malformed Phone"),
                checks.state("phone", "wrong"),
                "phone",
                weight=20,
                mend="mend_phone",
                of_contacts=True,
            ),
            Check(
                "untidy_phone",
                self.env._("Phone Not International"),
                checks.state("phone", "untidy"),
                "phone",
                mend="mend_phone",
                of_contacts=True,
            ),
        ]

    @api.model
    def _language_checks(self):
        return [
            Check(
                "no_language",
                self.env._("No Language"),
                checks.no_language,
                "lang",
                weight=15,
                mend="mend_language",
            ),
            Check(
                "language_to_confirm",
                self.env._("Language to Confirm"),
                checks.language_to_confirm,
                "lang",
                weight=5,
                reads=("client_language_confirmed",),
            ),
        ]

    @api.model
    def _address_checks(self):
        return [
            Check(
                "no_postcode",
                self.env._("No Postcode"),
                checks.no_postcode,
                "zip",
                weight=10,
            ),
            Check(
                "no_address",
                self.env._("No Street or Town"),
                checks.no_address,
                "street",
                weight=5,
                mend="mend_town",
            ),
            Check(
                "no_country",
                self.env._("No Country"),
                checks.no_country,
                "country_id",
                weight=5,
                mend="mend_country",
            ),
            Check(
                "wrong_town",
                self.env._("Postcode and Town Differ"),
                checks.wrong_town,
                "city",
                weight=10,
                reads=("client_place_id",),
            ),
        ]

    @api.model
    def _vat_checks(self):
        return [
            Check(
                "wrong_vat",
                self.env._("Malformed VAT Number"),
                checks.state("vat", "wrong"),
                "vat",
                weight=15,
                mend="mend_vat",
            ),
            Check(
                "untidy_vat",
                self.env._("VAT Number to Tidy"),
                checks.state("vat", "untidy"),
                "vat",
                mend="mend_vat",
            ),
        ]
