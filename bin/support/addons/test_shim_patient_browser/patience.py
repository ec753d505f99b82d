"""Odoo's tests over HTTP and in the browser have the time that a busy machine needs.

Odoo gives Chromium 10 seconds to start and 3 to answer its first question, and skips
the test then; a request has 12 seconds, and waits 20 for the one before it. That is too
short while other programs keep all cores busy.
"""

import time

import requests

from odoo.tests import common

PATIENCE = 12  # times as long as Odoo waits
CONNECT_TIMEOUT = 60  # seconds

common.CHECK_BROWSER_ITERATIONS *= PATIENCE
common.BaseCase.test_cursor_lock_timeout *= PATIENCE


class PatientBrowser(common.ChromeBrowser):
    """The browser of Odoo's tests, waited for as long as it lives."""

    def _json_command(self, command, timeout=3):
        """Wait until the debugger answers at all, then ask it as Odoo does."""
        url = f"http://{common.HOST}:{self.devtools_port}/json/version"
        deadline = time.monotonic() + CONNECT_TIMEOUT
        while self.chrome.poll() is None and time.monotonic() < deadline:
            try:
                requests.get(url, timeout=CONNECT_TIMEOUT)
                break
            except requests.RequestException:
                time.sleep(0.1)
        return super()._json_command(command, timeout * PATIENCE)

    def _websocket_request(self, method, *, params=None, timeout=10.0):
        return super()._websocket_request(
            method, params=params, timeout=timeout * PATIENCE
        )


def request(self, method, url, *arguments, **options):
    """Send a request as Odoo's tests do, and wait longer for the answer."""
    if options.get("timeout"):
        options["timeout"] *= PATIENCE
    return odoo_request(self, method, url, *arguments, **options)


common.ChromeBrowser = PatientBrowser
odoo_request = common.Opener.request
common.Opener.request = request
