"""Heavy questions are asked without JIT, also on a read-only connection."""

from odoo.tests import tagged

from .report_case import ReportCase


@tagged("post_install", "-at_install")
class TestReportPlanner(ReportCase):
    def jit(self):
        self.env.cr.execute("SHOW jit")
        return self.env.cr.fetchone()[0]

    def test_reports_and_sums_of_figures_ask_without_jit(self):
        questions = {
            "client.revenue.report": "revenue:sum",
            "client.revenue.comparison": "revenue:sum",
            "client.discount.report": "gross:sum",
            "client.pareto.report": "revenue:sum",
            "res.partner": "client_revenue:sum",
        }
        for model, measure in questions.items():
            with self.subTest(model=model), self.read_only():
                self.env.cr.cache.clear()
                self.env.cr.execute("SET LOCAL jit = on")
                self.report(model).formatted_read_group([], [], [measure])
                self.assertEqual(self.jit(), "off")

    def test_a_transaction_is_told_once(self):
        report = self.report("client.revenue.report")
        report.formatted_read_group([], [], ["revenue:sum"])
        self.env.cr.execute("SET LOCAL jit = on")
        report.formatted_read_group([], [], ["revenue:sum"])
        self.assertEqual(self.jit(), "on")

    def test_a_list_of_clients_costs_no_query_for_it(self):
        self.env.cr.cache.clear()
        self.env.cr.execute("SET LOCAL jit = on")
        self.report("res.partner").search_read([], ["client_revenue"], limit=1)
        self.assertEqual(self.jit(), "on")
