from odoo import api, models


class IrQwebFieldContact(models.AbstractModel):
    _inherit = "ir.qweb.field.contact"

    @api.model
    def record_to_html(self, record, field_name, options):
        """Print a partner the way the company of the document wants it.

        Whoever prints may work in another company at the moment; or be a client on
        the portal, who belongs to none.
        """
        fields = getattr(record, "_fields", ())
        if "company_id" in fields and record.sudo().company_id:
            self = self.sudo().with_company(record.sudo().company_id)
        return super().record_to_html(record, field_name, options)
