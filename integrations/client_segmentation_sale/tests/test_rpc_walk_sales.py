"""All methods of the addons that RPC may call, also on the models of Sales."""

from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.safety import test_rpc_walk


@tagged("post_install", "-at_install")
class TestWalkWithSales(test_rpc_walk.TestWalk):
    def test_orders_and_salespeople_take_part(self):
        self.assertIn("salesperson", self.roles)
        self.assertIn(("sale.order", "write"), self.methods)
