from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.client_segmentation.engine.catalogue import Source


class TestRental(models.Model):
    """Business that is no invoice: what clients rent counts as orders."""

    _name = "test.rental"
    _inherit = "client.figure.source"
    _description = "Rental"

    _client_figure_fields = frozenset(
        {"partner_id", "company_id", "date", "amount", "state"}
    )

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary()
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done")], required=True, default="draft"
    )

    def _client_pairs(self):
        return {
            (rental.partner_id.commercial_partner_id.id, rental.company_id.id)
            for rental in self.sudo()
        }


def _rental(scope):
    """One row per rental that is done."""
    client = SQL.identifier("partner", "commercial_partner_id")
    company = SQL.identifier("rental", "company_id")
    return SQL(
        """
        SELECT rental.id, rental.company_id, %s AS partner_id, rental.date,
               rental.amount, TRUE AS is_order,
               rental.amount AS basket, rental.name, NULL::varchar AS kind,
               rental.user_id
          FROM test_rental rental
          JOIN res_partner partner ON partner.id = rental.partner_id
         WHERE rental.state = 'done'
           AND %s
           AND %s
           AND %s
        """,
        client,
        scope.in_company(company),
        scope.until(SQL.identifier("rental", "date")),
        scope.of_clients(client, company),
    )


RENTAL = Source("rental", _rental, model="test.rental")
