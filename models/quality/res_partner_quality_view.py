from lxml import etree

from odoo import api, models

# The place in the search view where the filters of the checks stand.
PLACE = "client_quality_filters"


class ResPartner(models.Model):
    """The search view has one filter for each check."""

    _inherit = "res.partner"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "search":
            for node in arch.xpath(f"//separator[@name='{PLACE}']"):
                for check in reversed(self.env["client.quality"]._known_checks()):
                    node.addnext(self._client_check_filter(check))
        return arch, view

    @api.model
    def _client_check_filter(self, check):
        """:return: the node of a filter that finds the clients with a finding"""
        node = etree.Element(
            "filter",
            name=f"client_{check.name}",
            string=check.label,
            domain=f"[('client_findings', '=', '{check.name}')]",
        )
        if check.groups:
            node.set("groups", check.groups)
        return node
