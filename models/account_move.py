from odoo import fields, models

from ..engine.documents import DOCUMENTS
from ..engine.status import ORDERS

# What a posted document's figures depend on.
FIGURE_FIELDS = {
    "state",
    "partner_id",
    "commercial_partner_id",
    "invoice_date",
    "date",
    "reversed_entry_id",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    # What the figures read of a client's documents.
    _client_figures_idx = models.Index(
        "(company_id, commercial_partner_id) INCLUDE ("
        "id, invoice_date, date, move_type, amount_untaxed_signed,"
        " invoice_currency_rate)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )

    client_settled_before = fields.Boolean(
        copy=False,
        help="Was reconciled with an invoice and taken off it: reconciled again, it is "
        "nothing new.",
    )

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        if not isinstance(vals, dict):  # Odoo itself says what is wrong
            return super().write(vals)
        first = self.browse()
        if vals.get("state") == "posted":
            # A document that is posted again tells nothing new.
            first = self.sudo().filtered(
                lambda move: (
                    move.state != "posted"
                    and not move.posted_before
                    and move.move_type in ORDERS
                )
            )
        moves_figures = not FIGURE_FIELDS.isdisjoint(vals)
        before = self._client_pairs() if moves_figures else set()
        if "date" in vals:
            # A payment in draft keeps what it settles, and may come back another day.
            before |= self.line_ids._settled_client_pairs()
        result = super().write(vals)
        if moves_figures:
            self.env["client.metric.queue"]._add(
                before | self._client_pairs(), business=first._client_business()
            )
        if first:
            self.env["client.status.rule"]._run(
                "first_invoice",
                "account.move",
                [
                    (move.company_id, move.commercial_partner_id.id, move.id)
                    for move in first
                ],
            )
        return result

    def unlink(self):
        gone = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(gone)
        return result

    def _client_business(self):
        """:return: the latest date of these documents by client and company"""
        dates = {}
        for move in self:
            pair = (move.commercial_partner_id.id, move.company_id.id)
            date = move.invoice_date or move.date
            dates[pair] = max(date, dates.get(pair, date))
        return dates

    def _client_pairs(self):
        """:return: client and company of the posted customer documents among these,
        and of the invoices that they take back
        """
        documents = self.sudo().filtered(
            lambda move: move.state == "posted" and move.move_type in DOCUMENTS
        )
        return {
            (move.commercial_partner_id.id, move.company_id.id)
            for move in documents | documents.reversed_entry_id
        }
