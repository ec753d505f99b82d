from odoo.tests import tagged

from .report_case import ReportCase


@tagged("post_install", "-at_install")
class TestConcentration(ReportCase):
    """The concentration of the revenue on few clients, and discounts by client."""

    def pareto(self, domain=(), groupby=()):
        return self.report("client.pareto.report").formatted_read_group(
            list(domain),
            list(groupby),
            ["revenue:sum", "top_1:sum", "top_3:sum", "top_10:sum", "hhi:sum"],
        )

    def revenues(self):
        """:return: the positive revenues of the window, the largest first"""
        table = self.table(self.company)
        revenues = [float(row["revenue"]) for row in table.values()]
        return sorted((one for one in revenues if one > 0), reverse=True)

    def test_the_shares_of_the_best_and_the_index(self):
        for number in range(12):
            self.bill(self.new_client(f"Other {number}"), 10 * (number + 1), ago=10)
        self.Metric._refresh(self.company)
        revenues = self.revenues()
        total = sum(revenues)
        [found] = self.pareto()
        self.assertEqual(len(revenues), 15)
        self.assertAlmostEqual(found["revenue:sum"], total, places=2)
        for count in (1, 3, 10):
            share = 100 * sum(revenues[:count]) / total
            self.assertAlmostEqual(found[f"top_{count}:sum"], share, places=4)
        index = sum((100 * one / total) ** 2 for one in revenues)
        self.assertEqual(found["hhi:sum"], round(index))

    def test_a_client_has_another_row_in_each_company(self):
        """Or what one company has read would be shown in the other."""
        self.bill(self.large, 10, company=self.other_company, ago=10)
        self.Metric._refresh(self.company)
        self.Metric._refresh(self.other_company)
        mine = [("partner_id", "=", self.large.id)]
        rows = [
            self.report("client.pareto.report", company).search(mine)
            for company in (self.company, self.other_company)
        ]
        self.assertEqual([len(row) for row in rows], [1, 1])
        self.assertNotEqual(*rows)

    def test_a_single_client_is_ten_thousand(self):
        [found] = self.pareto([("partner_id", "=", self.large.id)])
        self.assertEqual(found["hhi:sum"], 10000)
        self.assertEqual(found["top_1:sum"], 100)

    def test_the_shares_of_one_criterion_are_shares_of_that_criterion(self):
        groups = self.pareto(groupby=["client_criterion_1_id"])
        by_value = {
            group["client_criterion_1_id"] and group["client_criterion_1_id"][0]: group
            for group in groups
        }
        self.assertEqual(by_value[self.vaud.id]["top_1:sum"], 100)
        self.assertLess(by_value[False]["top_1:sum"], 100)

    def test_the_curve_adds_up_in_steps_of_five_per_cent(self):
        for number in range(37):
            self.bill(self.new_client(f"Other {number}"), 10, ago=10)
        self.Metric._refresh(self.company)
        points = self.pareto(groupby=["position"])
        self.assertEqual(
            [point["position"] for point in points], list(range(5, 101, 5))
        )
        revenues = self.revenues()
        self.assertEqual(len(revenues), 40)
        for number, point in enumerate(points):
            part = revenues[2 * number : 2 * number + 2]
            self.assertAlmostEqual(point["revenue:sum"], sum(part), places=2)

    def test_nothing_without_revenue(self):
        [found] = self.pareto([("id", "=", 0)])
        self.assertFalse(found["hhi:sum"])
        self.assertFalse(found["top_10:sum"])

    def test_the_average_discount_of_a_client_is_that_of_its_figures(self):
        self.bill(self.medium, (200, 25), (50, 0), ago=3)
        self.reverse(self.bill(self.medium, (900, 50), ago=3), ago=2)
        self.Metric._refresh(self.company)
        window = self.days_ago(365)
        report = self.report("client.discount.report")
        groups = report.formatted_read_group(
            [("date", ">", window)], ["commercial_partner_id"], ["average_discount:avg"]
        )
        table = self.table(self.company)
        self.assertEqual(
            {
                group["commercial_partner_id"][0]: round(
                    group["average_discount:avg"], 2
                )
                for group in groups
            },
            {
                client: float(row["average_discount"])
                for client, row in table.items()
                if row["average_discount"] is not None
            },
        )

    def test_discounts_by_type_are_weighted_by_amount(self):
        self.bill(self.medium, (100, 50), (900, 0), ago=1)
        domain = [
            ("commercial_partner_id", "=", self.medium.id),
            ("date", ">=", self.days_ago(1)),
        ]
        [group] = self.report("client.discount.report").formatted_read_group(
            domain,
            ["client_type_id"],
            ["average_discount:avg", "gross:sum", "discount_amount:sum"],
        )
        self.assertEqual(group["client_type_id"][0], self.type_supplier.id)
        self.assertAlmostEqual(group["average_discount:avg"], 5)
        self.assertAlmostEqual(group["gross:sum"], 1000)
        self.assertAlmostEqual(group["discount_amount:sum"], 50)
