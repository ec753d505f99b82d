from odoo import fields, models
from odoo.tools import SQL

from ..engine.figures.discounts import discount
from ..engine.figures.documents import UNTAXED
from ..engine.figures.down_payments import deduction, is_deduction
from ..engine.figures.orders import invoice
from ..engine.figures.reductions import reduction
from ..engine.scope import Scope


class ClientDiscountReport(models.Model):
    """One row per line of an order up to today, without lines that deduct down
    payments, see `engine.figures.discounts`. The sums per client are those of its
    figures.
    """

    _name = "client.discount.report"
    _inherit = "client.document.mixin"
    _description = "Discounts of Clients"
    _auto = False
    _order = "date DESC, id DESC"
    _depends = {
        "account.move": [
            "state",
            "move_type",
            "company_id",
            "commercial_partner_id",
            "invoice_user_id",
            "invoice_date",
            "date",
            "reversed_entry_id",
            "currency_id",
            "amount_total",
            "amount_total_signed",
            "amount_untaxed",
            "amount_untaxed_signed",
            "invoice_currency_rate",
        ],
        "account.move.line": [
            "move_id",
            "name",
            "product_id",
            "display_type",
            "quantity",
            "price_unit",
            "discount",
            "price_subtotal",
            "balance",
            "currency_id",
            "company_id",
            "tax_ids",
        ],
        "account.partial.reconcile": [
            "debit_move_id",
            "credit_move_id",
            "amount",
            "debit_amount_currency",
        ],
        "res.company": ["currency_id"],
    }

    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    number = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    invoice_user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    gross = fields.Monetary(
        "Before Discount", readonly=True, help="Untaxed amount at list prices."
    )
    discount_amount = fields.Monetary(
        "Discounts",
        readonly=True,
        help="What the client did not pay of the list prices, untaxed: the discount of "
        "the line, or the whole amount of a negative line.",
    )
    average_discount = fields.Float(
        "Discount (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="Weighted by the amount before discount.",
    )

    @property
    def _table_query(self):
        scope = Scope(None, self._selected_companies())
        company = self._seen_company(SQL("document.company_id"))
        return SQL(
            """
            SELECT line.id, line.product_id, line.move_id, document.name AS number,
                   document.date,
                   document.company_id, %(currency)s AS currency_id,
                   document.partner_id AS commercial_partner_id,
                   document.user_id AS invoice_user_id,
                   amount.discount - line.balance AS gross,
                   amount.discount AS discount_amount,
                   100 * amount.discount / NULLIF(amount.discount - line.balance, 0)
                       AS average_discount,
                   %(client_columns)s
              FROM (%(documents)s) document
              JOIN account_move_line line ON line.move_id = document.id
              JOIN res_currency currency ON currency.id = line.currency_id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN %(reduction)s
                               THEN %(discount)s / document.rate
                               ELSE 0 END AS discount) amount
         LEFT JOIN res_partner commercial_partner
                ON commercial_partner.id = document.partner_id
                   %(client_joins)s
             WHERE line.display_type IN %(counted)s
               AND document.is_order
               AND document.date <= %(today)s
               AND NOT %(deducts)s
            """,
            documents=invoice(scope),
            currency=self._currency(company),
            client_columns=self._client_columns(company),
            client_joins=self._client_joins(company),
            counted=UNTAXED,
            deducts=is_deduction("line", self.env, SQL("(%s)", deduction(scope))),
            reduction=reduction("line", self.env),
            discount=discount("line", "currency"),
            today=self._day_by_company(company, self._todays()),
        )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "average_discount:avg":
            return SQL(
                "100 * SUM(%s) / NULLIF(SUM(%s), 0)",
                self._converted("discount_amount", query),
                self._converted("gross", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    def _document(self):
        return self.move_id
