"""What was sold to whom, and when it was paid: plain Python, no ORM.

Everything is drawn from a seed of its own per client, so that adding a client to the
table does not change the story of the others.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import basket, rhythm

SEED = "paper by the water"
TERM_DAYS = {"now": 0, "10": 10, "30": 30, "60": 60, "instalments": 60}
# Invoiced by the Swiss company in euro.
EURO_CLIENTS = {"C1086", "C1087", "C1091", "C1093", "C1094"}
INSTALMENT_CLIENTS = {"C1009", "C1015", "C2009"}


@dataclass
class Credit:
    """A credit note on an invoice: all of it, or a share of its lines' amount."""

    date: date
    share: float
    # A goodwill credit stays on the client's account, against no invoice.
    goodwill: bool = False

    @property
    def full(self):
        return self.share == 1.0


@dataclass
class Sale:
    """One invoice and what became of it; ``payments`` are (date, share of the rest)."""

    ref: str
    company: str
    date: date
    terms: str
    currency: str
    lines: list
    credit: Credit | None = None
    payments: list = field(default_factory=list)


def working_day(day, today):
    """The day itself or the next Monday; the Friday before when that is to come."""
    if day.weekday() < 5:
        return day
    monday = day + timedelta(days=7 - day.weekday())
    return monday if monday <= today else day - timedelta(days=day.weekday() - 4)


def sales(clients, today):
    """All invoices of the last three years up to ``today``, in the order of dates.

    :param clients: rows of the clients table
    :return: a list of :class:`Sale`
    """
    result = [
        sale
        for client in clients
        if client["annual"]
        for company in (
            ["ch", "be"] if client["company"] == "both" else [client["company"]]
        )
        for sale in _client_sales(client, company, today)
    ]
    return sorted(result, key=lambda sale: (sale.date, sale.ref))


def _client_sales(client, company, today):
    rng = random.Random(f"{SEED}/{client['ref']}/{company}")
    ref, terms = client["ref"], client["terms"]
    shares = 2 if client["company"] == "both" else 1
    average = float(client["annual"]) / float(client["orders"])
    orders = float(client["orders"]) / shares
    for days_ago, factor in rhythm.orders(client["profile"], orders, rng, today):
        day = working_day(today - timedelta(days=days_ago), today)
        amount = average * factor * rng.uniform(0.75, 1.3)
        sale = Sale(
            ref=ref,
            company=company,
            date=day,
            terms="instalments"
            if ref in INSTALMENT_CLIENTS and amount > average
            else terms,
            currency="EUR" if company == "be" or ref in EURO_CLIENTS else "CHF",
            lines=basket.lines(client, amount, rng),
        )
        sale.credit = _credit(sale, rng, today)
        sale.payments = list(_payments(sale, client["pays"], rng, today))
        yield sale


def _credit(sale, rng, today):
    luck = rng.random()
    if luck > 0.03:
        return None
    day = working_day(sale.date + timedelta(days=rng.randint(2, 12)), today)
    if day > today:
        return None
    if luck < 0.01:
        return Credit(day, 1.0)
    return Credit(day, rng.choice((0.1, 0.15, 0.2, 0.25, 0.5)), goodwill=luck > 0.027)


def _payments(sale, pays, rng, today):
    """When the client pays, as far as that has happened by today."""
    if sale.credit and sale.credit.full:
        return
    due = sale.date + timedelta(days=TERM_DAYS[sale.terms])
    paid = _payment_day(pays, sale.date, due, rng, today)
    in_two_parts = rng.random() < {"ontime": 0.02, "late": 0.1, "slow": 0.2}.get(
        pays, 0
    )
    first_share = rng.choice((0.3, 0.4, 0.5, 0.6))
    second_delay = rng.randint(14, 45)
    if paid is None:
        return
    if sale.credit:
        paid = max(paid, sale.credit.date + timedelta(days=1))
    paid = working_day(paid, today)
    if paid > today:
        return
    if not in_two_parts:
        yield paid, 1.0
        return
    yield paid, first_share
    rest = working_day(paid + timedelta(days=second_delay), today)
    if rest <= today:
        yield rest, 1.0


def _payment_day(pays, invoiced, due, rng, today):
    if pays == "fast":
        return invoiced + timedelta(days=rng.randint(1, 9))
    if pays == "ontime":
        slip = rng.randint(8, 60) if rng.random() < 0.06 else rng.randint(-4, 2)
        return max(invoiced + timedelta(days=1), due + timedelta(days=slip))
    if pays == "late":
        return due + timedelta(days=rng.randint(8, 35))
    if pays == "slow":
        return due + timedelta(days=rng.randint(30, 95))
    # A bad payer pays after the second reminder, and nothing of the last year.
    delay = rng.randint(60, 130)
    return due + timedelta(days=delay) if (today - invoiced).days > 420 else None
