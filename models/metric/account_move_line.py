from odoo import api, models

from ...engine.figures.documents import DOCUMENTS
from ...engine.figures.reductions import reduction_index

# Those that decide how much of an entry is money.
MONEY_FIELDS = {"account_id", "amount_currency", "balance", "credit", "debit"}
# The fields of posted lines that the figures depend on.
FIGURE_FIELDS = MONEY_FIELDS | {
    "date_maturity",
    "discount",
    "display_type",
    "no_followup",
    "partner_id",
    "price_unit",
    "quantity",
    # With Sales.
    "is_downpayment",
    "sale_line_ids",
}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _client_reduction_idx = models.Index(reduction_index)
    # Contains all columns that the figures read of the instalments of a company.
    _client_instalment_idx = models.Index(
        "(company_id, partner_id) INCLUDE ("
        "id, move_id, account_id, invoice_date, date, date_maturity)"
        " WHERE display_type = 'payment_term' AND balance > 0"
        " AND parent_state = 'posted'"
    )
    # The same for the lines of entries, which have no invoice date.
    _client_entry_idx = models.Index(
        "(company_id, date, move_id)"
        " INCLUDE (id, account_id, balance, display_type)"
        " WHERE invoice_date IS NULL"
    )
    # The lines of credit notes and of bills, which settle but do not pay.
    _client_credit_idx = models.Index(
        "(company_id, id) WHERE display_type = 'payment_term' AND balance < 0"
    )
    # Contains all columns that the figures read of what is open, which is little.
    _client_open_line_idx = models.Index(
        "(company_id, account_id, partner_id) INCLUDE (id, move_id, journal_id,"
        " currency_id, date, invoice_date, date_maturity, no_followup,"
        " amount_residual)"
        " WHERE amount_residual != 0 AND parent_state = 'posted'"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["client.metric.queue"]._add(lines._client_pairs())
        return lines

    def write(self, vals):
        if not self or not isinstance(vals, dict) or FIGURE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = set()
        if "partner_id" in vals:
            before = self._client_pairs()
        result = super().write(vals)
        pairs = before | self._client_pairs()
        if not MONEY_FIELDS.isdisjoint(vals):
            pairs |= self._client_money_pairs()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def unlink(self):
        pairs = self._client_pairs() | self._client_money_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: set of pairs of ids (client, company) whose figures depend on these
        lines: of the posted customer documents, and of the partners of posted lines on
        receivable accounts
        """
        moves = self.env["account.move"]
        pairs = set()
        for move, lines in self.sudo().grouped("move_id").items():
            if move.state != "posted":
                continue
            if move.move_type in DOCUMENTS:
                moves |= move
            for line in lines:
                if line.partner_id and line.account_type == "asset_receivable":
                    client = line.partner_id.commercial_partner_id
                    pairs.add((client.id, line.company_id.id))
        return pairs | moves._client_document_pairs()

    def _client_money_pairs(self):
        """:return: set of pairs (client, company) of the documents that are reconciled
        with entries of these lines, also with entries that are a draft again
        """
        entries = self.sudo().move_id.filtered(
            lambda move: move.move_type == "entry" and move.posted_before
        )
        return entries.line_ids._settled_client_pairs() if entries else set()

    def _settled_client_pairs(self):
        """:return: set of pairs (client, company) of the lines that these lines are
        reconciled with
        """
        lines = self.sudo()
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return partials._client_pairs()
