"""Base class of the browser tests."""

from odoo.tests import HttpCase


class BrowserCase(HttpCase):
    """Tours with a long timeout, for busy machines.

    Each step has its own timeout (`client_tour_utils.js`), so an element that never
    appears fails there, with its name.
    """

    def start_tour(self, url_path, tour_name, **options):
        options.setdefault("timeout", 600)  # seconds
        return super().start_tour(url_path, tour_name, **options)
