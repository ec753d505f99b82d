"""The panel *First Steps* above the list of clients."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..branch_case import BranchCase
from ..browser_case import BrowserCase
from ..common import ClientCase
from ..metric.engine_case import EngineCase

PANEL = "client.first.steps"


class Panel:
    """How a user sees the panel."""

    def steps(self, user=None, company=None):
        """:return: dict by name of the steps, whether they are done; None if the panel
        is closed
        """
        self.env.flush_all()
        panel = self.as_user(self.env[PANEL], user or self.manager, company).panel()
        return panel and {step["name"]: step["done"] for step in panel["steps"]} or None

    def step(self, name, company=None):
        panel = self.as_user(self.env[PANEL], self.manager, company).panel()
        [step] = [step for step in panel["steps"] if step["name"] == name]
        return step


@tagged("post_install", "-at_install")
class TestFirstSteps(Panel, EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.company | cls.other_company
        companies.client_automation = True
        cls.manager = cls.new_manager(companies=companies)
        cls.env["client.change"].search([]).unlink()
        cls.env["client.criterion.value"].search([]).active = False

    def test_an_empty_company_has_everything_to_do(self):
        self.assertEqual(
            self.steps(),
            dict.fromkeys(("review", "notes", "criteria", "limits", "rules"), False),
        )
        self.assertIn("first clients with an invoice", self.step("notes")["text"])

    def test_a_client_with_a_rating_is_reviewed(self):
        client = self.new_client()
        self.env["client.change"].search([]).unlink()
        self.assertFalse(self.steps()["review"])

        self.as_user(client, self.manager).client_rating = "3"

        self.assertTrue(self.steps()["review"])

    def test_a_status_in_one_company_is_no_review_in_another(self):
        client = self.new_client()
        self.env["client.change"].search([]).unlink()

        self.as_user(client, self.manager).client_status_id = self.vip

        self.assertTrue(self.steps()["review"])
        self.assertFalse(self.steps(company=self.other_company)["review"])

    def test_what_a_rule_does_is_no_review(self):
        self.invoice(self.new_client())

        steps = self.steps()

        self.assertTrue(steps["rules"])
        self.assertFalse(steps["review"])

    def test_all_of_the_best_clients_need_a_note(self):
        clients = self.Partner
        for number in range(11):
            clients += self.new_client(f"Client {number}")
            self.bill(clients[-1], 1000 - number)
        self.Metric._refresh(self.company)
        best = clients[:10]

        best[:9].client_key_note = "Calls back"
        self.assertFalse(self.steps()["notes"])
        self.assertIn("9 of 10", self.step("notes")["text"])

        best.client_key_note = "Calls back"
        self.assertTrue(self.steps()["notes"])
        self.assertFalse(self.steps(company=self.other_company)["notes"])

    def test_criteria_are_named_when_they_have_a_value(self):
        self.region.name = "Terroir"
        self.assertIn("Terroir", self.step("criteria")["text"])
        self.assertFalse(self.steps()["criteria"])

        self.new_value(self.region, "Lavaux")

        self.assertTrue(self.steps()["criteria"])

    def test_other_limits_than_the_first_ones_are_set(self):
        what_if = self.as_user(self.env["client.what.if"], self.manager)

        what_if.apply({"vip_share": 70})

        self.assertTrue(self.steps()["limits"])
        self.assertFalse(self.steps(company=self.other_company)["limits"])

    def test_the_first_limits_may_be_kept(self):
        self.as_user(self.env[PANEL], self.manager).keep_limits()

        self.assertTrue(self.steps()["limits"])
        self.assertFalse(self.steps(company=self.other_company)["limits"])

    def test_rules_that_are_off_in_this_company_do_nothing(self):
        self.invoice(self.new_client())
        self.assertTrue(self.steps()["rules"])

        self.company.client_automation = False

        self.assertFalse(self.steps()["rules"])

    def test_closed_for_good_in_one_company(self):
        self.as_user(self.env[PANEL], self.manager).close()

        self.assertIsNone(self.steps())
        self.assertIsNone(self.steps(self.new_manager("second_manager")))
        self.assertIsNotNone(self.steps(company=self.other_company))

    def test_done_once_is_done(self):
        """A new one of the best clients does not bring the panel back."""
        client = self.new_client(client_key_note="Calls back")
        self.as_user(client, self.manager).client_rating = "3"
        self.new_value(self.region, "Lavaux")
        self.bill(client, 100)
        self.Metric._refresh(self.company)
        self.as_user(self.env[PANEL], self.manager).keep_limits()

        self.assertIsNone(self.steps())

        client.client_key_note = False
        self.assertIsNone(self.steps())

    def test_who_may_not_change_contacts_sees_the_other_steps(self):
        manager = self.new_user("limits", "client_segmentation.group_client_manager")

        self.assertEqual(set(self.steps(manager)), {"criteria", "limits", "rules"})

    def test_only_administrators_of_the_client_file(self):
        users = (self.new_client_user(), self.new_accountant(), self.new_portal_user())
        for user in users:
            panel = self.as_user(self.env[PANEL], user)
            for method in (panel.panel, panel.close, panel.keep_limits):
                with self.subTest(user=user.login, method=method.__name__):
                    with self.assertRaises(AccessError):
                        method()
                    self.assertFalse(self.company.client_first_steps_closed)
                    self.assertFalse(self.company.client_limits_kept)


@tagged("post_install", "-at_install")
class TestFirstStepsOfBranches(Panel, BranchCase):
    def test_a_branch_has_steps_of_its_own(self):
        self.manager = self.new_manager(companies=self.company | self.lausanne)
        self.bill(self.client, 100)
        self.Metric._refresh(self.company)
        self.Metric._refresh(self.lausanne)

        self.client.client_key_note = "Calls back"
        self.as_user(self.env[PANEL], self.manager, self.lausanne).keep_limits()

        self.assertTrue(self.steps()["notes"])
        self.assertFalse(self.steps(company=self.lausanne)["notes"])
        self.assertFalse(self.steps()["limits"])
        self.assertTrue(self.steps(company=self.lausanne)["limits"])


@tagged("post_install", "-at_install")
class TestFirstStepsTours(ClientCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.criterion.value"].search([]).active = False
        cls.new_manager()
        cls.new_client_user()
        cls.new_client("Weidmann Gartenbau")

    def test_the_panel_leads_to_each_screen_and_closes(self):
        self.start_tour(
            "/odoo/clients", "client_first_steps_tour", login="client_manager"
        )

        self.assertTrue(self.company.client_limits_kept)
        self.assertTrue(self.company.client_first_steps_closed)

    def test_a_user_sees_the_list_without_the_panel(self):
        self.start_tour(
            "/odoo/clients", "client_no_first_steps_tour", login="client_user"
        )


@tagged("post_install", "-at_install")
class TestFirstStepsOnAPhone(ClientCase, BrowserCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_panel_fits(self):
        self.new_manager()
        self.new_client("Weidmann Gartenbau")

        self.start_tour(
            "/odoo/clients", "client_first_steps_phone_tour", login="client_manager"
        )
