"""All buttons of the addons, also for people who only sell."""

from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.safety import test_button_walk


@tagged("post_install", "-at_install")
class TestButtonsWithSales(test_button_walk.TestButtons):
    def test_salespeople_take_part(self):
        self.assertIn("salesperson", self.roles)
        self.assertIn("salesperson who is a user", self.roles)
