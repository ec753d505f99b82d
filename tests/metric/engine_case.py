"""What the tests of the engine have in common: books with a bank and two currencies."""

from datetime import timedelta

from odoo import Command, fields

from ..common import InvoicingCase
from .oracle_names import COMPUTED, DECISIONS, FIGURES
from .oracle_numbers import exact

# Rates whose inverse is a short decimal: what they convert has an exact value.
# By the number of days since when they hold.
RATES = {3000: 1.25, 400: 1.6, 60: 0.8}
COLUMNS = (
    *FIGURES,
    *COMPUTED,
    *DECISIONS,
    *(f"{name}_decided" for name in DECISIONS),
)


class EngineCase(InvoicingCase):
    """`company` keeps its books in francs, `other_company` in euros."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "no_mail_to_attendees": True, "dont_notify": 1}
        )
        cls.franc, cls.euro = cls.env.ref("base.CHF"), cls.env.ref("base.EUR")
        (cls.franc | cls.euro).active = True
        cls.currencies = cls.franc | cls.euro
        cls.Metric = cls.env["client.metric"]
        # The day does not change in the middle of a test.
        cls.today = cls.Metric._today(cls.company)
        cls.classPatch(type(cls.Metric), "_today", lambda metric, company: cls.today)
        cls.Queue = cls.env["client.metric.queue"]
        # A posted document may go to another year and keep its number.
        cls.env["ir.config_parameter"].sudo().set_param(
            "sequence.mixin.constraint_start_date", "2100-01-01"
        )
        cls._open_bank(cls.company, cls.franc, cls.euro)
        cls._open_bank(cls.other_company, cls.euro, cls.franc)
        cls.seller = cls.new_user("seller", "base.group_user")
        cls.other_seller = cls.new_user(
            "other_seller", "base.group_user", companies=cls.other_company
        )
        Term = cls.env["account.payment.term"]
        cls.at_once = Term.create({"name": "At once", "line_ids": [cls._due(100, 0)]})
        cls.in_30_days = Term.create(
            {"name": "30 days", "line_ids": [cls._due(100, 30)]}
        )
        cls.instalments = Term.create(
            {"name": "Instalments", "line_ids": [cls._due(40, 10), cls._due(60, 40)]}
        )

    @staticmethod
    def _due(percent, days):
        return Command.create(
            {"value": "percent", "value_amount": percent, "nb_days": days}
        )

    @classmethod
    def _open_bank(cls, company, own, foreign):
        company.write({"currency_id": own.id, "client_automation": False})
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        bank, outstanding, gain, loss, suspense = env["account.account"].create(
            [
                {"name": name, "code": code, "account_type": kind, "reconcile": match}
                for code, kind, name, match in (
                    ("102000", "asset_cash", "Bank", False),
                    ("109000", "asset_current", "Outstanding", True),
                    ("690000", "income_other", "Exchange Gain", False),
                    ("691000", "expense", "Exchange Loss", False),
                    ("103000", "asset_current", "Suspense", False),
                    ("111000", "asset_receivable", "Doubtful Debtors", True),
                    ("390000", "expense", "Losses on Debtors", False),
                    ("280000", "equity", "Opening Balance", False),
                )
            ]
        )[:5]
        journals = env["account.journal"].create(
            [
                {
                    "name": "Bank",
                    "code": "BNK",
                    "type": "bank",
                    "default_account_id": bank.id,
                    "suspense_account_id": suspense.id,
                },
                {"name": "Exchange", "code": "EXCH", "type": "general"},
                {"name": "Miscellaneous", "code": "MISC", "type": "general"},
            ]
        )
        journals[0].inbound_payment_method_line_ids.payment_account_id = outstanding
        company.write(
            {
                "currency_exchange_journal_id": journals[1].id,
                "income_currency_exchange_account_id": gain.id,
                "expense_currency_exchange_account_id": loss.id,
            }
        )
        env["res.currency.rate"].create(
            [
                {
                    "currency_id": foreign.id,
                    "company_id": company.id,
                    "name": cls.days_ago(ago),
                    "rate": rate,
                }
                for ago, rate in RATES.items()
            ]
        )

    @classmethod
    def open_branch(cls, company, name):
        """:return: a branch, with the accounts and journals of its company"""
        branch = cls.env["res.company"].create(
            {"name": name, "parent_id": company.id, "client_automation": False}
        )
        account = cls.env["ir.default"]._get(
            "res.partner", "property_account_receivable_id", company_id=company.id
        )
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            account,
            company_id=branch.id,
        )
        return branch

    @classmethod
    def days_ago(cls, days):
        return cls.today - timedelta(days=days)

    @classmethod
    def bill(cls, client, *amounts, ago=0, company=None, **values):
        """:return: a posted document, due at once if nothing else is said, with one
        line for each amount or pair of amount and discount
        """
        return cls.invoice(
            client,
            values.pop("move_type", "out_invoice"),
            company,
            **{**cls.bill_values(*amounts, ago=ago), **values},
        )

    @classmethod
    def bill_values(cls, *amounts, ago=0):
        """:return: dict of the values of a document, see `bill`"""
        lines = [
            amount if isinstance(amount, tuple) else (amount, 0)
            for amount in amounts or (100,)
        ]
        return {
            "invoice_date": cls.days_ago(ago),
            "invoice_payment_term_id": cls.at_once.id,
            "invoice_line_ids": [
                Command.create(
                    {"name": "Work", "price_unit": price, "discount": discount}
                )
                for price, discount in lines
            ],
        }

    def pay(self, invoice, amount=None, ago=0, currency=None):
        """Register a payment; all that is open without an amount."""
        values = {"payment_date": self.days_ago(ago)}
        if currency:
            values["currency_id"] = currency.id
        if amount is not None:
            values["amount"] = amount
        Register = self.env["account.payment.register"].with_context(
            active_model="account.move",
            active_ids=invoice.ids,
            allowed_company_ids=invoice.company_id.ids,
        )
        return Register.create(values)._create_payments()

    def bank_entry(self, invoice, amount, ago=0):
        """Reconcile the invoice with an entry of the bank, in the company's currency.

        :return: the entry
        """
        lines = self.open_lines(invoice)
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "parent_of", invoice.company_id.id)]
        )
        sides = ((journal.default_account_id, amount), (lines.account_id, -amount))
        entry = (
            self.env["account.move"]
            .with_company(invoice.company_id)
            .create(
                {
                    "journal_id": journal.id,
                    "date": self.days_ago(ago),
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": account.id,
                                "balance": balance,
                                "partner_id": invoice.commercial_partner_id.id,
                            }
                        )
                        for account, balance in sides
                    ],
                }
            )
        )
        entry.action_post()
        (lines | self.open_lines(entry)).reconcile()
        return entry

    def open_lines(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )

    @classmethod
    def reverse(cls, invoice, amount=None, ago=0, post=True):
        """:return: the credit note that takes the invoice, or an amount of it, back"""
        wizard = cls.env["account.move.reversal"].with_context(
            active_model="account.move",
            active_ids=invoice.ids,
            allowed_company_ids=invoice.company_id.ids,
        )
        action = wizard.create(
            {"journal_id": invoice.journal_id.id, "date": cls.days_ago(ago)}
        ).refund_moves()
        note = cls.env["account.move"].browse(action["res_id"])
        if amount is not None:
            first, *others = note.invoice_line_ids
            note.invoice_line_ids = [
                Command.update(
                    first.id, {"price_unit": amount, "quantity": 1, "discount": 0}
                ),
                *(Command.delete(line.id) for line in others),
            ]
        if post:
            note.with_context(move_reverse_cancel=False)._post(soft=False)
        return note

    def meet(self, partner, ago=0, user=None):
        """:return: a meeting of half an hour in the morning of the day"""
        start = fields.Datetime.to_datetime(self.days_ago(ago)) + timedelta(hours=8)
        user = user or self.seller
        return self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": start,
                "stop": start + timedelta(minutes=30),
                "user_id": user.id,
                "partner_ids": [Command.set((partner | user.partner_id).ids)],
            }
        )

    def assert_figures(self, client, as_of=None, company=None, **expected):
        """Refresh, and compare figures of a client; amounts and means to the cent.

        :param date as_of: the day of the figures, today when missing
        """
        company = company or self.company
        self.Metric._refresh(company, as_of=as_of)
        row = self.table(company).get(client.id, {})
        actual = {name: row.get(name, "no row") for name in expected}
        expected = {
            name: exact(value) if isinstance(value, float) else value
            for name, value in expected.items()
        }
        self.assertEqual(actual, expected)

    def table(self, company):
        """:return: the rows of the metric table, `{client id: {name: value}}`"""
        self.env.flush_all()
        columns = ", ".join(COLUMNS)
        self.env.cr.execute(
            f"SELECT partner_id, {columns} FROM client_metric WHERE company_id = %s",
            [company.id],
        )
        return {
            client: {
                name: exact(value) if isinstance(value, float) else value
                for name, value in zip(COLUMNS, values, strict=True)
            }
            for client, *values in self.env.cr.fetchall()
        }
