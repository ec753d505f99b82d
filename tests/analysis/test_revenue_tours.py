from odoo.tests import tagged

from ..browser_case import BrowserCase
from ..metric.engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestRevenueTours(EngineCase, BrowserCase):
    """From the menu to the figures, and from a figure to the invoices behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lavaux = cls.new_value(cls.region, "Lavaux")
        cls.cellar = cls.new_client(
            "Cave du Lac",
            client_criterion_1_id=lavaux.id,
            client_type_id=cls.type_client.id,
        )
        cls.bill(cls.cellar, (4321, 0), ago=200)
        for ago in (400, 440, 480):
            cls.bill(cls.cellar, (100, 10), ago=ago)
        cls.Metric._refresh(cls.company)
        cls.new_user(
            "monday_manager",
            "base.group_partner_manager,account.group_account_invoice",
        )

    def test_from_a_figure_to_the_invoice(self):
        self.start_tour("/odoo", "client_revenue_tour", login="monday_manager")

    def test_the_lists_behind_the_overview(self):
        """Each list shows clients, and only the right ones."""
        weber = self.new_client("Weber Holzbau")
        self.bill(weber, 700, ago=500)
        for ago in (120, 90):
            self.pay(self.bill(weber, 100, ago=ago), ago=ago - 60)
        self.bill(weber, 100, ago=5)
        self.bill(self.new_client("Atelier Neuf"), 50)
        self.new_client("Papeterie sans facture")
        self.Metric._refresh(self.company)

        self.start_tour("/odoo", "client_work_list_tour", login="monday_manager")

    def test_the_overview(self):
        self.start_tour("/odoo", "client_overview_tour", login="monday_manager")
