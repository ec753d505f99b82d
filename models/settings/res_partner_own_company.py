from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Partners that are companies of this database."""

    _inherit = "res.partner"

    client_is_own_company = fields.Boolean(
        "Own Company",
        compute="_compute_client_is_own_company",
        search="_search_client_is_own_company",
        groups="base.group_user",
        help="A company of this database, which does not count as a client. If the "
        "settings of your company count own companies as clients, no partner has this "
        "mark.",
    )

    @api.depends_context("company")
    def _compute_client_is_own_company(self):
        own = self._client_own_companies()
        for partner in self:
            partner.client_is_own_company = partner._origin.id in own

    @api.model
    def _search_client_is_own_company(self, operator, value):
        self._check_field_access(self._fields["client_is_own_company"], "read")
        if operator != "in":
            return NotImplemented
        own = self._client_own_companies()
        return Domain("id", "in" if True in value else "not in", own)

    @api.model
    def _client_own_companies(self):
        """:return: ids of the partners that are no clients of the current company,
        because they are companies of this database
        """
        company = self.env.company.sudo()
        if company.client_own_companies:
            return ()
        return company._client_tree().partners
