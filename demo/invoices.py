"""The invoices and credit notes of the plan, created in batches and posted."""

from odoo import Command

from . import tables
from .companies import journal_of

BATCH = 250
FAST = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


def load(company, sales, partners, terms):
    """Invoice and post the sales of one company, the oldest first.

    :param partners: dict of `res.partner` by reference
    :param terms: dict of `account.payment.term` by name
    :return: the invoices, one for each sale, in the same order
    """
    env = company.env(context={**company.env.context, **FAST})
    journal = journal_of(company, "sale")
    moves = env["account.move"]
    for start in range(0, len(sales), BATCH):
        batch = env["account.move"].create(
            [
                _invoice(env, sale, partners[sale.ref], terms[sale.terms], journal)
                for sale in sales[start : start + BATCH]
            ]
        )
        batch._post(soft=False)
        moves += batch
    return moves


def _invoice(env, sale, partner, term, journal):
    return {
        "move_type": "out_invoice",
        "journal_id": journal.id,
        "partner_id": partner.id,
        "currency_id": env.ref(f"base.{sale.currency}").id,
        "invoice_date": sale.date,
        "date": sale.date,
        "invoice_payment_term_id": term.id,
        "invoice_line_ids": [
            Command.create(_line(partner, code, quantity, discount))
            for code, quantity, discount in sale.lines
        ],
    }


def _line(partner, code, quantity, discount):
    article = tables.by("articles", "code")[code]
    return {
        "name": article[(partner.lang or "en")[:2]],
        "quantity": quantity,
        "price_unit": float(article["price"]),
        "discount": discount,
    }
