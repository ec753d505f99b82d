"""The invoices and credit notes of the plan, created in batches and posted."""

from functools import cache

from odoo import Command

from . import tables
from .companies import journal_of

BATCH = 250
FAST = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


def load(company, sales, partners, terms):
    """Invoice and post the sales of one company, the oldest first.

    :param sales: the plan's sales of this company
    :param partners: dict of `res.partner` by reference
    :param terms: dict of `account.payment.term` by name
    :return: the invoices, one for each sale, in the same order
    """
    journal = journal_of(company, "sale")

    @cache
    def taxes_of(partner):
        delivery = partner.browse(partner.address_get(["delivery"])["delivery"])
        positions = company.env["account.fiscal.position"]
        position = positions._get_fiscal_position(partner, delivery=delivery)
        taxes = position.map_tax(journal.default_account_id.tax_ids)
        tags = taxes.get_tax_tags(is_refund=False, repartition_type="base")
        return {
            "tax_ids": [Command.set(taxes.ids)],
            "tax_tag_ids": [Command.set(tags.ids)],
        }

    def lines(sale, partner):
        """What Odoo would work out itself, and correct; given, it writes less."""
        for _create, _id, line in _lines(journal, sale, partner):
            line |= taxes_of(partner) | {"analytic_distribution": False}
            if sale.currency == company.currency_id.name:
                gross = line["quantity"] * line["price_unit"]
                net = company.currency_id.round(gross * (1 - line["discount"] / 100))
                line |= {"balance": -net, "amount_currency": -net}
            yield Command.create(line)

    return _post_in_batches(
        company.env["account.move"],
        [
            {
                "move_type": "out_invoice",
                "invoice_payment_term_id": terms[sale.terms].id,
                **_header(journal, sale, partners[sale.ref], sale.date),
                "invoice_line_ids": list(lines(sale, partners[sale.ref])),
            }
            for sale in sales
        ],
    )


def load_credits(company, sales, invoices, partners):
    """Post the credit notes of one company; all but goodwill ones reduce the invoice.

    :return: the credit notes
    """
    journal = journal_of(company, "sale")
    credited = [
        (sale, invoice)
        for sale, invoice in zip(sales, invoices, strict=True)
        if sale.credit
    ]
    credited.sort(key=lambda pair: (pair[0].credit.date, pair[1].id))
    return _post_in_batches(
        company.env["account.move"],
        [
            {
                "move_type": "out_refund",
                "ref": invoice.name,
                # Posting reconciles the two.
                "reversed_entry_id": not sale.credit.goodwill and invoice.id,
                **_header(journal, sale, partners[sale.ref], sale.credit.date),
                "invoice_line_ids": _credit_lines(journal, sale, invoice),
            }
            for sale, invoice in credited
        ],
    )


def _post_in_batches(moves, vals_list):
    for start in range(0, len(vals_list), BATCH):
        batch = moves.create(vals_list[start : start + BATCH])
        batch._post(soft=False)
        moves += batch
    return moves


def _header(journal, sale, partner, day):
    return {
        "journal_id": journal.id,
        "partner_id": partner.id,
        "currency_id": journal.env.ref(f"base.{sale.currency}").id,
        "invoice_date": day,
        "date": day,
    }


def _lines(journal, sale, partner):
    articles = tables.by("articles", "code")
    return [
        Command.create(
            {
                "name": articles[code][_language(partner)],
                # Given, or the most used account is looked up for each line.
                "account_id": journal.default_account_id.id,
                "quantity": quantity,
                "price_unit": float(articles[code]["price"]),
                "discount": discount,
            }
        )
        for code, quantity, discount in sale.lines
    ]


def _credit_lines(journal, sale, invoice):
    if sale.credit.full:
        return _lines(journal, sale, invoice.partner_id)
    rebate = tables.by("articles", "code")["rebate"][_language(invoice.partner_id)]
    amount = invoice.currency_id.round(invoice.amount_untaxed * sale.credit.share)
    return [
        Command.create(
            {
                "name": f"{rebate} {invoice.name}",
                "account_id": journal.default_account_id.id,
                "quantity": 1,
                "price_unit": amount,
            }
        )
    ]


def _language(partner):
    return (partner.lang or "en")[:2]
