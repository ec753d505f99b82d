"""What remains when some clients leave."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .analysis_case import AnalysisCase


@tagged("post_install", "-at_install")
class TestLossTest(AnalysisCase):
    def without(self, clients, user=None, domain=None):
        pages = self.as_user(self.env["client.loss.test"], user or self.accountant)
        return pages.without(clients.ids, domain)

    def test_what_remains_without_the_best_client(self):
        result = self.without(self.big)
        self.assertEqual(
            (result["revenue"], result["lost_revenue"], result["lost"]), (1000, 500, 1)
        )
        self.assertEqual(result["names"], ["Client 500"])
        before = result["concentration"]["before"]
        self.assertEqual(
            (before["top_1"], before["top_3"], before["top_10"]), (50, 90, 100)
        )
        # 50² + 30² + 10² + 6² + 4²
        self.assertAlmostEqual(before["hhi"], 3552)
        self.assertEqual(before["level"], "high")
        after = result["concentration"]["after"]
        self.assertEqual(after["count"], 4)
        self.assertEqual((after["top_1"], after["top_3"]), (60, 92))

    def test_by_criterion(self):
        vaud, bern = (
            self.new_value(self.region, "Vaud"),
            self.new_value(self.region, "Bern"),
        )
        self.big.client_criterion_1_id = vaud
        self.second.client_criterion_1_id = vaud
        self.third.client_criterion_1_id = bern
        by = {line["name"]: line for line in self.without(self.big)["by"]}
        region = by["client_criterion_1_id"]
        self.assertEqual(region["label"], self.region.name)
        self.assertEqual(
            region["rows"],
            [
                {"label": "Vaud", "before": 800, "lost": 500},
                {"label": "Bern", "before": 100, "lost": 0},
                {"label": "None", "before": 100, "lost": 0},
            ],
        )

    def test_many_values_end_in_one_line_for_the_others(self):
        for number in range(9):
            client = self.new_client(f"Client in {number}")
            client.client_criterion_1_id = self.new_value(self.region, f"R{number}")
            self.bill(client, 10)
        self.Metric._refresh(self.company)
        result = self.without(self.big)
        for line in result["by"]:
            self.assertLessEqual(len(line["rows"]), 9)
            self.assertAlmostEqual(
                sum(row["before"] for row in line["rows"]), result["revenue"]
            )

    def test_without_all_clients_nothing_remains(self):
        after = self.without(self.clients)["concentration"]["after"]
        self.assertEqual(
            after,
            {
                "count": 0,
                "top_1": 0,
                "top_3": 0,
                "top_10": 0,
                "hhi": 0,
                "level": None,
            },
        )

    def test_a_contact_stands_for_its_client(self):
        contact = self.new_contact(self.big)
        self.assertEqual(self.without(contact)["lost_revenue"], 500)

    def test_a_selection_of_all_is_given_by_its_domain(self):
        domain = [("name", "in", ["Client 500", "Client 300"])]
        self.assertEqual(self.without(self.Partner, domain=domain)["lost_revenue"], 800)

    def test_all_of_a_list_without_a_filter_are_all_that_it_shows(self):
        before = self.without(self.Partner, domain=[])["lost_revenue"]
        self.big.active = False
        self.assertEqual(
            self.without(self.Partner, domain=[])["lost_revenue"], before - 500
        )
        self.assertEqual(self.without(self.big)["lost_revenue"], 500)

    def test_an_invalid_selection_is_refused_in_a_sentence(self):
        pages = self.env["client.loss.test"]
        for ids, domain in (("abc", None), ([None], None), ([], "abc"), ([], [5])):
            with self.assertRefused(UserError, "does not select clients"):
                pages.without(ids, domain)

    def test_a_client_without_revenue_changes_nothing(self):
        result = self.without(self.new_client("Never ordered"))
        self.assertEqual((result["lost"], result["lost_revenue"]), (0, 0))

    def test_nobody_ticked_says_what_to_do(self):
        with self.assertRefused(UserError, "Select the clients"):
            self.without(self.Partner)

    def test_writes_nothing(self):
        with self.read_only():
            self.assertEqual(self.without(self.big)["lost_revenue"], 500)

    def test_clients_that_one_may_not_see_do_not_count(self):
        self.big.company_id = self.other_company
        result = self.without(self.second)
        self.assertEqual(result["revenue"], 500)

    def test_who_may_not_see_revenue_sees_nothing(self):
        for user in (self.new_client_user(), self.new_portal_user()):
            with self.assertRaises(AccessError):
                self.without(self.big, user)

    def test_the_list_offers_it_to_those_who_see_revenue(self):
        action = self.env.ref("client_segmentation.client_loss_test_action")
        for user, offered in ((self.accountant, True), (self.new_client_user(), False)):
            actions = self.as_user(self.env["ir.actions.actions"], user)
            bound = actions.get_bindings("res.partner").get("action", [])
            ids = [line["id"] for line in bound]
            self.assertEqual(action.id in ids, offered)
