"""The payments of the plan, reconciled with their invoices."""

from datetime import timedelta

from odoo import Command

from .companies import journal_of
from .invoices import BATCH

# Older payments come as bank entries, as imported history does: half the time.
REGISTERED_SINCE = timedelta(days=120)


def load(company, sales, invoices, today):
    """Pay the invoices of one company as planned, the oldest payment first.

    A payment covers a share of what is open when it comes in.

    :param invoices: recordset, one for each sale, in the same order
    :return: how many payments there are
    """
    # Rounds: a second payment needs to know what the first one left.
    rounds = [], []
    for sale, invoice in zip(sales, invoices, strict=True):
        for payments, (day, share) in zip(rounds, sale.payments, strict=False):
            payments.append((day, share, invoice))
    for payments in rounds:
        payments.sort(key=lambda payment: (payment[0], payment[2].id))
        since = today - REGISTERED_SINCE
        old = [payment for payment in payments if _as_entry(payment, since)]
        new = [payment for payment in payments if not _as_entry(payment, since)]
        for pay, batches in ((_pay_by_entry, old), (_pay, new)):
            for start in range(0, len(batches), BATCH):
                pay(company, batches[start : start + BATCH])
    return sum(map(len, rounds))


def _as_entry(payment, since):
    day, _share, invoice = payment
    if invoice.currency_id != invoice.company_currency_id:
        return False
    # Odoo takes an invoice with a credit note and a mere entry for a reversed one.
    return day < since and not invoice.reversal_move_ids


def _pay(company, payments):
    method = journal_of(company, "bank").inbound_payment_method_line_ids[:1]
    records = company.env["account.payment"].create(
        [
            {
                "date": day,
                "amount": invoice.currency_id.round(invoice.amount_residual * share),
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": invoice.commercial_partner_id.id,
                "currency_id": invoice.currency_id.id,
                "journal_id": method.journal_id.id,
                "payment_method_line_id": method.id,
                "memo": invoice.name,
                "invoice_ids": [Command.link(invoice.id)],
            }
            for day, share, invoice in payments
        ]
    )
    records.action_post()
    _reconcile(records.move_id, payments)


def _pay_by_entry(company, payments):
    journal = journal_of(company, "bank")
    # Neither the entries nor the posted invoices have lines to work out.
    moves = company.env["account.move"].with_context(skip_invoice_sync=True)
    entries = moves.create([_entry(journal, *payment) for payment in payments])
    entries._post(soft=False)
    _reconcile(entries, payments)


def _entry(journal, day, share, invoice):
    amount = invoice.currency_id.round(invoice.amount_residual * share)
    common = {
        "name": invoice.name,
        "partner_id": invoice.commercial_partner_id.id,
        "analytic_distribution": False,
    }
    accounts = (journal.default_account_id, _receivable(invoice).account_id)
    return {
        "move_type": "entry",
        "journal_id": journal.id,
        "date": day,
        "ref": invoice.name,
        "line_ids": [
            Command.create({**common, "account_id": account.id, "balance": balance})
            for account, balance in zip(accounts, (amount, -amount), strict=True)
        ],
    }


def _reconcile(moves, payments):
    moves.env["account.move.line"]._reconcile_plan(
        [
            _receivable(move) + _receivable(invoice)
            for move, (_day, _share, invoice) in zip(moves, payments, strict=True)
        ]
    )


def _receivable(move):
    return move.line_ids.filtered(
        lambda line: line.account_type == "asset_receivable" and not line.reconciled
    )
