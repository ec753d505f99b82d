"""Compute the figures and classes of all clients again, in a slow and simple way.

This is plain Python with exact fractions over ORM records. It follows the definitions
in the docstrings of `engine.figures` and `engine.classes`, and uses no code of them.
"""

from collections import defaultdict
from fractions import Fraction
from math import ceil

from dateutil.relativedelta import relativedelta

from odoo.fields import Datetime

from .oracle_names import DECISIONS, EMPTY, ZEROS
from .oracle_numbers import exact, rounded, weighted


class Oracle:
    """The clients of one company on one day.

    :param company: `res.company`
    :param date as_of: the day
    :param Policy policy: the limits
    :param dict decisions: `{(client id, company id): {class name: decided value}}`
    """

    def __init__(self, company, as_of, policy, decisions=None):
        env = company.sudo().with_context(active_test=False).env
        self.env = env(context={**env.context, "allowed_company_ids": company.ids})
        self.company, self.as_of, self.policy = company, as_of, policy
        months = relativedelta(months=policy.window_months)
        last = as_of - relativedelta(years=1)
        self.window, self.year_before = as_of - months, (last - months, last)
        self.decisions = {
            client: decided
            for (client, owner), decided in (decisions or {}).items()
            if owner == company.id and any(decided.values())
        }

    def rows(self):
        """:return: `{client id: {name: value}}`, all figures and classes"""
        documents = self._documents()
        meetings = self._meetings()
        rows = {}
        for client in {*documents, *meetings, *self.decisions}:
            row = {**dict.fromkeys(ZEROS, Fraction()), **dict.fromkeys(EMPTY)}
            if client in documents:
                own = documents[client]
                row.update(self._sales(own), **self._payments(own))
            row["last_meeting_date"] = meetings.get(client)
            rows[client] = row
        self._rank(rows)
        for client, row in rows.items():
            row["payment_class_computed"] = self._payment_class(row)
            row["engagement_computed"] = self._engagement(row)
            for name in DECISIONS:
                decided = self.decisions.get(client, {}).get(name)
                row[f"{name}_decided"] = decided or None
                row[name] = decided or row[f"{name}_computed"]
        return rows

    # What counts

    def _date(self, move):
        return move.invoice_date or move.date

    def _documents(self):
        """:return: `{client id: documents}`; fills `self.reversed`"""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_receipt", "out_refund")),
            ]
        )
        moves = moves.filtered(lambda move: self._date(move) <= self.as_of)
        credit_notes = moves.filtered(lambda move: move.move_type == "out_refund")
        taken_back = credit_notes.grouped("reversed_entry_id")
        self.credit_notes = credit_notes
        self.reversed = {
            invoice
            for invoice in moves - credit_notes
            if invoice in taken_back and self._all_back(invoice, taken_back[invoice])
        }
        return {
            client.id: own
            for client, own in moves.grouped("commercial_partner_id").items()
            if client
        }

    def _all_back(self, invoice, credit_notes):
        if credit_notes.currency_id == invoice.currency_id:
            amount, back = invoice.amount_total, credit_notes.mapped("amount_total")
        else:
            amount = invoice.amount_total_signed
            back = [-note.amount_total_signed for note in credit_notes]
        return sum(map(exact, back)) >= exact(amount)

    def _orders(self, own):
        return [
            move
            for move in own
            if move not in self.credit_notes and move not in self.reversed
        ]

    # The figures

    def _revenue(self, own, start, end):
        return sum(
            (
                exact(move.amount_untaxed_signed)
                for move in own
                if (start is None or self._date(move) > start)
                and self._date(move) <= end
            ),
            Fraction(),
        )

    def _sales(self, own):
        orders = self._orders(own)
        recent = [move for move in orders if self._date(move) > self.window]
        days = sorted({self._date(move) for move in orders})
        revenue = self._revenue(own, self.window, self.as_of)
        previous = self._revenue(own, *self.year_before)
        growth = 100 * (revenue - previous) / previous if previous > 0 else None
        basket = gap = None
        if recent:
            ordered = sum(exact(move.amount_untaxed_signed) for move in recent)
            basket = ordered / len(recent)
        if len(days) >= 3:
            gap = Fraction((days[-1] - days[0]).days, len(days) - 1)
        lines = [
            (
                exact(line.quantity)
                * exact(line.price_unit)
                / (exact(move.invoice_currency_rate) or 1),
                exact(line.discount),
            )
            for move in recent
            for line in move.line_ids
            if line.display_type == "product" and line.quantity * line.price_unit > 0
        ]
        return {
            "revenue": revenue,
            "revenue_previous": previous,
            "revenue_growth": rounded(growth, 2),
            "revenue_total": self._revenue(own, None, self.as_of),
            "invoice_count": len(recent),
            "average_basket": rounded(basket, self.company.currency_id.decimal_places),
            "order_count": len(orders),
            "first_invoice_date": days[0] if days else None,
            "last_invoice_date": days[-1] if days else None,
            "order_gap_days": rounded(gap, 2),
            "in_pause": self._in_pause(days, rounded(gap, 2)) or None,
            "average_discount": rounded(weighted(lines), 2),
        }

    def _in_pause(self, days, gap):
        """Silent for one and a half gaps, as in the same weeks of the year before."""
        if gap is None or (self.as_of - days[-1]).days <= gap * Fraction(3, 2):
            return False
        back = self.as_of - relativedelta(years=1)
        end = back + relativedelta(days=15)
        start = end - relativedelta(days=ceil(gap * Fraction(3, 2)))
        quiet = not any(start < day <= end for day in days)
        return days[-1] > back and days[0] <= start and quiet

    def _payments(self, own):
        to_pay, late, due_dates, overdue = [], [], set(), Fraction()

        def paid(line, amount, day):
            due_dates.add(line)
            to_pay.append((amount, max((day - self._date(line.move_id)).days, 0)))
            late.append((amount, max((day - self._due(line)).days, 0)))

        for move in self._orders(own):
            for line in move.line_ids:
                if line.display_type != "payment_term" or line.balance <= 0:
                    continue
                left = exact(line.balance)
                for settled in line.matched_credit_ids:
                    if settled.max_date > self.as_of:
                        continue
                    left -= exact(settled.amount)
                    day = settled.credit_move_id.date
                    if self._is_payment(settled) and day > self.window:
                        paid(line, exact(settled.amount), day)
                if left > 0 and self._due(line) < self.as_of:
                    overdue += left
                    paid(line, left, self.as_of)
        return {
            "days_to_pay": rounded(weighted(to_pay), 2),
            "days_late": rounded(weighted(late), 2),
            "payment_count": len(due_dates),
            "overdue": overdue,
        }

    def _due(self, line):
        return line.date_maturity or self._date(line.move_id)

    def _is_payment(self, settled):
        move = settled.credit_move_id.move_id
        if move.move_type == "out_refund":
            return False
        differences = self.env["account.partial.reconcile"].search(
            [("exchange_move_id", "=", move.id)], limit=1
        )
        return not differences and settled.amount > 0

    def _meetings(self):
        """:return: `{client id: day of the last meeting}`"""
        days = defaultdict(list)
        events = self.env["calendar.event"].search(
            [("active", "=", True), ("user_id.company_id", "=", self.company.id)]
        )
        now = Datetime.now()
        for event in events.filtered(
            lambda event: event.stop.date() <= self.as_of and event.stop <= now
        ):
            authors = event.create_uid | event.write_uid
            if not all(self._is_colleague(one, event.user_id) for one in authors):
                continue
            for attendee in event.attendee_ids:
                partner = attendee.partner_id
                if (
                    attendee.state != "declined"
                    and partner.partner_share
                    and self._is_colleague(attendee.create_uid, event.user_id)
                ):
                    days[partner.commercial_partner_id.id].append(event.stop.date())
        return {client: max(own) for client, own in days.items()}

    def _is_colleague(self, author, organiser):
        if author in (self.env.ref("base.user_root"), organiser) or not author:
            return True
        return author._is_internal() and self.company in author.company_ids

    # The classes

    def _rank(self, rows):
        revenues = [row["revenue"] for row in rows.values() if row["revenue"] > 0]
        total = sum(revenues)
        for row in rows.values():
            own = row["revenue"]
            share = cumulative = rank = revenue_class = None
            if own > 0:
                better = [revenue for revenue in revenues if revenue > own]
                as_good = [revenue for revenue in revenues if revenue >= own]
                share = rounded(100 * own / total, 4)
                cumulative = rounded(100 * sum(as_good) / total, 4)
                rank = len(better) + 1
                revenue_class = self._revenue_class(own, 100 * sum(better) / total)
            row["revenue_share"] = share
            row["revenue_cumulative"] = cumulative
            row["revenue_rank"] = rank
            row["revenue_class_computed"] = revenue_class

    def _revenue_class(self, revenue, share_before):
        policy = self.policy
        if policy.by_amount:
            is_vip = revenue >= exact(policy.vip_amount)
            is_regular = revenue >= exact(policy.regular_amount)
        else:
            is_vip = share_before < exact(policy.vip_share)
            is_regular = share_before < exact(policy.regular_share)
        return "vip" if is_vip else "regular" if is_regular else "small"

    def _payment_class(self, row):
        if row["payment_count"] < self.policy.payment_evidence:
            return None
        if row["days_to_pay"] <= self.policy.fast_days:
            return "fast"
        return "standard" if row["days_late"] <= self.policy.standard_days else "slow"

    def _engagement(self, row):
        dates = [row["last_invoice_date"], row["last_meeting_date"]]
        dates = [date for date in dates if date]
        if not dates:
            return None
        if (self.as_of - max(dates)).days <= self.policy.active_days:
            return "active"
        since = self.as_of - relativedelta(months=self.policy.recent_months)
        return "recent" if max(dates) >= since else "dormant"
