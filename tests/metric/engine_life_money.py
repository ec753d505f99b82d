"""Steps of the property test: ways to settle, and debts without an invoice."""

from odoo import Command


class MoneyLife:
    """It uses what `Life` has."""

    def debts(self):
        """:return: the open debts, lines on receivable accounts"""
        return self.env["account.move.line"].search(
            [
                ("company_id", "in", self.case.companies.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            order="id",
        )

    def account(self, company, code):
        accounts = self.env["account.account"].with_company(company)
        return accounts.search(
            [("code", "=", code), ("company_ids", "in", company.ids)], limit=1
        )

    def entry(self, company, journal, ago, *lines, due=None):
        """:return: a posted entry with lines of account, partner and balance"""
        company_env = self.env["account.move"].with_company(company)
        entry = company_env.create(
            {
                "journal_id": self.env["account.journal"]
                .search([("code", "=", journal), ("company_id", "=", company.id)])
                .id,
                "date": self.case.days_ago(ago),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner and partner.id,
                            "balance": balance,
                            "date_maturity": due,
                        }
                    )
                    for account, partner, balance in lines
                ],
            }
        )
        entry._post(soft=False)
        return entry

    def settle(self, debt, entry):
        """Reconcile a debt with the open lines of an entry on the same account."""
        lines = entry.line_ids.filtered(
            lambda line: line.account_id == debt.account_id and not line.reconciled
        )
        (debt | lines).reconcile()

    def part(self, debt, percent):
        """:return: a part of what is open of a debt"""
        return debt.company_currency_id.round(debt.amount_residual * percent / 100)

    def write_off(self, which, percent, ago):
        """A payment of a part; the rest is written off, as a cash discount is."""
        if not (invoice := self._open(which)):
            return
        amount = invoice.currency_id.round(invoice.amount_residual * percent / 100)
        lost = self.account(invoice.company_id, "390000")
        if amount <= 0:
            return
        Register = self.env["account.payment.register"].with_context(
            active_model="account.move",
            active_ids=invoice.ids,
            allowed_company_ids=invoice.company_id.ids,
        )
        Register.create(
            {
                "payment_date": self.case.days_ago(ago),
                "currency_id": invoice.currency_id.id,
                "amount": amount,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": lost.id,
            }
        )._create_payments()

    def settle_by_entry(self, which, kind, percent, ago):
        """An entry settles a part of a debt: a loss, a balance with a supplier, or
        money with a cash discount.
        """
        if not (debt := self.pick(self.debts(), which)):
            return
        company, partner = debt.company_id, debt.partner_id
        if (amount := self.part(debt, percent)) <= 0:
            return
        bank, lost = self.account(company, "102000"), self.account(company, "390000")
        if kind == "loss":
            others, journal = [(lost, None, amount)], "MISC"
        elif kind == "supplier":
            payable = self.account(company, "200000")
            others, journal = [(payable, partner, amount)], "MISC"
        else:
            money = debt.company_currency_id.round(amount * 0.8)
            others = [(bank, None, money), (lost, None, amount - money)]
            journal = "BNK"
        entry = self.entry(
            company, journal, ago, (debt.account_id, partner, -amount), *others
        )
        self.settle(debt, entry)

    def transfer(self, which, count, ago):
        """Debts go to doubtful debtors, or back."""
        if not (first := self.pick(self.debts(), which)):
            return
        debts = self.debts().filtered(
            lambda debt: (
                debt.company_id == first.company_id
                and debt.account_id == first.account_id
            )
        )[: count + 1]
        company = first.company_id
        doubtful = self.account(company, "111000")
        usual = self.account(company, "110000")
        Wizard = self.env["account.automatic.entry.wizard"].with_context(
            active_model="account.move.line",
            active_ids=(first | debts).ids,
            allowed_company_ids=company.ids,
        )
        Wizard.create(
            {
                "action": "change_account",
                "date": self.case.days_ago(ago),
                "destination_account_id": (
                    usual if first.account_id == doubtful else doubtful
                ).id,
                "journal_id": self.env["account.journal"]
                .search([("code", "=", "MISC"), ("company_id", "=", company.id)])
                .id,
            }
        ).do_action()

    def statement(self, which, percent, ago, match):
        """A line of the bank statement, matched with a debt or with nothing."""
        if not (debt := self.pick(self.debts(), which)):
            return
        company = debt.company_id
        if (amount := self.part(debt, percent)) <= 0:
            return
        lines = self.env["account.bank.statement.line"].with_company(company)
        line = lines.create(
            {
                "journal_id": self.env["account.journal"]
                .search([("type", "=", "bank"), ("company_id", "=", company.id)])
                .id,
                "date": self.case.days_ago(ago),
                "payment_ref": "Transfer",
                "amount": amount,
                "partner_id": debt.partner_id.id,
                "counterpart_account_id": debt.account_id.id,
            }
        )
        if match:
            self.settle(debt, line.move_id)

    def pay_in_advance(self, who, company, amount, ago):
        """A payment without an invoice."""
        company = self.company(company)
        payments = self.env["account.payment"].with_company(company)
        payment = payments.create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.pick(self.partners(), who).id,
                "amount": amount,
                "date": self.case.days_ago(ago),
                "journal_id": self.env["account.journal"]
                .search([("type", "=", "bank"), ("company_id", "=", company.id)])
                .id,
            }
        )
        payment.action_post()

    def opening(self, who, company, amount, ago, due):
        """A debt, or a credit, that is booked without an invoice."""
        company = self.company(company)
        partner = self.pick(self.partners(), who)
        self.entry(
            company,
            "MISC",
            ago,
            (self.account(company, "110000"), partner, amount),
            (self.account(company, "280000"), None, -amount),
            due=due is not None and self.case.days_ago(due),
        )

    def match(self, which):
        """Match all that is open of a client on the account of a debt."""
        if debt := self.pick(self.debts(), which):
            lines = self.env["account.move.line"].search(
                [
                    ("account_id", "=", debt.account_id.id),
                    ("partner_id", "=", debt.partner_id.id),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                ]
            )
            lines.reconcile()

    def no_followup(self, which, out):
        if debt := self.pick(self.debts(), which):
            debt.no_followup = out
