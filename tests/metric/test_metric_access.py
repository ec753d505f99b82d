from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestMetricAccess(InvoicingCase):
    """Money is seen by those who may, and only that of their own company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich = cls.new_client("Rich at Home")
        cls.poor = cls.new_client("Poor at Home")
        cls.accountant = cls.new_accountant()
        cls.stranger = cls.new_user(
            "stranger",
            "account.group_account_invoice,base.group_allow_export",
            cls.other_company,
        )
        cls.seller = cls.new_client_user()

    def setUp(self):
        super().setUp()
        lines = [Command.create({"name": "Consulting", "price_unit": 5000})]
        self.invoice(self.rich, invoice_line_ids=lines)
        self.invoice(self.poor)
        self.env["client.metric.queue"]._drain()

    def test_who_invoices_sees_the_figures_of_the_own_company(self):
        rich = self.as_user(self.rich, self.accountant)
        self.assertEqual(rich.client_revenue, 5000)
        self.assertEqual(rich.client_revenue_rank, 1)
        self.assertEqual(rich.client_revenue_class, "vip")

    def test_the_other_company_has_no_figures_of_these_clients(self):
        """Nor what is computed of them when somebody asks."""
        silent = self.new_client("Silent")
        for days in (430, 400, 160, 140, 120):
            day = fields.Date.today() - relativedelta(days=days)
            self.invoice(silent, invoice_date=day)
        self.env["client.metric.queue"]._drain()
        figures = self.Partner._client_metric_fields()
        [own] = self.as_user(silent, self.accountant).read(figures)
        for name in ("days_silent", "silence_ratio", "revenue_at_risk", "revenue_rank"):
            self.assertTrue(own[f"client_{name}"], name)
        [values] = self.as_user(silent, self.stranger).read(figures)
        self.assertFalse(any(values[name] for name in figures), values)

    def test_the_other_company_can_not_search_or_sort_by_them(self):
        partners = self.as_user(self.rich | self.poor, self.stranger)
        mine = [("id", "in", partners.ids)]
        self.assertFalse(partners.search([*mine, ("client_revenue", ">", 0)]))
        self.assertFalse(partners.search([*mine, ("client_revenue_class", "=", "vip")]))
        for order in ("client_revenue DESC, id", "client_revenue, id"):
            self.assertEqual(partners.search(mine, order=order).ids, sorted(mine[0][2]))

    def test_the_other_company_can_not_group_or_sum_them(self):
        partners = self.as_user(self.rich | self.poor, self.stranger)
        mine = [("id", "in", partners.ids)]
        for read_group in (partners.formatted_read_group, partners.web_read_group):
            result = read_group(
                mine, ["client_revenue_class"], aggregates=["client_revenue:sum"]
            )
            groups = result["groups"] if isinstance(result, dict) else result
            self.assertEqual(
                [group["client_revenue_class"] for group in groups], [False]
            )
            self.assertFalse(groups[0]["client_revenue:sum"])

    def test_the_other_company_can_not_export_them(self):
        rich = self.as_user(self.rich, self.stranger)
        rows = rich.export_data(["name", "client_revenue", "client_revenue_class"])
        self.assertEqual(rows["datas"], [["Rich at Home", 0.0, ""]])

    def test_naming_the_company_of_others_does_not_help(self):
        rich = self.rich.with_user(self.stranger)
        allowed = [self.company.id, self.other_company.id]
        with self.assertRaises(AccessError):
            rich.with_context(allowed_company_ids=allowed).read(["client_revenue"])
        with self.assertRaises(AccessError):
            rich.with_context(allowed_company_ids=self.company.ids).search(
                [("client_revenue", ">", 0)]
            )

    def test_the_table_shows_only_the_own_companies(self):
        metrics = self.env["client.metric"]
        mine = [("partner_id", "=", self.rich.id)]
        self.assertTrue(self.as_user(metrics, self.accountant).search(mine))
        self.assertFalse(self.as_user(metrics, self.stranger).search(mine))
        with self.assertRaises(AccessError):
            self.as_user(metrics, self.seller).search(mine)

    def test_nobody_writes_the_table(self):
        metric = self.as_user(self.env["client.metric"], self.accountant).search(
            [("partner_id", "=", self.rich.id)]
        )
        with self.assertRaises(AccessError):
            metric.revenue = 1
        with self.assertRaises(AccessError):
            metric.unlink()

    def test_who_may_not_see_money_sees_none(self):
        partners = self.as_user(self.rich | self.poor, self.seller)
        attempts = (
            lambda: partners.read(["client_revenue"]),
            lambda: partners.search([("client_revenue", ">", 0)]),
            lambda: partners.search([], order="client_revenue"),
            lambda: partners.formatted_read_group([], ["client_revenue_class"]),
            lambda: partners.web_read_group(
                [], ["country_id"], aggregates=["client_revenue:sum"]
            ),
            lambda: partners.export_data(["client_revenue"]),
        )
        for attempt in attempts:
            with self.assertRaises(AccessError):
                attempt()
        self.assertNotIn("client_revenue", partners.fields_get())

    def test_who_loses_the_right_sees_none_from_then_on(self):
        rich = self.as_user(self.rich, self.accountant)
        self.assertEqual(rich.client_revenue, 5000)
        self.accountant.group_ids = self.env.ref("base.group_user")
        rich.invalidate_recordset()
        with self.assertRaises(AccessError):
            rich.read(["client_revenue"])
        with self.assertRaises(AccessError):
            rich.search([("client_revenue", ">", 0)])

    def test_the_portal_sees_none(self):
        user = self.new_portal_user(partner_id=self.new_contact(self.rich).id)
        rich = self.as_user(self.rich, user)
        self.assertEqual(rich.name, "Rich at Home")
        with self.assertRaises(AccessError):
            rich.read(["client_revenue"])
        with self.assertRaises(AccessError):
            self.as_user(self.env["client.metric"], user).search([])

    def test_deciding_needs_the_right_to_change_the_client(self):
        rich = self.as_user(self.rich, self.accountant)
        with self.assertRaises(AccessError):
            rich._decide_client_class("engagement", "lost", "Closed")

    def test_lost_needs_a_reason(self):
        wizard = self.wizard("engagement")
        wizard.decided = "engagement:lost"
        for reason in (False, "  "):
            wizard.reason = reason
            with self.assertRefused(UserError, "why the client is lost"):
                wizard.action_decide()
        wizard.reason = "Went to a competitor"
        wizard.action_decide()
        self.assertEqual(self.rich.client_engagement, "lost")

    def test_a_value_of_another_class_is_refused(self):
        wizard = self.wizard("revenue_class")
        wizard.decided = "engagement:lost"
        with self.assertRefused(UserError, "value of the class that is shown"):
            wizard.action_decide()

    def test_a_decision_stays_and_can_be_taken_back(self):
        wizard = self.wizard("revenue_class")
        wizard.decided = "revenue_class:small"
        wizard.action_decide()
        self.assertEqual(self.rich.client_revenue_class, "small")
        self.env["client.metric"]._refresh(self.company)
        self.assertEqual(self.rich.client_revenue_class, "small")
        line = self.history(self.rich, "client_revenue_class")
        self.assertEqual((line.old_label, line.new_label), ("VIP", "Small"))
        wizard = self.wizard("revenue_class")
        self.assertEqual(wizard.decided, "revenue_class:small")
        wizard.decided = False
        wizard.action_decide()
        self.assertEqual(self.rich.client_revenue_class, "vip")

    def test_a_decision_is_about_the_company_that_is_shown(self):
        wizard = self.wizard("revenue_class")
        wizard.decided = "revenue_class:small"
        wizard.with_company(self.other_company).action_decide()
        self.assertEqual(self.rich.client_revenue_class, "small")
        elsewhere = self.rich.with_company(self.other_company)
        self.assertFalse(elsewhere.client_revenue_class)

    def test_a_prospect_without_figures_can_be_lost(self):
        prospect = self.new_client("Never Ordered")
        prospect._decide_client_class("engagement", "lost", "Chose another")
        self.assertEqual(prospect.client_engagement, "lost")
        self.env["client.metric"]._refresh(self.company)
        self.assertEqual(prospect.client_engagement, "lost")
        self.assertFalse(self.env["client.metric"].verify(self.company))

    def wizard(self, name):
        action = self.rich.with_context(client_class=name).action_explain_client_class()
        return (
            self.env["client.class.wizard"].with_context(**action["context"]).create({})
        )
