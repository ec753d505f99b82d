"""The classes, by examples that can be checked by hand."""

from dataclasses import replace

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ...engine.classes.query import classes
from ...engine.figures.query import figures
from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestRevenueClass(EngineCase):
    def _clients(self, *revenues):
        """:return: a client for each revenue"""
        clients = self.Partner
        for revenue in revenues:
            client = self.new_client(f"Client {revenue}")
            kind = "out_invoice" if revenue > 0 else "out_refund"
            self.bill(client, abs(revenue), move_type=kind)
            clients |= client
        return clients

    def _column(self, name, clients):
        self.Metric._refresh(self.company)
        table = self.table(self.company)
        return [table[client.id][name] for client in clients]

    def test_postgresql_does_not_compare_each_client_with_each(self):
        """Right after the first refresh, its statistics say that there are none."""
        scope = self.Metric._scope(self.company)
        catalogue = scope.catalogue
        names = (*catalogue.class_figures, *catalogue.decided)
        stored = SQL(
            "SELECT partner_id, %s FROM client_metric WHERE company_id = %s",
            SQL(", ").join(map(SQL.identifier, names)),
            self.company.id,
        )
        self.env.cr.execute("DELETE FROM client_metric")
        self.env.cr.execute("ANALYZE client_metric")
        self.Metric._refresh(self.company)
        rows = self.env.execute_query(SQL("EXPLAIN %s", classes(stored, scope)))
        plan = "\n".join(line for [line] in rows)
        self.assertIn("Full Join", plan)
        self.assertNotIn("Join Filter", plan)

    def test_the_first_80_per_cent_are_vip_and_the_next_15_regular(self):
        clients = self._clients(500, 300, 100, 60, 40)
        self.assertEqual(
            self._column("revenue_class", clients),
            ["vip", "vip", "regular", "regular", "small"],
        )
        self.assertEqual(self._column("revenue_rank", clients), [1, 2, 3, 4, 5])
        self.assertEqual(self._column("revenue_share", clients), [50, 30, 10, 6, 4])
        self.assertEqual(
            self._column("revenue_cumulative", clients), [50, 80, 90, 96, 100]
        )

    def test_measures_of_another_dimension_read_the_same_helper(self):
        clients = self._clients(30, 20, 10)
        scope = self.Metric._scope(self.company)
        place = ("place", SQL("PERCENT_RANK() OVER (ORDER BY positive)"))
        other = replace(
            scope.catalogue.dimension("engagement"),
            name="other",
            sql=SQL("'active'"),
            helpers=(),
            measures=(place,),
            limits=(),
        )
        dimensions = (*scope.catalogue.dimensions, other)
        catalogue = replace(scope.catalogue, dimensions=dimensions)
        scope = replace(scope, catalogue=catalogue)
        query = SQL(
            "SELECT partner_id, place, revenue_rank FROM (%s) class",
            classes(figures(scope), scope),
        )
        self.assertEqual(
            {client: rest for client, *rest in self.env.execute_query(query)},
            dict(zip(clients.ids, ([1, 1], [0.5, 2], [0, 3]), strict=True)),
        )

    def test_the_only_client_is_vip(self):
        clients = self._clients(10)
        self.assertEqual(self._column("revenue_class", clients), ["vip"])
        self.assertEqual(self._column("revenue_share", clients), [100])

    def test_ties_are_not_split(self):
        clients = self._clients(700, 100, 100, 100)
        self.assertEqual(self._column("revenue_class", clients), ["vip"] * 4)
        self.assertEqual(self._column("revenue_rank", clients), [1, 2, 2, 2])
        self.assertEqual(
            self._column("revenue_cumulative", clients), [70, 100, 100, 100]
        )

    def test_who_brought_no_revenue_has_no_class_and_no_part_in_the_total(self):
        clients = self._clients(100, -50)
        no_invoice = self.new_client("Only met")
        self.meet(no_invoice)
        clients |= no_invoice
        for name, value in (
            ("revenue_class", "vip"),
            ("revenue_share", 100),
            ("revenue_rank", 1),
            ("revenue_cumulative", 100),
        ):
            self.assertEqual(self._column(name, clients), [value, None, None])

    def test_amounts_instead_of_shares(self):
        self.company.write(
            {
                "client_by_amount": True,
                "client_vip_amount": 1000,
                "client_regular_amount": 100,
            }
        )
        clients = self._clients(1000, 999.99, 100, 99.99)
        self.assertEqual(
            self._column("revenue_class", clients),
            ["vip", "regular", "regular", "small"],
        )

    def test_a_company_without_documents_has_no_rows(self):
        self.assertEqual(
            self.Metric._refresh(self.company), {"written": 0, "events": []}
        )
        self.assertEqual(self.table(self.company), {})

    def test_a_second_refresh_writes_nothing(self):
        self._clients(100, 50, -20)
        self.assertTrue(self.Metric._refresh(self.company)["written"])
        self.assertEqual(self.Metric._refresh(self.company)["written"], 0)

    def test_one_client_s_revenue_changes_the_class_of_another(self):
        small, big = self._clients(100, 1)
        self.assertEqual(self._column("revenue_class", small), ["vip"])
        self.env.cr.execute("UPDATE client_metric SET computed_at = '2020-01-01'")
        self.bill(big, 10000)
        self.Queue._drain()
        row = self.table(self.company)[small.id]
        self.assertEqual((row["revenue_class"], row["revenue_rank"]), ("small", 2))
        self.assertGreater(small.client_computed_at.year, 2020)


@tagged("post_install", "-at_install")
class TestEngagement(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_active_for_90_days_then_recent(self):
        self.bill(self.weber, ago=90)
        self.assert_figures(self.weber, engagement="active")
        self.assert_figures(self.weber, self.days_ago(-1), engagement="recent")

    def test_recent_for_12_months_then_dormant(self):
        year_ago = self.today - relativedelta(months=12)
        self.bill(self.weber, ago=(self.today - year_ago).days)
        self.assert_figures(self.weber, engagement="recent")
        self.assert_figures(self.weber, self.days_ago(-1), engagement="dormant")

    def test_a_meeting_keeps_a_client_active(self):
        self.bill(self.weber, ago=500)
        self.meet(self.weber, ago=30)
        self.assert_figures(self.weber, engagement="active")

    def test_a_credit_note_alone_is_no_business(self):
        self.bill(self.weber, move_type="out_refund")
        self.assert_figures(self.weber, engagement=None)
