"""No page of the addon has a serious or critical finding of axe-core."""

import json
import os
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.analysis.analysis_case import AnalysisCase
from odoo.addons.client_segmentation.tests.browser_case import BrowserCase

TOUR = "client_axe_tour"


class AccessibilityCase(AnalysisCase, BrowserCase):
    """One user who may open all pages, on clients with classes."""

    def setUp(self):
        super().setUp()
        groups = (
            "base.group_system",
            "base.group_partner_manager",
            "account.group_account_manager",
            "client_segmentation.group_client_manager",
        )
        self.new_user("everything", ",".join(groups))
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        self.big.write(
            {
                "phone": "+41 44 668 18 00",
                "email": "info@weidmann.example",
                "category_id": tag,
                "client_key_note": "Delivers on Tuesdays only",
                "client_status_id": self.vip.id,
                "client_name2": "Atelier Biel",
            }
        )

    def look_at_all_pages(self):
        axe = Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8")
        options = json.dumps({"startUrl": "/odoo/clients"})
        code = f"{axe};\nodoo.startTour({TOUR!r}, {options})"
        try:
            self.start_tour("/odoo/clients", TOUR, login="everything", code=code)
        except AssertionError as error:  # Odoo repeats the code in it
            message = str(error).replace(axe, "(axe-core)")
            raise AssertionError(message) from None


@tagged("post_install", "-at_install")
class TestLargeScreen(AccessibilityCase):
    browser_size = "1366x900"

    def test_pages_on_a_large_screen(self):
        self.look_at_all_pages()


@tagged("post_install", "-at_install")
class TestPhone(AccessibilityCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_pages_on_a_phone(self):
        self.look_at_all_pages()
