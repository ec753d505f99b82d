from odoo import api, models


class IrQwebFieldContact(models.AbstractModel):
    _inherit = "ir.qweb.field.contact"

    @api.model
    def record_to_html(self, record, field_name, options):
        """Print a partner according to the settings of the document's company.

        The current user may work in another company, or be a portal user, who works in
        no company.
        """
        fields = getattr(record, "_fields", ())
        if "company_id" in fields and record.sudo().company_id:
            self = self.sudo().with_company(record.sudo().company_id)
        return super().record_to_html(record, field_name, options)
