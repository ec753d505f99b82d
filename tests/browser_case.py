"""What the tests in the browser have in common."""

from odoo.tests import HttpCase


class BrowserCase(HttpCase):
    """Tours that have the time that a busy machine needs.

    The steps have theirs (`client_tour_utils.js`): what never comes fails there, and
    says what it was.
    """

    def start_tour(self, url_path, tour_name, **options):
        options.setdefault("timeout", 600)  # seconds
        return super().start_tour(url_path, tour_name, **options)
