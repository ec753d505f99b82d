from odoo import api, models
from odoo.tools import ormcache

# The groups of most fields of a client.
FIELD_GROUPS = {
    "base.group_user",
    "client_segmentation.group_client_user",
    "client_segmentation.group_client_revenue",
}


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.readonly
    def has_groups(self, group_spec):
        # Cached: Odoo calls this for each value of a client, thousands of times a page.
        is_known = isinstance(group_spec, str) and group_spec in FIELD_GROUPS
        if is_known and self._ids == (self.env.uid,):
            return self._client_has_groups(group_spec)
        return super().has_groups(group_spec)

    @ormcache("self.id", "group_spec")
    def _client_has_groups(self, group_spec):
        # pylint: disable-next=super-method-mismatch
        return super().has_groups(group_spec)
