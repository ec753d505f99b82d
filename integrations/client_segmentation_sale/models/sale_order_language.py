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
    """An invoice line takes the text of its order line. If the name of the product in
    the language of the client is not in it, Odoo puts this name in front.
    """

    _inherit = "account.move.line"

    def _client_texts(self, lang):
        return [*super()._client_texts(lang), *self._client_order_texts(lang)]

    def _client_order_texts(self, lang):
        lines = self.sale_line_ids.sudo()
        return [text for line in lines for text in line._client_texts(lang)]

    def _client_written_texts(self, lang):
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        names = {
            self.product_id.with_context(lang=code).display_name for code in installed
        }
        return [
            [text, *(self._get_journal_items_full_name(text, name) for name in names)]
            for text in self._client_texts(lang)
        ]
