"""Compute the figures and classes of all clients again, in a slow and simple way.

This is plain Python with exact fractions over ORM records. It follows the definitions
in the docstrings of `engine.figures` and `engine.classes`, and uses no code of them.
"""

from collections import defaultdict
from fractions import Fraction
from math import ceil

from dateutil.relativedelta import relativedelta

from .oracle_names import DECISIONS, EMPTY, ZEROS
from .oracle_numbers import exact, rounded
from .oracle_orders import Orders
from .oracle_payments import PaymentOracle


class Oracle(PaymentOracle):
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
        everywhere = self.env["res.company"].search([])
        self.companies = everywhere.filtered(lambda each: company in self._up(each))
        self.no_clients = everywhere.partner_id
        if policy.own_companies:
            self.no_clients = self.no_clients.browse()
        months = relativedelta(months=policy.window_months)
        last = as_of - relativedelta(years=1)
        self.window = as_of - months
        last = min(last, self.window)  # the two windows do not overlap
        self.year_before = (last - months, last)
        self.decisions = {
            client: decided
            for (client, owner), decided in (decisions or {}).items()
            if owner == company.id and any(decided.values())
        }

    def rows(self):
        """:return: `{client id: {name: value}}`, all figures and classes"""
        documents = self._documents()
        meetings = self._meetings()
        open_lines = self._open_lines()
        rows = {}
        for client in {*documents, *meetings, *open_lines, *self.decisions}:
            row = {**dict.fromkeys(ZEROS, Fraction()), **dict.fromkeys(EMPTY)}
            own = documents.get(client, ())
            if own:
                row.update(self._sales(own))
            row.update(self._payments(own, open_lines.get(client, ())))
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

    def _up(self, company):
        """:return: a company and all companies above it"""
        return company | self._up(company.parent_id) if company else company

    def _date(self, move):
        return move.invoice_date or move.date

    def _documents(self):
        """:return: `{client id: documents}`; fills `self.orders`"""
        moves = self.env["account.move"].search(
            [
                ("company_id", "in", self.companies.ids),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_receipt", "out_refund")),
            ]
        )
        moves = moves.filtered(lambda move: self._date(move) <= self.as_of)
        self.orders = Orders(moves)
        return {
            client.id: own
            for client, own in moves.grouped("commercial_partner_id").items()
            if client and client not in self.no_clients
        }

    def _orders(self, own):
        return [move for move in own if move in self.orders.orders]

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
        basket = gap = discount = None
        if recent:
            ordered = sum(map(self.orders.basket, recent))
            basket = ordered / len(recent)
            discounts = sum(map(self.orders.discount, recent))
            gross = ordered + discounts
            discount = 100 * discounts / gross if gross else None
        if len(days) >= 3:
            gap = Fraction((days[-1] - days[0]).days, len(days) - 1)
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
            "average_discount": rounded(discount, 2),
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

    def _meetings(self):
        """:return: `{client id: day of the last meeting}`"""
        days = defaultdict(list)
        events = self.env["calendar.event"].search(
            [
                ("active", "=", True),
                ("user_id.company_id", "in", self.companies.ids),
            ]
        )
        for event in events.filtered(lambda event: event.stop.date() <= self.as_of):
            authors = event.create_uid | event.write_uid
            if not all(self._is_colleague(one, event.user_id) for one in authors):
                continue
            for attendee in event.attendee_ids:
                partner = attendee.partner_id
                if (
                    attendee.state != "declined"
                    and partner.commercial_partner_id not in self.no_clients
                    and partner.partner_share
                    and self._is_colleague(attendee.create_uid, event.user_id)
                ):
                    days[partner.commercial_partner_id.id].append(event.stop.date())
        return {client: max(own) for client, own in days.items()}

    def _is_colleague(self, author, organiser):
        if author in (self.env.ref("base.user_root"), organiser) or not author:
            return True
        return author._is_internal() and organiser.company_id in author.company_ids

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
