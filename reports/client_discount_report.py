from odoo import fields, models
from odoo.tools import SQL

from ..engine.figures.discounts import discount, gross, order_line
from ..engine.figures.documents import ORDERS, day, is_taken_back, posted


class ClientDiscountReport(models.Model):
    """One row per line of an order up to today, see `engine.figures.discounts`."""

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
        ],
        "res.company": ["currency_id"],
    }

    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    number = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    invoice_user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    gross = fields.Monetary("Before Discount", readonly=True)
    discount_amount = fields.Monetary("Discounts", readonly=True)
    average_discount = fields.Float(
        "Average Discount (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="Weighted by the amount before discount.",
    )

    @property
    def _table_query(self):
        company = SQL("move.company_id")
        return SQL(
            """
            SELECT line.id, line.product_id, line.move_id, move.name AS number,
                   %(day)s AS date,
                   move.company_id, %(currency)s AS currency_id,
                   move.commercial_partner_id, move.invoice_user_id,
                   amount.gross,
                   amount.gross * %(discount)s / 100 AS discount_amount,
                   %(discount)s AS average_discount,
                   %(client_columns)s
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
        CROSS JOIN LATERAL (SELECT %(gross)s AS gross) amount
         LEFT JOIN res_partner commercial_partner
                ON commercial_partner.id = move.commercial_partner_id
                   %(client_joins)s
             WHERE %(order_line)s
               AND move.company_id IN %(companies)s
               AND %(posted)s
               AND move.commercial_partner_id IS NOT NULL
               AND %(day)s <= %(today)s
               AND NOT %(taken_back)s
            """,
            companies=tuple(self.env.companies.ids),
            currency=self._currency(company),
            client_columns=self._client_columns(company),
            client_joins=self._client_joins(company),
            taken_back=is_taken_back("move"),
            today=self._day_by_company(company, self._todays()),
            day=day("move"),
            discount=discount("line"),
            gross=gross("line", SQL("move.invoice_currency_rate")),
            order_line=order_line("line"),
            posted=posted("move", ORDERS),
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
