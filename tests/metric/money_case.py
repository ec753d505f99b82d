"""Ways to settle a debt, with money and without, and debts without an invoice."""

from odoo import Command

from .engine_case import EngineCase


class MoneyCase(EngineCase):
    """Accounts have the codes of `EngineCase`, journals as well."""

    def account(self, code, company=None):
        company = company or self.company
        accounts = self.env["account.account"].with_company(company)
        return accounts.search(
            [("code", "=", code), ("company_ids", "in", company.ids)], limit=1
        )

    def journal(self, code, company=None):
        company = company or self.company
        return self.env["account.journal"].search(
            [("code", "=", code), ("company_id", "=", company.id)]
        )

    def entry(self, *lines, journal="MISC", ago=0, company=None, due=False):
        """:return: a posted entry with lines of account, partner or None, and balance

        :param due: due date of the lines
        """
        company = company or self.company
        entry = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": self.journal(journal, company).id,
                    "date": self.days_ago(ago),
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
        )
        entry._post(soft=False)
        return entry

    def match(self, debt, entry):
        """Reconcile a debt with the open lines of an entry on the same account."""
        lines = entry.line_ids.filtered(
            lambda line: line.account_id == debt.account_id and not line.reconciled
        )
        (debt | lines).reconcile()

    def settle(self, debt, *others, ago=0, journal="MISC"):
        """Settle a debt by an entry.

        :param debt: `account.move.line`
        :param others: pairs of the code of an account and its balance
        :return: the entry
        """
        company, partner = debt.company_id, debt.partner_id
        lines = [(self.account(code, company), partner, sum_) for code, sum_ in others]
        total = debt.company_currency_id.round(sum(sum_ for _code, sum_ in others))
        entry = self.entry(
            (debt.account_id, partner, -total),
            *lines,
            journal=journal,
            ago=ago,
            company=company,
        )
        self.match(debt, entry)
        return entry

    def transfer(self, debts, ago=0):
        """Debts go to doubtful debtors, or from there back to the usual account.

        :return: the new line
        """
        company = debts.company_id
        doubtful = self.account("111000", company)
        usual = self.account("110000", company)
        target = usual if debts.account_id == doubtful else doubtful
        Wizard = self.env["account.automatic.entry.wizard"].with_context(
            active_model="account.move.line",
            active_ids=debts.ids,
            allowed_company_ids=company.ids,
        )
        action = Wizard.create(
            {
                "action": "change_account",
                "date": self.days_ago(ago),
                "destination_account_id": target.id,
                "journal_id": self.journal("MISC", company).id,
            }
        ).do_action()
        entry = self.env["account.move"].browse(action["res_id"])
        return entry.line_ids.filtered(lambda line: line.account_id == target)

    def statement(self, debt, amount, ago=0, match=True):
        """:return: a line of the bank statement, matched with the debt if asked"""
        company = debt.company_id
        line = (
            self.env["account.bank.statement.line"]
            .with_company(company)
            .create(
                {
                    "journal_id": self.journal("BNK", company).id,
                    "date": self.days_ago(ago),
                    "payment_ref": "Transfer",
                    "amount": amount,
                    "partner_id": debt.partner_id.id,
                    "counterpart_account_id": debt.account_id.id,
                }
            )
        )
        if match:
            self.match(debt, line.move_id)
        return line

    def pay_and_write_off(self, invoice, amount, ago=0):
        """A payment of an amount; the rest of the invoice is written off."""
        Register = self.env["account.payment.register"].with_context(
            active_model="account.move",
            active_ids=invoice.ids,
            allowed_company_ids=invoice.company_id.ids,
        )
        lost = self.account("390000", invoice.company_id)
        return Register.create(
            {
                "payment_date": self.days_ago(ago),
                "currency_id": invoice.currency_id.id,
                "amount": amount,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": lost.id,
            }
        )._create_payments()

    def pay_in_advance(self, client, amount, ago=0, company=None):
        """:return: a payment that is matched with nothing"""
        company = company or self.company
        payment = (
            self.env["account.payment"]
            .with_company(company)
            .create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": client.id,
                    "amount": amount,
                    "date": self.days_ago(ago),
                    "journal_id": self.journal("BNK", company).id,
                }
            )
        )
        payment.action_post()
        return payment

    def opening(self, client, amount, ago=0, due=None, company=None):
        """:return: the line of a debt that is booked without an invoice; a credit if
        the amount is negative
        """
        receivable = self.account("110000", company)
        entry = self.entry(
            (receivable, client, amount),
            (self.account("280000", company), None, -amount),
            ago=ago,
            company=company,
            due=due is not None and self.days_ago(due),
        )
        return entry.line_ids.filtered(lambda line: line.account_id == receivable)
