"""The part of the oracle about money: what is paid, overdue, and open credit."""

from collections import defaultdict
from fractions import Fraction
from operator import itemgetter

from .oracle_numbers import exact, rounded, weighted


class PaymentOracle:
    """It uses `env`, `company`, `as_of`, `window` and `_date` of the oracle."""

    def _payments(self, own, open_lines):
        """:return: the payment figures of a client

        :param own: its documents
        :param open_lines: its open lines, see `_open_lines`
        """
        to_pay, late, lines = [], [], set()
        for move in own:
            if move.move_type == "out_refund":
                continue
            for line in move.line_ids:
                if line.display_type != "payment_term" or line.balance <= 0:
                    continue
                for settled in line.matched_credit_ids:
                    day = settled.credit_move_id.date
                    amount = exact(settled.amount) * self._share(settled.credit_move_id)
                    if settled.max_date > self.as_of or day <= self.window:
                        continue
                    if amount <= 0:
                        continue
                    lines.add(line)
                    to_pay.append((amount, max((day - self._date(move)).days, 0)))
                    late.append((amount, max((day - self._due(line)).days, 0)))
        credit = -sum((one["amount"] for one in open_lines if one["amount"] < 0), 0)
        overdue, covered = Fraction(), credit
        for debt in sorted(open_lines, key=itemgetter("due", "date", "id")):
            if debt["amount"] < 0 or debt["due"] >= self.as_of:
                continue
            by_credit = min(covered, debt["amount"])
            covered -= by_credit
            left = debt["amount"] - by_credit
            if left:
                overdue += left
                lines.add(debt["line"])
                to_pay.append((left, max((self.as_of - debt["date"]).days, 0)))
                late.append((left, (self.as_of - debt["due"]).days))
        return {
            "days_to_pay": rounded(weighted(to_pay), 2),
            "days_late": rounded(weighted(late), 2),
            "payment_count": len(lines),
            "overdue": overdue,
            "open_credit": Fraction(credit),
        }

    def _due(self, line):
        return line.date_maturity or self._date(line.move_id)

    # What is paid

    def _share(self, line):
        """:return: the share of money of the entry of a line that settles"""
        if line.move_id.move_type == "out_refund":
            return Fraction()
        money, credited = Fraction(), Fraction()
        for other in line.move_id.line_ids:
            if self._is_money(other):
                money += exact(other.balance)
            elif other.account_type == "asset_receivable" and other.balance < 0:
                credited -= exact(other.balance)
        if money <= 0 or not credited:
            return Fraction()
        return min(rounded(money / credited, 6), Fraction(1))

    def _is_money(self, line):
        account = line.account_id
        if account.account_type == "asset_cash":
            return True
        if account == line.payment_id.outstanding_account_id:
            return bool(account)
        return account in self._money_accounts()

    def _money_accounts(self):
        if not hasattr(self, "_accounts_of_money"):
            env = self.env(context={**self.env.context, "allowed_company_ids": []})
            journals = env["account.journal"].search(
                [("type", "in", ("bank", "cash", "credit"))]
            )
            companies = env["res.company"].search([])
            self._accounts_of_money = (
                journals.default_account_id
                | journals.suspense_account_id
                | env["account.payment.method.line"].search([]).payment_account_id
                | companies.account_journal_suspense_account_id
                | companies.transfer_account_id
                | companies.account_default_pos_receivable_account_id
            )
        return self._accounts_of_money

    # What is open

    def _open_lines(self):
        """:return: `{client id: open lines}`, each a dict with the line (of a
        transferred debt: the line that it replaces), its id, date, due date and amount
        """
        found = defaultdict(list)
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "in", self.companies.ids),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
                ("partner_id", "!=", False),
            ]
        )
        for line in lines:
            amount = self._amount_left(line)
            if not amount or self._date(line.move_id) > self.as_of:
                continue
            own = found[line.partner_id.commercial_partner_id.id]
            if self._is_out(line):
                continue
            replaced = self._replaced(line) if amount > 0 else []
            for part in replaced:
                old, left = part.debit_move_id, min(exact(part.amount), amount)
                if part == replaced[-1]:
                    left = amount
                amount -= left
                if left and not self._is_out(old):
                    own.append(self._piece(old, left))
            if not replaced:
                own.append(self._piece(line, amount))
        return {
            client: own
            for client, own in found.items()
            if own and client not in self.no_clients.ids
        }

    def _piece(self, line, amount):
        return {
            "line": line,
            "id": line.id,
            "date": self._date(line.move_id),
            "due": self._due(line),
            "amount": amount,
        }

    def _amount_left(self, line):
        left = exact(line.balance)
        for settled in line.matched_credit_ids:
            left -= exact(settled.amount) if settled.max_date <= self.as_of else 0
        for settled in line.matched_debit_ids:
            left += exact(settled.amount) if settled.max_date <= self.as_of else 0
        return left

    def _replaced(self, line):
        """:return: the reconciliations of the lines that a transfer replaces by this
        one, the last due date first
        """
        if line.move_id.move_type != "entry" or line.date_maturity:
            return []
        others = line.move_id.line_ids.filtered(
            lambda other: (
                other.balance < 0
                and other.account_type == "asset_receivable"
                and other.account_id != line.account_id
                and other.currency_id == line.currency_id
                and other.partner_id.commercial_partner_id
                == line.partner_id.commercial_partner_id
            )
        )
        return list(
            others.matched_debit_ids.sorted(
                lambda part: (
                    self._due(part.debit_move_id),
                    part.debit_move_id.id,
                    part.id,
                ),
                reverse=True,
            )
        )

    @staticmethod
    def _is_out(line):
        return line.no_followup and line.journal_id.type != "general"
