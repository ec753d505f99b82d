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
        """:return: set of pairs of ids: each attending client, and the company"""
        return {
            (client.id, event.user_id.company_id.id)
            for event in self.sudo()
            for client in event.attendee_ids.partner_id.commercial_partner_id
        }

    def write(self, vals):
        # Whether a meeting counts depends on who has written it last.
        other = self.sudo().filtered(lambda event: event.write_uid != self.env.user)
        pairs = other._client_pairs() if other else set()
        result = super().write(vals)
        self.env["client.metric.queue"]._add(pairs)
        return result


class CalendarAttendee(models.Model):
    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "client.figure.source"]

    _client_figure_fields = frozenset({"state", "partner_id", "event_id"})

    def _client_pairs(self):
        return self.event_id._client_pairs()
