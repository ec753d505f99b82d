from odoo import api, models

from ...engine.metric.calendars import clients_in_calendars, internal_users

# The fields that decide whose meetings count, and for which company.
USER_FIELDS = {
    "active",
    "company_id",
    "company_ids",
    "group_ids",
    "partner_id",
    "role",
    "share",
}
GROUP_FIELDS = {"user_ids", "implied_ids", "implied_by_ids"}


class ResUsers(models.Model):
    """Meetings depend on users: on the company of the organiser, and on whether an
    attendee and the author are colleagues. A change queues the clients of the meetings.
    """

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        # A client who becomes a user is not a client in meetings any more.
        partners = users.sudo().partner_id
        pairs = clients_in_calendars(partners.env, [], partners.ids)
        self.env["client.metric.queue"]._add(pairs)
        return users

    def write(self, vals):
        if not self or not isinstance(vals, dict) or USER_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before, pairs = self._client_meeting_state(), set()
        if not {"company_id", "partner_id"}.isdisjoint(vals):
            pairs = self._client_meeting_pairs()
        result = super().write(vals)
        after = self._client_meeting_state()
        changed = self.filtered(lambda user: before[user.id] != after[user.id])
        if changed:
            pairs |= changed._client_meeting_pairs()
            self.env["client.metric.queue"]._add(pairs)
        return result

    def unlink(self):
        self.check_access("unlink")  # Odoo clears caches before it checks
        pairs = self._client_meeting_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_meeting_state(self):
        """:return: dict of everything that the meetings of these users depend on"""
        return {
            user.id: (
                user.company_id.id,
                frozenset(user.company_ids.ids),
                user.share,
                user.partner_id.id,
                user.partner_id.partner_share,
            )
            for user in self.sudo()
        }

    def _client_meeting_pairs(self):
        """:return: set of pairs of ids, client and company, of the meetings that these
        users have organised, written or attended
        """
        users = self.sudo()
        return clients_in_calendars(users.env, users.ids, users.partner_id.ids)


class ResGroups(models.Model):
    """A group may make its users internal users, or no internal users any more."""

    _inherit = "res.groups"

    def write(self, vals):
        if not self:
            return super().write(vals)
        self.check_access("write")  # Odoo clears caches before it checks
        if not isinstance(vals, dict) or GROUP_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = internal_users(self.env)
        result = super().write(vals)
        changed = before ^ internal_users(self.env)
        pairs = self.env["res.users"].browse(changed)._client_meeting_pairs()
        self.env["client.metric.queue"]._add(pairs)
        return result
