from odoo import api, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        self.env["client.metric.queue"]._add(events._client_pairs())
        return events

    def write(self, vals):
        if not isinstance(vals, dict):  # Odoo itself says what is wrong
            return super().write(vals)
        affects_figures = bool(self) and not {
            "start",
            "stop",
            "duration",
            "allday",
            "active",
            "user_id",
            "partner_ids",
            "attendee_ids",
        }.isdisjoint(vals)
        if not affects_figures:
            return super().write(vals)
        self.check_access("write")
        before = self._client_pairs()
        result = super().write(vals)
        self.env["client.metric.queue"]._add(before | self._client_pairs())
        return result

    def unlink(self):
        self.check_access("unlink")
        pairs = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: client and company of the clients who attend these meetings"""
        return {
            (client.id, event.user_id.company_id.id)
            for event in self.sudo()
            for client in event.attendee_ids.partner_id.commercial_partner_id
        }


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    @api.model_create_multi
    def create(self, vals_list):
        attendees = super().create(vals_list)
        self.env["client.metric.queue"]._add(attendees.event_id._client_pairs())
        return attendees

    def write(self, vals):
        result = super().write(vals)
        if isinstance(vals, dict) and "state" in vals:
            self.env["client.metric.queue"]._add(self.event_id._client_pairs())
        return result

    def unlink(self):
        self.check_access("unlink")
        pairs = self.event_id._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result
