from odoo import models


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "client.figure.source"]

    _client_figure_fields = frozenset(
        {
            "start",
            "stop",
            "duration",
            "allday",
            "active",
            "user_id",
            "partner_ids",
            "attendee_ids",
        }
    )

    def _client_pairs(self):
        """:return: client and company of the clients who attend these meetings"""
        return {
            (client.id, event.user_id.company_id.id)
            for event in self.sudo()
            for client in event.attendee_ids.partner_id.commercial_partner_id
        }


class CalendarAttendee(models.Model):
    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "client.figure.source"]

    _client_figure_fields = frozenset({"state"})

    def _client_pairs(self):
        return self.event_id._client_pairs()
