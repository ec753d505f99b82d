"""A client that people create in our lists has the country of their company."""

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import ImportCase

ACTIONS = (
    "client_action",
    "client_action_top",
    "client_action_falling",
    "client_action_silent",
    "client_action_at_risk",
    "client_action_slow",
    "client_action_new",
)


@tagged("post_install", "-at_install")
class TestNewClient(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.swiss, cls.belgian = cls.env.ref("base.ch"), cls.env.ref("base.be")
        cls.company.country_id = cls.swiss
        cls.other_company.country_id = cls.belgian

    def partners(self, action="client_action", company=None):
        """:return: the partners as the list of a menu creates them"""
        context = safe_eval(self._ours(action).context)
        return self.Partner.with_context(**context).with_company(company)

    def test_it_has_the_country_of_the_company(self):
        for action in ACTIONS:
            with self.subTest(action):
                values = self.partners(action).default_get(["country_id"])
                self.assertEqual(values, {"country_id": self.swiss.id})
        with Form(self.partners(), "client_segmentation.client_view_form") as form:
            form.name = "Domaine des Murailles"
            self.assertEqual(form.country_id, self.swiss)
        form = Form(
            self.partners(company=self.other_company),
            "client_segmentation.client_view_form",
        )
        self.assertEqual(form.country_id, self.belgian)

    def test_another_country_or_none_stays(self):
        with Form(self.partners(), "client_segmentation.client_view_form") as form:
            form.name = "Domaine des Murailles"
            form.country_id = self.belgian
        self.assertEqual(form.record.country_id, self.belgian)
        none = self.partners().create({"name": "Nowhere", "country_id": False})
        self.assertFalse(none.country_id)

    def test_partners_made_elsewhere_have_none(self):
        self.assertFalse(self.new_client().country_id)
        self.assertFalse(Form(self.Partner).country_id)

    def test_an_import_from_our_list_leaves_an_empty_country(self):
        wizard = self._wizard(["Name"], [["Weber Holzbau"]], self.user)
        context = safe_eval(self._ours("client_action").context)
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        result = wizard.with_context(**context).execute_import(
            ["name"], ["Name"], options
        )
        client = self.Partner.browse(result["ids"])
        self.assertEqual(client.name, "Weber Holzbau")
        self.assertFalse(client.country_id)
