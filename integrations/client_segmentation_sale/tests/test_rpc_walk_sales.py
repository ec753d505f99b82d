"""Everything of ours that RPC may call, on the models of Sales as well."""

from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.safety import test_rpc_walk


@tagged("post_install", "-at_install")
class TestWalkWithSales(test_rpc_walk.TestWalk):
    def test_orders_and_salespeople_take_part(self):
        self.assertIn("salesperson", self.roles)
        self.assertIn(("sale.order", "write"), self.methods)
