import json
import logging
import time
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...engine.duplicate import find, lookup

_logger = logging.getLogger(__name__)
MANAGER = "client_segmentation.group_client_manager"
# Time of the last search and what it did not compare, as JSON.
LAST = "client_segmentation.duplicates_last_search"
# With more changed partners, one pass over all of them is quicker.
MOST_LOOKED_UP = 300
# A transaction that was under way during the last search may have committed since.
OVERLAP = timedelta(minutes=30)


class ClientDuplicate(models.Model):
    """Searching duplicates: every night, on request, and for what has changed."""

    _inherit = "client.duplicate"

    @api.model
    def _cron_find(self):
        self._find()

    @api.model
    def _cron_find_changed(self):
        """Look for duplicates of what has changed since the last search."""
        last = self._last_search().get("at")
        if not last:
            return  # the first search is that of the night, or of a manager
        since = datetime.fromisoformat(last) - OVERLAP
        if changed := self._changed_since(since):
            self._find_changed(changed)

    @api.model
    def _find(self):
        """Find all duplicates.

        :return: list of what was not compared, see `blocks.create_pairs`
        """
        start = time.monotonic()
        now = fields.Datetime.now()
        left_out = find.find(self.env)
        self._note_search(now, left_out)
        _logger.info("Searched duplicates in %.1f s", time.monotonic() - start)
        return left_out

    @api.model
    def _find_changed(self, changed):
        """:param changed: ids of partners to find duplicates of"""
        now = fields.Datetime.now()
        among = None
        if len(changed) <= MOST_LOOKED_UP and lookup.can_look_up(self.env):
            among = set(changed)
            for partner in changed:
                among |= lookup.candidates(self.env, partner)
        find.find(self.env, changed, among)
        self._note_search(now, self._last_search().get("left_out", []))

    @api.model
    def _changed_since(self, since):
        """:return: ids of the partners that were written, or got a bank account"""
        self.env["res.partner"].flush_model(["write_date", "active"])
        self.env["res.partner.bank"].flush_model(["partner_id", "write_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_partner WHERE write_date >= %(since)s
                 UNION
                SELECT partner_id FROM res_partner_bank WHERE write_date >= %(since)s
                """,
                since=since,
            )
        )
        return [partner for (partner,) in rows]

    @api.model
    def _last_search(self):
        """:return: dict with the time `at` and what was `left_out`; empty before the
        first search
        """
        text = self.env["ir.config_parameter"].sudo().get_param(LAST)
        try:
            last = json.loads(text or "{}")
            datetime.fromisoformat(last.get("at", "2000-01-01"))
        except (ValueError, AttributeError, TypeError):
            return {}  # somebody has changed it by hand
        return last

    @api.model
    def _note_search(self, now, left_out):
        last = {"at": now.isoformat(), "left_out": left_out}
        self.env["ir.config_parameter"].sudo().set_param(LAST, json.dumps(last))

    @api.model
    def _find_now(self):
        """The button of managers.

        :return: action that says what was found
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only administrators of the client file search duplicates.")
            )
        left_out = self.sudo()._find()
        found = self.search_count([("state", "=", "open")])
        lines = [self.env._("Possible duplicates: %s.", found)]
        lines += [self._left_out_text(*one) for one in left_out]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": " ".join(lines),
                "sticky": bool(left_out),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _left_out_text(self, code, values, clients):
        """:return: sentence about what was not compared"""
        names = {
            "vat": self.env._("VAT numbers"),
            "registry": self.env._("company IDs"),
            "email": self.env._("e-mails"),
            "phone": self.env._("phones"),
        }
        return self.env._(
            "Not compared, because too many clients share them: %(what)s "
            "(%(values)s, of %(clients)s clients).",
            what=names.get(code, code),
            values=values,
            clients=clients,
        )
