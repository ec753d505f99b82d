from contextlib import contextmanager

from odoo import models


class ResPartner(models.Model):
    """Tags that people give and take leave a line in the journal, too."""

    _inherit = "res.partner"

    @contextmanager
    def _client_tags_journalled(self, vals):
        """A step of `write`."""
        if "category_id" not in vals:
            yield vals
            return
        partners = self.sudo().with_context(active_test=False)
        before = {partner: partner.category_id for partner in partners}
        yield vals
        rows = []
        for partner, old in before.items():
            new, nothing = partner.category_id, old.browse()
            rows += [(partner, None, "category_id", tag, nothing) for tag in old - new]
            rows += [(partner, None, "category_id", nothing, tag) for tag in new - old]
        if rows:
            self.env["client.change"]._log(rows)
