"""A class of somebody else's, with a limit."""

from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ExtensionCase


@tagged("post_install", "-at_install")
class TestClasses(ExtensionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for ago in range(5):
            cls.bill(cls.weber, 100, ago=ago)
        for ago in (0, 300):
            cls.bill(cls.meyer, 50, ago=ago)
        cls.Metric._refresh(cls.company)

    def test_clients_get_it(self):
        self.assertEqual(self.weber.client_loyalty, "loyal")
        self.assertEqual(self.meyer.client_loyalty, "casual")
        self.assertFalse(self.new_client("New").client_loyalty)

    def test_lists_search_and_group_by_it(self):
        partners = self.as_reader(self.env["res.partner"])
        own = [("id", "in", (self.weber | self.meyer).ids)]
        found = partners.search([*own, ("client_loyalty", "=", "loyal")])
        self.assertEqual(found, self.weber)
        groups = partners._read_group(
            own, ["client_loyalty"], ["client_revenue:sum", "__count"]
        )
        self.assertEqual(sorted(groups), [("casual", 100, 1), ("loyal", 500, 1)])
        arch = self.arch(partners, "search")
        [group] = arch.xpath("//filter[@name='group_by_client_loyalty']")
        self.assertEqual(group.get("context"), "{'group_by': 'client_loyalty'}")
        [column] = self.arch(partners, "list").xpath("//field[@name='client_loyalty']")
        self.assertEqual(column.get("widget"), "badge")
        self.assertFalse([name for name in column.attrib if "decoration" in name])

    def test_the_form_shows_it_and_asks_why(self):
        arch = self.arch(self.as_reader(self.env["res.partner"]), "form")
        [badge] = arch.xpath("//*[@name='client_classes']/field[@widget]")[3:]
        self.assertEqual(badge.get("name"), "client_loyalty")
        self.assertEqual(badge.get("widget"), "client_class")
        self.assertFalse([name for name in badge.attrib if "decoration" in name])
        [computed] = arch.xpath("//field[@name='client_loyalty_computed']")
        self.assertEqual(computed.getparent(), badge.getparent())

    def test_the_form_shows_none_to_who_sees_no_figures(self):
        user = self.new_user("keeper", "client_segmentation.group_client_user")
        for kind in ("form", "list", "search"):
            arch = self.arch(self.as_user(self.env["res.partner"], user), kind)
            self.assertFalse(arch.xpath("//*[contains(@name, 'client_loyalty')]"))

    def arch(self, partners, kind):
        """:return: a view of clients, as the browser gets it"""
        view = self.env.ref(f"client_segmentation.client_view_{kind}")
        return etree.fromstring(partners.get_view(view.id, kind)["arch"])

    def test_the_limit_is_in_the_settings_and_is_checked(self):
        settings = self.env["res.config.settings"].create({"client_loyal_orders": 2})
        settings.execute()
        self.assertEqual(self.company.client_loyal_orders, 2)
        self.assertEqual(self.meyer.client_loyalty, "loyal")
        with self.assertRefused(ValidationError, "“Loyal: Orders” must be between 2"):
            self.company.client_loyal_orders = 1

    def test_what_if_tries_the_limit(self):
        what_if = self.as_reader(self.env["client.what.if"])
        result = what_if.preview({"loyal_orders": 2})
        section = result["sections"][-1]
        self.assertEqual((section["name"], section["label"]), ("loyalty", "Loyalty"))
        limit = section["limits"][0]
        self.assertEqual(
            (limit["name"], limit["min"], limit["max"]), ("loyal_orders", 2, 50)
        )
        self.assertEqual(result["own"]["loyal_orders"], 5)
        self.assertEqual(result["changes"], {"loyal_orders": 2})
        [loyalty] = [one for one in result["classes"] if one["name"] == "loyalty"]
        loyal = loyalty["values"][0]
        self.assertEqual((loyal["value"], loyal["before"]["count"]), ("loyal", 1))
        self.assertEqual((loyal["after"]["count"], loyal["enter"]["count"]), (2, 1))
        action = what_if.open_clients(loyal["enter"]["cell"])
        found = self.as_reader(self.env["res.partner"]).search(action["domain"])
        self.assertEqual(found, self.meyer)

    def test_the_matrix_tells_who_went_from_one_value_to_another(self):
        history = self.as_reader(self.env["client.class.history"])
        result = history.compare(str(self.days_ago(30)), str(self.today))
        [loyalty] = [
            one for one in result["classes"] if one["name"] == "loyalty_computed"
        ]
        rows = {row["value"]: row["cells"] for row in loyalty["rows"]}
        cells = {cell["value"]: cell["count"] for cell in rows["first"]}
        self.assertEqual(cells["casual"], 1)
        cells = {cell["value"]: cell["count"] for cell in rows["none"]}
        self.assertEqual(cells["loyal"], 1)

    def test_why_explains_it_and_people_decide(self):
        action = self.meyer.with_context(
            client_class="loyalty"
        ).action_explain_client_class()
        Wizard = self.env["client.class.wizard"].with_context(**action["context"])
        form = Form(Wizard)
        self.assertEqual(form.computed_label, "Casual")
        for words in (
            r"Orders Ever:\s+<b>2</b>",
            r"Loyal: Orders:\s+5\b",
            r"To become\s+<b>Loyal</b>:\s+<b>3</b>\s+more",
        ):
            self.assertRegex(form.explanation, words)
        self.assertEqual(len(form.options), 3)
        form.decided = "loyalty:loyal"
        form.reason = "Has signed for next year"
        wizard = form.save()
        self.assertEqual(
            self.env["account.move"].search(wizard.action_open_invoices()["domain"]),
            self.env["account.move"].search([("partner_id", "=", self.meyer.id)]),
        )
        wizard.action_decide()
        self.assertEqual(self.meyer.client_loyalty, "loyal")
        self.refresh()
        self.assertEqual(self.meyer.client_loyalty, "loyal")
        self.assertFalse(self.Metric.verify(self.company))

    def test_the_journal_tells_it_to_those_who_see_figures(self):
        self.meyer._decide_client_class("loyalty", "loyal", False)
        line = self.history(self.meyer, "client_loyalty")
        self.assertEqual((line.old_label, line.new_label), ("Casual", "Loyal"))
        changes = self.env["client.change"]
        own = [("partner_id", "=", self.meyer.id), ("qualifier", "=", "client_loyalty")]
        self.assertEqual(self.as_reader(changes).search(own), line)
        user = self.new_user("keeper", "client_segmentation.group_client_user")
        self.assertFalse(self.as_user(changes, user).search(own))
        self.assertFalse(self.as_user(line, user).has_access("read"))

    def test_a_decision_survives_a_merge_of_clients(self):
        twin = self.new_client("Meyer & Sons")
        twin._decide_client_class("loyalty", "loyal", False)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.meyer | twin).ids, self.meyer)
        self.refresh()
        self.assertEqual(self.meyer.client_loyalty, "loyal")
