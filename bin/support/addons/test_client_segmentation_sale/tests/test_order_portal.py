from odoo.tests import HttpCase, tagged

from .common import REASON, OrdersCase

# The smallest picture there is: one white dot.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestOrderPortal(HttpCase, OrdersCase):
    """A customer who accepts a quotation on the portal."""

    def accept(self, order):
        """:return: what the customer is answered, who has only the link"""
        response = self.url_open(
            f"/my/orders/{order.id}/accept",
            json={
                "params": {
                    "access_token": order._portal_ensure_token(),
                    "name": "Anna Weber",
                    "signature": SIGNATURE,
                }
            },
        )
        return response.json()

    def test_of_a_blocked_client_does_not_learn_why(self):
        order = self.quotation(self.client, require_signature=True)
        order.write({"state": "sent", "require_payment": False})
        self.block()

        answer = self.accept(order)

        self.assertIn("Please contact us", str(answer["error"]))
        for secret in (REASON, "Berta", "blocked", "OdooBot"):
            self.assertNotIn(secret, str(answer))
        self.assertEqual(order.state, "sent")
        self.assertFalse(order.signature)

    def test_of_an_open_client_confirms_it(self):
        order = self.quotation(self.other, require_signature=True)
        order.write({"state": "sent", "require_payment": False})
        self.assertIn("result", self.accept(order))
        self.assertEqual(order.state, "sale")
