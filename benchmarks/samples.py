"""Documents of two companies, posted by Odoo itself. `invoices.py` multiplies them.

A *sample* is one invoice with its payments, credit notes and exchange differences.
"""

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

# Days from the invoice to its payment.
DELAYS = (0, 8, 9, 20, 30, 30, 33, 36, 45, 60, 90)
COMPANIES = (("Bench Lavaux", "CHF"), ("Bench Meuse", "EUR"))
FOREIGN = "USD"
LINES = (("Advice", 37.5), ("Travel", 12.25))


class Samples:
    """Books the samples of one company; `booked` are their moves, the first unpaid.

    :param int lines: how many of `LINES` each document has
    """

    def __init__(self, env, name, currency, lines=2):
        self.lines = LINES[:lines]
        company = env["res.company"].search([("name", "=", name)])
        self.company = company or self._company(env, name, currency)
        env = env(context={"allowed_company_ids": self.company.ids})
        self.env = env
        self.date = fields.Date.today() - relativedelta(months=8)
        self.partner = env["res.partner"].create({"name": f"Sample of {name}"})
        self.bank = env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.receivable = self.partner.property_account_receivable_id
        self.currency = self.company.currency_id
        self.foreign = env.ref(f"base.{FOREIGN}")
        self.booked = [self._unpaid(), self._partly_paid(), self._instalments()]
        self.booked += [self._paid(delay) for delay in DELAYS]
        self.booked += [self._paid(12, discount=10), self._paid(40, discount=5)]
        self.booked += [self._paid(31, currency=self.foreign) for _time in range(2)]
        self.booked += [self._credited(30), self._credited(100), self._receipt()]

    @staticmethod
    def _company(env, name, currency):
        currency = env.ref(f"base.{currency}")
        foreign = env.ref(f"base.{FOREIGN}")
        (currency | foreign).active = True
        company = env["res.company"].create({"name": name, "currency_id": currency.id})
        env["account.chart.template"].try_loading("generic_coa", company, False)
        company.currency_id = currency  # the chart brings one of its own
        today = fields.Date.today()
        for months, rate in ((60, 1.10), (8, 1.15), (7, 1.25), (0, 1.20)):
            env["res.currency.rate"].create(
                {
                    "currency_id": foreign.id,
                    "company_id": company.id,
                    "name": today - relativedelta(months=months),
                    "rate": rate,
                }
            )
        return company

    def _invoice(self, *, move_type="out_invoice", currency=None, **values):
        discount = values.pop("discount", 0)
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partner.id,
                "currency_id": (currency or self.currency).id,
                "invoice_date": self.date,
                "invoice_line_ids": [
                    Command.create(
                        {"name": name, "price_unit": price, "discount": discount}
                    )
                    for name, price in self.lines
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def _due(self, move):
        return move.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).sorted("date_maturity")

    def _pay(self, line, delay, share=1):
        """:return: the entry of a payment of a due date, and of its differences"""
        date = self.date + relativedelta(days=delay)
        foreign = line.currency_id.round(line.amount_currency * share)
        amount = line.currency_id._convert(foreign, self.currency, self.company, date)
        account = self.bank.default_account_id
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": date,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Payment",
                            "account_id": account.id,
                            "partner_id": self.partner.id,
                            "currency_id": line.currency_id.id,
                            "amount_currency": sign * foreign,
                            "balance": sign * amount,
                        }
                    )
                    for account, sign in ((account, 1), (self.receivable, -1))
                ],
            }
        )
        entry.action_post()
        credit = entry.line_ids.filtered(lambda own: own.account_id == self.receivable)
        (line | credit).reconcile()
        return entry | line.matched_credit_ids.exchange_move_id

    def _unpaid(self):
        return self._invoice()

    def _partly_paid(self):
        move = self._invoice()
        return move | self._pay(self._due(move), 25, share=0.6)

    def _instalments(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (10, 60)
                ],
            }
        )
        move = self._invoice(invoice_payment_term_id=term.id)
        first, second = self._due(move)
        return move | self._pay(first, 14) | self._pay(second, 59)

    def _paid(self, delay, **values):
        move = self._invoice(**values)
        return move | self._pay(self._due(move), delay)

    def _credited(self, per_cent):
        move = self._invoice()
        wizard = self.env["account.move.reversal"].create(
            {
                "move_ids": move.ids,
                "date": self.date + relativedelta(days=15),
                "journal_id": move.journal_id.id,
            }
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        for line in refund.invoice_line_ids:
            line.price_unit *= per_cent / 100
        refund.action_post()  # settles what it takes back
        if per_cent == 100:
            return move | refund
        return move | refund | self._pay_rest(move)

    def _pay_rest(self, move):
        line = self._due(move)
        return self._pay(line, 35, line.amount_residual / line.balance)

    def _receipt(self):
        move = self._invoice(move_type="out_receipt")
        return move | self._pay(self._due(move), 0)
