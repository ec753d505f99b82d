from odoo import fields, models

from ...engine.figures.documents import DOCUMENTS, ORDERS

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
        prefetch=False,
        groups="base.group_user",
        help="Was reconciled with an invoice and taken off it: reconciled again, it is "
        "nothing new.",
    )

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        if not isinstance(vals, dict):  # Odoo itself says what is wrong
            return super().write(vals)
        if not self or FIGURE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        moves = self.sudo()
        first = ()
        if vals.get("state") == "posted":
            # A document that is posted again tells nothing new.
            first = [
                move
                for move in moves
                if move.state != "posted"
                and not move.posted_before
                and move.move_type in ORDERS
            ]
        before = moves._client_pairs()
        if "date" in vals:
            # A payment in draft keeps what it settles, and may come back another day.
            before |= moves.line_ids._settled_client_pairs()
        result = super().write(vals)
        occasions, business = [], {}
        for move in first:
            company, client = move.company_id, move.commercial_partner_id.id
            occasions.append((company, client, move.id))
            pair = (client, company.id)
            date = move.invoice_date or move.date
            business[pair] = max(date, business.get(pair, date))
        self.env["client.metric.queue"]._add(
            before | moves._client_pairs(), business=business
        )
        if occasions:
            self.env["client.status.rule"]._run(
                "invoice_posted", "account.move", occasions
            )
        return result

    def unlink(self):
        gone = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(gone)
        return result

    def _client_pairs(self):
        """:return: client and company of the posted customer documents among these,
        and of the invoices that they take back
        """
        pairs = set()
        for move in self.sudo() if self else ():
            if move.state == "posted" and move.move_type in DOCUMENTS:
                pairs.add((move.commercial_partner_id.id, move.company_id.id))
                if origin := move.reversed_entry_id:
                    pairs.add((origin.commercial_partner_id.id, origin.company_id.id))
        return pairs
