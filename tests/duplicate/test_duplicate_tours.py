"""Duplicates in the browser, click by click."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from .duplicate_case import DuplicateCase


@tagged("post_install", "-at_install")
class TestDuplicateTours(DuplicateCase, BrowserCase):
    def test_one_pair_is_none_and_the_other_is_merged(self):
        self.Duplicate.search([]).unlink()
        values = {"phone": "021 987 65 43", "email": "bureau@zwygart.example"}
        free = self.new_client("Orgelbau Zwygart AG", **values)
        blocked = self.new_client("Zwygart Orgelbau", **values)
        blocked.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        others = [
            self.new_client(name) for name in ("Jaquet Toitures", "Jacquet Toitures")
        ]
        self.find()
        self.start_tour("/odoo", "client_duplicates_tour", login="client_user")
        self.assertEqual(len((free | blocked).exists()), 1)
        self.assertTrue((free | blocked).exists().client_blocked)
        self.assertEqual(self.pair(*others).state, "dismissed")

    def test_a_new_client_that_looks_like_an_old_one(self):
        client = self.new_client("Zwygart Orgelbau")
        client.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        self.start_tour("/odoo", "client_similar_tour", login="client_user")
