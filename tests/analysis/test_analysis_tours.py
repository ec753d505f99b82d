"""The pages of analysis in the browser, each opened by a click."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from .analysis_case import AnalysisCase


@tagged("post_install", "-at_install")
class TestAnalysisTours(AnalysisCase, BrowserCase):
    def test_loss_test_of_ticked_clients(self):
        self.start_tour(
            "/odoo/clients", "client_loss_test_tour", login=self.manager.login
        )

    def test_loss_test_of_all_clients_of_a_search(self):
        """All of the 82 clients, although the page shows 80 and the list sends one."""
        self.Partner.create(
            [{"name": f"Lead {number}", "is_company": True} for number in range(77)]
        )
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", 1)

        self.start_tour(
            "/odoo/clients", "client_loss_test_all_tour", login=self.manager.login
        )

    def test_what_if_and_classes_over_time(self):
        self.start_tour("/odoo", "client_analysis_tour", login=self.manager.login)

        self.env.invalidate_all()
        self.assertEqual(self.company.client_vip_share, 50)
        self.assertEqual(self.second.client_revenue_class, "regular")


@tagged("post_install", "-at_install")
class TestPhoneFigures(AnalysisCase, BrowserCase):
    """On the screen of a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_best_clients_with_revenue_and_other_limits(self):
        self.start_tour(
            "/odoo/clients", "client_phone_figures_tour", login=self.manager.login
        )

        self.env.invalidate_all()
        self.assertEqual(self.company.client_vip_share, 80, "nothing is applied")
