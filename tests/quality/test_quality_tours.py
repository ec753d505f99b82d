"""What a person sees of the quality of a client file."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from .quality_case import QualityCase


class QualityTour(QualityCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_client_user()
        cls.new_complete("Weidmann Transporte")
        cls.new_complete("Somebody Else")
        cls.client_ = cls.new_complete(
            "Weidmann Gartenbau", email=False, phone="027 322 11 44"
        )


@tagged("post_install", "-at_install")
class TestQualityTour(QualityTour):
    def test_a_finding_is_corrected_on_the_form_and_undone(self):
        self.start_tour("/odoo", "client_quality_form_tour", login="client_user")
        self.assertEqual(self.client_.phone, "027 322 11 44")

    def test_many_are_corrected_from_the_list(self):
        self.start_tour("/odoo", "client_quality_list_tour", login="client_user")
        self.assertEqual(self.client_.phone, "+41 27 322 11 44")


@tagged("post_install", "-at_install")
class TestQualityTourOnAPhone(QualityTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_finding_is_corrected(self):
        self.start_tour(
            "/odoo/clients", "client_quality_phone_tour", login="client_user"
        )
        self.assertEqual(self.client_.phone, "+41 27 322 11 44")
