"""What a person sees who chooses a blocked client for a document."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from ..common import InvoicingCase
from .block_case import REASON


class ChoiceTour(InvoicingCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_accountant()
        blocked = cls.new_client("Weidmann Gartenbau")
        blocked.write({"client_blocked": True, "client_blocked_reason": REASON})
        cls.new_client("Weidmann Transporte")


@tagged("post_install", "-at_install")
class TestChoiceTour(ChoiceTour):
    def test_a_blocked_client_is_seen_and_not_chosen(self):
        self.start_tour("/odoo", "client_choice_tour", login="accountant")


@tagged("post_install", "-at_install")
class TestChoiceTourOnAPhone(ChoiceTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_blocked_client_is_seen_and_not_chosen(self):
        self.start_tour("/odoo", "client_choice_phone_tour", login="accountant")
