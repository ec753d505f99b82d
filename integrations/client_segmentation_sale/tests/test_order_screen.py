from odoo.tests import Form, tagged

from odoo.addons.client_segmentation.tests.common import InvoicingCase


@tagged("post_install", "-at_install")
class TestOrderScreen(InvoicingCase):
    """The quotation shows what to know about its client."""

    def test_it_shows_the_key_note_and_the_block(self):
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        client = self.new_client(client_key_note="Delivers on Tuesdays only")
        orders = self.as_user(self.env["sale.order"], seller)
        order = orders.create({"partner_id": client.id})
        client.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        self.env.invalidate_all()  # the form is opened by another request
        form = Form(order)
        self.assertEqual(form.client_key_note, "Delivers on Tuesdays only")
        self.assertIn("Unpaid", form.client_blocked_message)
        warning = order._onchange_client_blocked()["warning"]
        self.assertIn("Unpaid", warning["message"])
