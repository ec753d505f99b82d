import json

from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
)

from .report_case import ReportCase

FOLDER = "client_segmentation/data/files"


@tagged("post_install", "-at_install")
class TestDashboard(ReportCase):
    """The overview that a manager opens on Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls._ours("client_overview_dashboard")
        cls.manager = cls.new_user(
            "monday_manager", "client_segmentation.group_client_revenue"
        )

    def served(self, **context):
        """:return: what the browser gets"""
        dashboard = self.as_user(self.dashboard, self.manager).with_context(**context)
        return json.loads(dashboard._get_serialized_readonly_dashboard())["snapshot"]

    def test_every_model_field_and_menu_in_it_exists(self):
        for name in ("client_overview", "client_overview_sample"):
            with file_open(f"{FOLDER}/{name}_dashboard.json") as file:
                data = json.load(file)
            for model, fields in fields_in_spreadsheet(data).items():
                known = self.env[model]._fields
                self.assertFalse([one for one in fields if one not in known], model)
            for menu in menus_xml_ids_in_spreadsheet(data):
                self.assertEqual(self.env.ref(menu)._name, "ir.ui.menu")

    def test_it_is_for_who_sees_revenue(self):
        dashboards = self.env["spreadsheet.dashboard"]
        mine = [("id", "=", self.dashboard.id)]
        self.assertTrue(self.as_user(dashboards, self.manager).search(mine))
        self.assertFalse(self.as_user(dashboards, self.new_client_user()).search(mine))
        menu = self._ours("client_overview_menu")
        menus = self.env["ir.ui.menu"]
        self.assertIn(menu.id, self.as_user(menus, self.manager)._visible_menu_ids())
        self.assertEqual(menu.action.params["dashboard_id"], self.dashboard.id)

    def test_the_sample_without_data_speaks_the_language_of_the_user(self):
        self.speak("fr_FR")
        self.manager.lang = "fr_FR"
        french = self.as_user(self.dashboard, self.manager).with_context(lang="fr_FR")
        sample = french._get_sample_dashboard()
        titles = [
            figure["data"]["title"]["text"] for figure in sample["sheets"][0]["figures"]
        ]
        self.assertIn("CA", titles)
        self.assertNotIn("Revenue", titles)
        self.assertEqual(sample["sheets"][0]["cells"]["C32"], '="Croissance"')
        self.assertEqual(sample["settings"]["locale"]["decimalSeparator"], ",")
        english = self.dashboard.with_context(lang="en_US")._get_sample_dashboard()
        self.assertEqual(english["sheets"][0]["cells"]["C32"], '="Growth"')

    def test_dates_have_dots_where_the_language_writes_them_so(self):
        for lang, sign in (("en_US", "/"), ("fr_FR", "/"), ("de_DE", ".")):
            self.speak(lang)
            cells = self.served(lang=lang)["sheets"][-1]["cells"]
            self.assertEqual(cells["P8"], f'="{sign}"')
            self.assertIn('"/",P8', cells["P3"])

    def test_filters_and_tables_have_the_names_of_the_criteria(self):
        self.speak("fr_FR")
        self.region.name = "Terroir"
        self.region.with_context(lang="fr_FR").name = "Région viticole"
        for lang, expected in (("en_US", "Terroir"), ("fr_FR", "Région viticole")):
            data = self.served(lang=lang)
            labels = {one["id"]: one["label"] for one in data["globalFilters"]}
            self.assertEqual(labels["client-criterion-1"], expected)
            self.assertEqual(data["pivots"]["3"]["name"], expected)

    def test_every_source_answers_whom_it_is_for_also_on_a_replica(self):
        data = self.served()
        self.assertGreater(len(data["pivots"]), 5)
        self.assertGreater(len(data["lists"]), 5)
        with self.read_only():
            for pivot in data["pivots"].values():
                groups = self.as_user(
                    self.env[pivot["model"]], self.manager
                ).formatted_read_group(
                    pivot["domain"],
                    [row["fieldName"] for row in pivot["rows"]],
                    [self.measure(pivot, one) for one in pivot["measures"]],
                )
                self.assertTrue(groups, pivot["name"])
            for source in data["lists"].values():
                self.as_user(self.env[source["model"]], self.manager).search_read(
                    source["domain"],
                    source["columns"],
                    order=", ".join(
                        f"{one['name']} {'ASC' if one['asc'] else 'DESC'}"
                        for one in source["orderBy"]
                    ),
                    limit=10,
                )

    def measure(self, pivot, measure):
        """:return: what the browser asks for a measure"""
        name = measure["fieldName"]
        if name == "__count" or "computedBy" in measure:
            return "__count"
        field = self.env[pivot["model"]]._fields[name]
        function = "count_distinct" if field.type == "many2one" else field.aggregator
        return f"{name}:{function}"

    def test_it_is_about_the_company_one_works_in(self):
        [pivot] = [one for one in self.served()["pivots"].values() if one["id"] == "1"]
        report = self.report("client.revenue.report", self.both)
        [total] = report.formatted_read_group(pivot["domain"], [], ["revenue:sum"])
        income = self.ledger(self.documents(self.company))["CHF"]
        self.assertAlmostEqual(total["revenue:sum"], income, places=2)

    def test_a_company_without_invoices_sees_an_example(self):
        empty = self.env["res.company"].create({"name": "Just Founded"})
        dashboard = self.dashboard.with_context(allowed_company_ids=empty.ids)
        self.assertTrue(dashboard._dashboard_is_empty())
        self.assertTrue(dashboard._get_sample_dashboard()["sheets"])
        self.assertFalse(
            self.dashboard.with_context(
                allowed_company_ids=self.company.ids
            )._dashboard_is_empty()
        )
