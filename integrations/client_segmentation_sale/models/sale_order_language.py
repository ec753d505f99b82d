from odoo import api, models


class SaleOrder(models.Model):
    """The language of a quotation."""

    _name = "sale.order"
    _inherit = ["sale.order", "client.language.document"]

    _client_terms_field = "note"

    @api.depends(
        "partner_id", "state", "note", "order_line.name", "order_line.product_id"
    )
    def _compute_client_language(self):
        return super()._compute_client_language()

    def _client_language_is_open(self):
        return self.state in ("draft", "sent")

    def _client_language_lines(self):
        return self.order_line.filtered(
            lambda line: not line.display_type and line.product_id
        )


class SaleOrderLine(models.Model):
    """The text of a line, see `_compute_name` of Odoo."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "client.language.line"]

    def _client_texts(self, lang):
        line = self.with_context(lang=lang)
        return [line._get_sale_order_line_multiline_description_sale()]


class AccountMoveLine(models.Model):
    """An invoice line takes the text of its order line."""

    _inherit = "account.move.line"

    def _client_texts(self, lang):
        orders = self.sale_line_ids.sudo()
        texts = [text for line in orders for text in line._client_texts(lang)]
        return [*super()._client_texts(lang), *texts]
