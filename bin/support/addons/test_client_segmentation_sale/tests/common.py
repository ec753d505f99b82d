from odoo import Command

from odoo.addons.client_segmentation.tests.common import InvoicingCase

REASON = "Three invoices unpaid"


class OrdersCase(InvoicingCase):
    """A client who is going to be blocked, another one, and a salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_manager(name="Berta Boss")
        cls.seller = cls.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        cls.client = cls.new_client(client_key_note="Delivers on Tuesdays only")
        cls.other = cls.new_client("Moser Metall")
        cls.product = cls.env["product.product"].create(
            {"name": "Tasting", "list_price": 100, "taxes_id": False}
        )

    @classmethod
    def order_values(cls, client, **values):
        line = Command.create({"product_id": cls.product.id})
        return {"partner_id": client.id, "order_line": [line], **values}

    def quotation(self, client, user=None, **values):
        orders = self.as_user(self.env["sale.order"], user or self.env.user)
        orders = orders.with_company(self.company)
        return orders.create(self.order_values(client, **values))

    def block(self, client=None):
        (client or self.client).write(
            {"client_blocked": True, "client_blocked_reason": REASON}
        )
