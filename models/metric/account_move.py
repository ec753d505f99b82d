from odoo import fields, models

from ...engine.figures.documents import DOCUMENTS, ORDERS
from ...engine.figures.orders import is_business, sales_among

# The fields of a posted document that the figures depend on.
FIGURE_FIELDS = {
    "state",
    "partner_id",
    "commercial_partner_id",
    "invoice_date",
    "date",
    "reversed_entry_id",
    "debit_origin_id",  # with debit notes
    "move_type",
    "company_id",
    "currency_id",
    "invoice_currency_rate",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    # Contains all columns that the figures read of a client's documents.
    _client_figures_idx = models.Index(
        "(company_id, commercial_partner_id, id) INCLUDE ("
        "invoice_date, date, move_type, amount_untaxed_signed,"
        " invoice_currency_rate)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )
    # Contains all columns that the figures read of credit notes.
    _client_credit_note_idx = models.Index(
        "(company_id, reversed_entry_id) INCLUDE ("
        "id, invoice_date, date, currency_id, amount_total, amount_total_signed)"
        " WHERE move_type = 'out_refund' AND state = 'posted'"
    )

    client_settled_before = fields.Boolean(
        copy=False,
        prefetch=False,
        groups="base.group_user",
        help="This entry was reconciled with an invoice before. If it is reconciled "
        "again, it does not count as a new payment.",
    )

    def write(self, vals):
        """All ways to post a document call this, also a direct write of the state."""
        if not isinstance(vals, dict):  # Odoo raises the error
            return super().write(vals)
        if not self or FIGURE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        moves = self.sudo()
        first_posted = moves.browse()
        if vals.get("state") == "posted":
            # A document that was posted before is not new business.
            first_posted = moves.filtered(
                lambda move: (
                    move.state != "posted"
                    and not move.posted_before
                    and move.move_type in ORDERS
                )
            )
        before = moves._client_pairs()
        if "date" in vals:
            # A draft payment keeps its reconciliations and may get another date.
            before |= moves.line_ids._settled_client_pairs()
        result = super().write(vals)
        first_posted, business = first_posted.filtered(is_business), {}
        for move in first_posted:
            pair = (move.commercial_partner_id.id, move.company_id.id)
            date = move.invoice_date or move.date
            business[pair] = max(date, business.get(pair, date))
        self.env["client.metric.queue"]._add(
            before | moves._client_pairs(), business=business
        )
        occasions = [
            (move.company_id, move.commercial_partner_id.id, move.id)
            for move in sales_among(self.env, first_posted)
        ]
        if occasions:
            self.env["client.status.rule"]._run(
                "invoice_posted", "account.move", occasions
            )
        return result

    def unlink(self):
        pairs = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: set of pairs of ids (client, company) whose figures depend on these
        entries: of the posted customer documents, of the invoices that these reverse,
        and of the partners of other posted entries on receivable accounts
        """
        moves = self.sudo() if self else self
        documents = moves.filtered(lambda move: move.move_type in DOCUMENTS)
        return (
            documents._client_document_pairs()
            | (moves - documents).line_ids._client_pairs()
        )

    def _client_document_pairs(self):
        """:return: the pairs of `_client_pairs` for customer documents"""
        pairs = set()
        for move in self.sudo() if self else ():
            if move.state == "posted" and move.move_type in DOCUMENTS:
                pairs.add((move.commercial_partner_id.id, move.company_id.id))
                if origin := move.reversed_entry_id:
                    pairs.add((origin.commercial_partner_id.id, origin.company_id.id))
        return pairs
