"""The lists of clients in the browser: searches, headings, exports."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from ..browser_case import BrowserCase
from ..common import ClientCase

LANGUAGES = ("en_US", "fr_FR", "de_DE")
GROUPS = (
    "base.group_partner_manager,base.group_allow_export,"
    "client_segmentation.group_client_revenue"
)


@tagged("post_install", "-at_install")
class TestListTours(ClientCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner.search([]).filtered(
            lambda partner: not partner.user_ids and not partner.ref_company_ids
        ).active = False

    def add(self, name, **figures):
        client = self.new_client(name, city="Vevey")
        self.env["client.metric"].create(
            {"partner_id": client.id, "company_id": self.company.id, **figures}
        )
        return client

    def test_searches_sorting_and_exports(self):
        self.new_user("list_user", GROUPS)
        self.add("Atelier Neuf", revenue=10, revenue_rank=3)
        self.add("Cave du Lac", revenue=20, revenue_rank=2).active = False
        self.add("Weidmann Gartenbau", revenue=30, revenue_rank=1)
        self.add("Mürset Druck")
        self.start_tour("/odoo", "client_list_tour", login="list_user")

    def test_a_database_without_clients_says_how_to_start(self):
        self.new_user("list_user", GROUPS)
        self.start_tour("/odoo", "client_start_tour", login="list_user")

    def test_no_heading_is_cut_in_any_language(self):
        self.speak(*LANGUAGES)
        addons = ("base", "client_segmentation")
        modules = self.env["ir.module.module"].search([("name", "in", addons)])
        modules._update_translations(list(LANGUAGES))
        today = fields.Date.today()
        client = self.add(
            "Cave du Lac",
            revenue=1234567.89,
            revenue_previous=2234567.89,
            revenue_share=60,
            revenue_rank=1,
            revenue_class="vip",
            payment_class="slow",
            order_count=7,
            order_gap_days=30,
            first_invoice_date=today - relativedelta(years=2),
            last_invoice_date=today - relativedelta(months=7),
            overdue=1000,
        )
        self.add("Atelier Neuf", revenue=10, first_invoice_date=today)
        tags = [{"name": name} for name in ("Key Account", "Newsletter", "Fair")]
        client.category_id = self.env["res.partner.category"].create(tags)
        for lang in LANGUAGES:
            self.new_user(f"list_{lang}", GROUPS, lang=lang)
            self.start_tour(
                "/odoo/clients", "client_headings_tour", login=f"list_{lang}"
            )
