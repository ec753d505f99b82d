"""Credit notes and payments of the plan, reconciled with their invoices."""

from odoo import Command

from .companies import journal_of
from .invoices import BATCH


def load(company, sales, invoices):
    """Pay the invoices of one company as planned, the oldest payment first.

    A payment covers a share of what is still open when it comes in.

    :param invoices: recordset, one for each sale, in the same order
    :return: the payments
    """
    env = invoices.env
    method = journal_of(company, "bank").inbound_payment_method_line_ids[:1]
    # Rounds: a second payment needs to know what the first one left.
    first, second = [], []
    for sale, invoice in zip(sales, invoices, strict=True):
        for dates, (day, share) in zip((first, second), sale.payments, strict=False):
            dates.append((day, share, invoice))
    payments = env["account.payment"]
    for dates in (first, second):
        dates.sort(key=lambda payment: (payment[0], payment[2].id))
        for start in range(0, len(dates), BATCH):
            payments += _pay(env, method, dates[start : start + BATCH])
    return payments


def _pay(env, method, dates):
    payments = env["account.payment"].create(
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
            for day, share, invoice in dates
        ]
    )
    payments.action_post()
    plan = []
    for payment, (_day, _share, invoice) in zip(payments, dates, strict=True):
        lines = payment.move_id.line_ids + invoice.line_ids
        plan.append(
            lines.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
        )
    env["account.move.line"]._reconcile_plan(plan)
    return payments
