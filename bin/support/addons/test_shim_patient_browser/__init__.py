"""Chromium has the time that a busy machine needs to start and to answer.

Odoo's tests give it 10 seconds to start and 3 to answer the first question, and skip
the test then. That is too short while other programs keep all cores busy.
"""

import time

import requests

from odoo.tests import common

PATIENCE = 12  # times as long as Odoo waits
CONNECT_TIMEOUT = 60  # seconds

common.CHECK_BROWSER_ITERATIONS *= PATIENCE


class PatientBrowser(common.ChromeBrowser):
    """The browser of Odoo's tests, waited for as long as it lives."""

    def _json_command(self, command, timeout=CONNECT_TIMEOUT):
        """Wait until the debugger answers at all, then ask it as Odoo does."""
        url = f"http://{common.HOST}:{self.devtools_port}/json/version"
        deadline = time.monotonic() + timeout
        while self.chrome.poll() is None and time.monotonic() < deadline:
            try:
                requests.get(url, timeout=timeout)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        return super()._json_command(command)

    def _websocket_request(self, method, *, params=None, timeout=10.0):
        return super()._websocket_request(
            method, params=params, timeout=timeout * PATIENCE
        )


common.ChromeBrowser = PatientBrowser
