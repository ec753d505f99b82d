"""After any events, in any order, all figures are equal to those of the oracle.

`CLIENT_SEGMENTATION_SEQUENCES` is the number of random sequences of steps, 200 by
default. With a higher number, the sequences differ in each run.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .engine_life import Life
from .money_case import MoneyCase
from .oracle import Oracle

USUAL = 200
SEQUENCES = int(os.environ.get("CLIENT_SEGMENTATION_SEQUENCES", USUAL))

which = st.integers(0, 30)
who = st.integers(0, 5)
company = st.integers(0, 2)
# Around the borders of the windows, of the due dates and of today.
ago = st.one_of(
    st.sampled_from((0, 1, -3, 5, 10, 29, 30, 31, 40, 41, 90, 91)),
    st.sampled_from((364, 365, 366, 367, 729, 730, 731, 732, -40)),
    st.integers(0, 800),
)
recent = st.one_of(st.sampled_from((0, 1, -3, 5, 12, 35, 61)), st.integers(0, 400))
price = st.sampled_from((10, 33.33, 100, 100, 250.5, 999.99, 4000))
rate = st.sampled_from((5, 12.5, 33.33, 99, 100))
line = st.one_of(price, st.tuples(price, rate), st.just(0), st.just(20))
currency = st.integers(0, 1)
percent = st.sampled_from((100, 100, 100, 50, 33))

INVOICE = st.tuples(
    st.just("invoice"),
    who,
    company,
    st.sampled_from(("out_invoice",) * 5 + ("out_receipt", "out_refund")),
    st.lists(line, min_size=1, max_size=3),
    st.sampled_from((0, 0, 5, 20)),  # often the whole amount of another invoice
    currency,
    st.integers(0, 2),
    ago,
)
PAY = st.tuples(st.just("pay"), which, percent, st.one_of(st.none(), currency), recent)
REVERSE = st.tuples(
    st.just("reverse"),
    which,
    st.one_of(st.none(), st.none(), price),
    st.one_of(st.none(), st.none(), st.none(), who),
    recent,
)
SALE = st.tuples(
    st.just("sale"),
    who,
    company,
    st.lists(line, min_size=1, max_size=2),
    st.sampled_from((0, 27, 30, 50, 100)),
    st.booleans(),
    ago,
)
SETTLE = st.tuples(
    st.just("settle"),
    which,
    st.sampled_from(("loss", "supplier", "discount")),
    percent,
    recent,
)
OPENING = st.tuples(
    st.just("opening"),
    who,
    company,
    st.sampled_from((300, 70.5, -45)),
    ago,
    st.one_of(st.none(), recent),
)
STEPS = st.one_of(
    INVOICE,
    INVOICE,
    SALE,
    SALE,
    st.tuples(st.just("debit"), which, price),
    PAY,
    st.tuples(st.just("pay_at_bank"), which, percent, recent),
    REVERSE,
    st.tuples(st.just("write_off"), which, st.sampled_from((98, 70, 33)), recent),
    SETTLE,
    OPENING,
    st.tuples(st.just("transfer"), which, st.integers(0, 2), recent),
    st.tuples(st.just("statement"), which, percent, recent, st.booleans()),
    st.tuples(st.just("pay_in_advance"), who, company, price, recent),
    st.tuples(st.just("match"), which),
    st.tuples(st.just("no_followup"), which, st.booleans()),
    st.tuples(st.just("back_to_draft"), which),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("post"), which),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("correct"), which, who, ago, price),
    st.tuples(st.just("extend"), which, st.integers(-60, 60)),
    st.tuples(st.just("settle_by_credit_note"), which),
    st.tuples(st.just("settle_by_credit_note"), which),
    st.tuples(st.just("unreconcile"), which),
    st.tuples(st.just("move_payment"), which, recent),
    st.tuples(st.just("cancel_payment"), which),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("reparent"), who, who),
    st.tuples(st.just("own_company"), who),
    st.tuples(st.just("decide"), who, company, st.integers(0, 2), st.integers(0, 3)),
    st.tuples(st.just("meet"), who, company, recent),
    st.tuples(st.just("decline"), which),
    st.tuples(st.just("invite"), which, who),
    st.tuples(st.just("drop_meeting"), which, st.booleans()),
    st.tuples(st.just("drain")),
)
POLICIES = st.sampled_from(
    (
        {},
        {"client_window_months": 6, "client_vip_share": 33.3},
        {
            "client_by_amount": True,
            "client_vip_amount": 1000,
            "client_regular_amount": 90.5,
        },
        {"client_payment_evidence": 1, "client_recent_months": 3},
        {"client_window_months": 18},
        {"client_own_companies": True},
    )
)


@tagged("post_install", "-at_install")
class TestEngineProperty(MoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        branch = cls.open_branch(cls.company, "Lausanne")
        cls.companies = cls.company | cls.other_company | branch
        branch_seller = cls.new_user("branch_seller", "base.group_user", branch)
        cls.users = cls.seller | cls.other_seller | branch_seller
        # Its partner changes, see `Life.own_company`.
        cls.spare = cls.env["res.company"].create({"name": "Spare"})
        weber, meyer = cls.new_client(), cls.new_client("Meyer Metallbau")
        cls.taxes = {
            company: cls._included_tax(company) for company in cls.companies[:2]
        }
        cls.taxes[branch] = cls.taxes[cls.company]
        cls.people = (
            weber
            | meyer
            | cls.new_client("Boulangerie Rochat")
            | cls.new_client("Paul Favre", is_company=False)
            | cls.new_contact(weber)
            | cls.new_contact(meyer, "Beat Meyer")
        )
        cls._begin()

    @classmethod
    def _included_tax(cls, company):
        country = {"company_id": company.id, "country_id": cls.env.ref("base.ch").id}
        group = cls.env["account.tax.group"].create({"name": "8.1 %", **country})
        return cls.env["account.tax"].create(
            {
                "name": f"8.1 % included, {company.name}",
                "amount": 8.1,
                "price_include_override": "tax_included",
                "tax_group_id": group.id,
                **country,
            }
        )

    @classmethod
    def _begin(cls):
        """Some documents that all sequences use, created once to save time."""
        case = cls()
        weber, meyer, rochat, favre, anna, beat = cls.people
        other = {"company": cls.other_company}
        in_30_days = {"invoice_payment_term_id": cls.in_30_days.id}
        case.bill(weber, 100, (50, 10), ago=400)
        case.pay(case.bill(anna, 250, ago=70, **in_30_days), ago=20)
        case.bill(
            meyer, 800, ago=100, invoice_payment_term_id=cls.instalments.id, **other
        )
        case.reverse(case.bill(rochat, 500, ago=45, currency_id=cls.euro.id), ago=10)
        case.pay(case.bill(favre, 60, ago=30, currency_id=cls.franc.id, **other), 20)
        case.bill(beat, 100, ago=200)
        case.pay(case.bill(weber, 70, ago=50, company=cls.companies[2]), ago=20)
        case.bill(cls.other_company.partner_id, 900, ago=15)
        case.draft(rochat)
        case.meet(anna, 15)
        for company in cls.companies:
            cls.Metric._refresh(company)
        cls.Queue._drain()

    @settings(
        max_examples=SEQUENCES,
        deadline=None,
        database=None,
        derandomize=SEQUENCES == USUAL,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        steps=st.lists(STEPS, min_size=4, max_size=8),
        policy=POLICIES,
        earlier=st.sampled_from((3, 30, 366, 500)),
    )
    def test_after_any_sequence_the_table_says_what_the_oracle_says(
        self, steps, policy, earlier
    ):
        with self.cr.savepoint(flush=False) as savepoint:
            try:
                self._live(steps, policy, earlier)
            finally:
                self.env.transaction.clear()
                savepoint.rollback()
                self.env.cr.precommit.clear()
                self.env.registry.clear_all_caches()

    def _live(self, steps, policy, earlier):
        for company in self.companies if policy else ():
            company.write(policy)
            self.Metric._refresh(company)
        life = Life(self)
        for step in steps:
            life.step(*step)
        self.Queue._drain()
        for company in self.companies:
            self._compare(company, self.today, life.decisions)
        everywhere = self.Metric.with_context(allowed_company_ids=self.companies.ids)
        self.assertFalse(everywhere.verify())
        for company in self.companies:
            self.assertEqual(self.Metric._refresh(company)["written"], 0)
            day = self.days_ago(earlier)
            self.Metric._refresh(company, as_of=day)
            self._compare(company, day, life.decisions)

    def _compare(self, company, as_of, decisions):
        expected = Oracle(company, as_of, company._client_policy(), decisions).rows()
        actual = self.table(company)
        wrong = [
            f"{company.name}, client {client}, {name}: "
            f"{_shown(there.get(name))}, should be {_shown(value)}"
            for client, row in expected.items()
            for name, value in row.items()
            if (there := actual.get(client, {})).get(name, "missing") != value
        ]
        wrong += [f"{company.name}, client {c}: row" for c in actual.keys() - expected]
        self.assertFalse(wrong, "\n".join(wrong))


def _shown(value):
    return float(value) if hasattr(value, "denominator") else value
