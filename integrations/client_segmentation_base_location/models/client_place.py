from odoo import api, models

from odoo.addons.client_segmentation.engine.place import partners

from ..engine import follow


class ClientPlace(models.Model):
    _inherit = "client.place"

    @api.model
    def _follow_zips(self, ids=None):
        """Make the places what the postcodes are, and look up the partners again.

        :param ids: ids of `res.city.zip`; default: all
        """
        self.env.flush_all()
        zips = follow(self.env.cr, ids)
        if zips:
            partners.update(self.env.cr)
        self.env.invalidate_all()
