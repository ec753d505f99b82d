from odoo import api, models

from ...engine.figures.documents import DOCUMENTS


class AccountMove(models.Model):
    """The language of a draft invoice."""

    _name = "account.move"
    _inherit = ["account.move", "client.language.document"]

    _client_terms_field = "narration"

    @api.depends(
        "partner_id",
        "state",
        "move_type",
        "narration",
        "invoice_line_ids.name",
        "invoice_line_ids.product_id",
    )
    def _compute_client_language(self):
        return super()._compute_client_language()

    def _client_language_is_open(self):
        return self.state == "draft" and self.move_type in DOCUMENTS

    def _client_language_lines(self):
        return self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and line.product_id
        )


class AccountMoveLine(models.Model):
    """The text of an invoice line, see `_compute_name` of Odoo."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "client.language.line"]

    def _client_texts(self, lang):
        product = self.product_id.with_context(lang=lang)
        parts = [product.display_name, product.description_sale]
        return ["\n".join(filter(None, parts))]
