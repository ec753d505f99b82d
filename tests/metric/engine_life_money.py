"""Steps of the property test: ways to settle, and debts without an invoice."""


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

    def part(self, debt, percent):
        """:return: a part of what is open of a debt"""
        return debt.company_currency_id.round(debt.amount_residual * percent / 100)

    def write_off(self, which, percent, ago):
        """A payment of a part; the rest is written off, as a cash discount is."""
        if invoice := self._open(which):
            left = invoice.amount_residual
            amount = invoice.currency_id.round(left * percent / 100)
            if amount > 0:
                self.case.pay_and_write_off(invoice, amount, ago)

    def settle(self, which, kind, percent, ago):
        """An entry settles a part of a debt: a loss, a balance with a supplier, or
        money with a cash discount.
        """
        debt = self.pick(self.debts(), which)
        amount = debt and self.part(debt, percent)
        if not debt or amount <= 0:
            return
        money = debt.company_currency_id.round(amount * 0.8)
        others = {
            "loss": [("390000", amount)],
            "supplier": [("200000", amount)],
            "discount": [("102000", money), ("390000", amount - money)],
        }[kind]
        self.case.settle(debt, *others, ago=ago, journal="MISC")

    def transfer(self, which, count, ago):
        """Debts go to doubtful debtors, or back."""
        if first := self.pick(self.debts(), which):
            debts = self.debts().filtered(
                lambda debt: (
                    debt.company_id == first.company_id
                    and debt.account_id == first.account_id
                )
            )
            self.case.transfer(first | debts[: count + 1], ago)

    def statement(self, which, percent, ago, match):
        """A line of the bank statement, matched with a debt or with nothing."""
        debt = self.pick(self.debts(), which)
        if debt and (amount := self.part(debt, percent)) > 0:
            self.case.statement(debt, amount, ago, match)

    def pay_in_advance(self, who, company, amount, ago):
        client = self.pick(self.partners(), who)
        self.case.pay_in_advance(client, amount, ago, self.company(company))

    def opening(self, who, company, amount, ago, due):
        client = self.pick(self.partners(), who)
        self.case.opening(client, amount, ago, due, self.company(company))

    def match(self, which):
        """Match all that is open of a client on the account of a debt."""
        if debt := self.pick(self.debts(), which):
            self.env["account.move.line"].search(
                [
                    ("account_id", "=", debt.account_id.id),
                    ("partner_id", "=", debt.partner_id.id),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                ]
            ).reconcile()

    def no_followup(self, which, out):
        if debt := self.pick(self.debts(), which):
            debt.no_followup = out
