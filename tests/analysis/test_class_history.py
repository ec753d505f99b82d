"""The classes on a past day: computed later, they are the same as on that day."""

import random
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...engine.analysis.moment import segments
from ..metric.engine_case import EngineCase
from ..metric.oracle_names import COMPUTED, FIGURES
from ..metric.oracle_numbers import exact
from .analysis_case import AnalysisCase

KNOWN = (*FIGURES, *COMPUTED)


@tagged("post_install", "-at_install")
class TestAsOfEqualsHistory(EngineCase):
    """A year of postings, payments, credit notes and meetings, entered on their day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.last_day = cls.today
        cls.chance = random.Random(19)
        cls.clients = cls.Partner.create(
            [{"name": f"Client {number}", "is_company": True} for number in range(5)]
        )

    def live_until(self, day):
        """Let the days go by until `day`; something happens every three weeks."""
        while self.today < day:
            type(self).today = min(self.today + timedelta(days=21), day)
            with freeze_time(self.today):
                self._live()

    def _live(self):
        # PostgreSQL has no statistics of new rows in this transaction, so it would plan
        # Odoo's own queries on payments badly.
        self.env.flush_all()
        self.env.cr.execute(
            "ANALYZE account_move, account_move_line, account_payment,"
            " account_partial_reconcile"
        )
        chance = self.chance
        for client in chance.sample(self.clients.ids, 2):
            self._sell(self.Partner.browse(client))
        if chance.random() < 0.4:
            self.meet(chance.choice(self.clients))
        for open_one in self._open_invoices():
            self._settle(open_one, chance.random())

    def _sell(self, client):
        chance = self.chance
        amount = chance.choice((40, 99.95, 250, 1200, 5000))
        invoice = self.bill(
            client,
            (amount, chance.choice((0, 0, 10))),
            currency_id=chance.choice(self.currencies).id,
            invoice_payment_term_id=chance.choice(
                self.at_once | self.in_30_days | self.instalments
            ).id,
        )
        if chance.random() < 0.2:
            self.reverse(invoice, amount=chance.choice((None, 30)))

    def _settle(self, invoice, lot):
        left = sum(self.open_lines(invoice).mapped("amount_residual"))
        if lot < 0.1:
            self.pay(invoice)
        elif lot < 0.2:
            self.bank_entry(invoice, round(left / 2, 2) or left)
        elif lot < 0.3:
            self.bank_entry(invoice, left)
        elif lot < 0.33:
            note = self.bill(invoice.partner_id, 25, move_type="out_refund")
            (self.open_lines(invoice) | self.open_lines(note)).reconcile()

    def _open_invoices(self):
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            order="id",
        )
        return moves.filtered(self.open_lines)

    def live(self):
        """:return: the classes of today, after the nightly refresh"""
        self.Metric._refresh(self.company)
        return {
            client: {name: row[name] for name in KNOWN}
            for client, row in self.table(self.company).items()
        }

    def as_of(self, day):
        """:return: the classes of another day, computed later"""
        moment = self.Metric._scope(self.company, as_of=day)
        self.env.flush_all()
        self.env.cr.execute(segments(moment, self.today, moment.policy))
        return {
            row["partner_id"]: {
                name: exact(row[name]) if isinstance(row[name], float) else row[name]
                for name in KNOWN
            }
            for row in self.env.cr.dictfetchall()
        }

    def test_the_classes_of_three_days_of_a_year_computed_afterwards(self):
        type(self).today = self.last_day - timedelta(days=480)
        self.bill(self.new_client("Ordered once"), 70)
        history = {}
        for ago in (330, 180, 60):
            self.live_until(self.last_day - timedelta(days=ago))
            history[self.today] = self.live()
        self.live_until(self.last_day)
        self.live()

        for day, lived in history.items():
            with self.subTest(day=day):
                self.assertEqual(self.as_of(day), lived)
        seen = {
            (name, row[name])
            for lived in history.values()
            for row in lived.values()
            for name in COMPUTED
            if name.endswith("_computed")
        }
        # The year was eventful enough to tell something.
        for name, values in (
            ("revenue_class_computed", ("vip", "regular", "small")),
            ("payment_class_computed", ("fast", "standard", "slow")),
            ("engagement_computed", ("active", "recent", "dormant")),
        ):
            for value in values:
                self.assertIn((name, value), seen)


@tagged("post_install", "-at_install")
class TestClassHistory(AnalysisCase):
    """The page: two days, and the clients that changed class."""

    def compare(self, date_from, date_to=None, user=None):
        pages = self.as_user(self.env["client.class.history"], user or self.accountant)
        return pages.compare(str(date_from), str(date_to or self.today))

    def matrix(self, result, name="revenue_class_computed"):
        """:return: the cells of a class, by the class before and after"""
        [found] = [line for line in result["classes"] if line["name"] == name]
        return {
            (row["value"], cell["value"]): cell
            for row in found["rows"]
            for cell in row["cells"]
        }

    def test_who_went_from_class_to_class(self):
        # A year ago the second client was by far the best one.
        self.bill(self.second, 9000, ago=500)
        self.bill(self.big, 100, ago=500)
        day = self.days_ago(365)
        cells = self.matrix(self.compare(day))
        self.assertEqual(cells["vip", "vip"]["count"], 1)
        self.assertEqual(self.found(cells["vip", "vip"]["cell"]), self.second)
        moved = cells["regular", "vip"]
        self.assertEqual((moved["count"], moved["before"], moved["after"]), (0, 0, 0))
        moved = cells["small", "vip"]
        self.assertEqual(
            (moved["count"], moved["before"], moved["after"]), (1, 100, 500)
        )
        self.assertEqual(self.found(moved["cell"]), self.big)
        self.assertEqual(
            self.found(cells["none", "regular"]["cell"]), self.third | self.fourth
        )

    def test_every_number_opens_as_many_clients(self):
        self.bill(self.second, 9000, ago=500)
        result = self.compare(self.days_ago(365), self.days_ago(30))
        for line in result["classes"]:
            cells = [*line["totals"]]
            for row in line["rows"]:
                cells += [*row["cells"], row["total"]]
                self.assertEqual(
                    sum(cell["count"] for cell in row["cells"]), row["total"]["count"]
                )
            for cell in cells:
                found = self.found(cell["cell"])
                self.assertEqual(len(found), cell["count"], cell["cell"])
            self.assertEqual(
                sum(total["count"] for total in line["totals"]), len(self.clients)
            )

    def test_archived_clients_count_and_are_in_the_list(self):
        self.second.active = False
        cells = self.matrix(self.compare(self.days_ago(1)))
        self.assertEqual(cells["vip", "vip"]["count"], 2)
        self.assertIn(self.second, self.found(cells["vip", "vip"]["cell"]))

    def test_today_is_what_the_screens_show(self):
        totals = self.compare(self.days_ago(1))["classes"][0]["totals"]
        shown = self.Partner.formatted_read_group(
            [("id", "in", self.clients.ids)],
            ["client_revenue_class_computed"],
            ["__count"],
        )
        self.assertEqual(
            {line["value"]: line["count"] for line in totals if line["count"]},
            {line["client_revenue_class_computed"]: line["__count"] for line in shown},
        )

    def test_what_is_entered_late_counts_on_its_own_day(self):
        day = self.days_ago(200)
        self.assertFalse(self.found(f"revenue_class_computed:{day}:vip"))
        self.bill(self.tiny, ago=300)
        self.assertEqual(self.found(f"revenue_class_computed:{day}:vip"), self.tiny)

    def test_days_that_make_no_sense_are_refused(self):
        tomorrow = self.days_ago(-1)
        for days, words in (
            ((self.days_ago(30), tomorrow), "is in the future"),
            ((self.today, self.days_ago(30)), "must be before"),
            ((self.today, self.today), "must be before"),
            (("yesterday", self.today), "is not a valid date"),
            (("", self.today), "is not a valid date"),
            (("0001-01-01", self.today), "from 1970 on"),
        ):
            with self.subTest(days), self.assertRefused(ValidationError, words):
                self.compare(*days)

    def test_searches_that_make_no_sense_are_refused(self):
        day = self.days_ago(30)
        search = self.as_user(self.Partner, self.accountant).search
        for cell, words in (
            ("vip", "is not a class on a day"),
            ("revenue:2025-01-01:vip", "is not a class on a day"),
            (f"revenue_class_computed:{day}:fast", "is not a class on a day"),
            (f"revenue_class_computed:{day}:other", "is not a class on a day"),
            (f"revenue_class_computed:{day}:vip' OR 1=1", "is not a class on a day"),
            ("revenue_class_computed:2025-02-30:vip", "is not a class on a day"),
            (f"revenue_class_computed:{self.days_ago(-1)}:vip", "is in the future"),
            (f"revenue_class:{day}:vip", "only known for today"),
            (f"revenue_class_computed:{day}[name=1]:vip", "Give a number"),
            (f"revenue_class_computed:{day}[vip_share=99]:vip", "at most 100 %"),
            (7, "is not a class on a day"),
            (False, "is not a class on a day"),
        ):
            with self.subTest(cell), self.assertRefused(ValidationError, words):
                search([("client_class_at", "=", cell)])

    def test_the_search_combines_with_others(self):
        cell = f"revenue_class_computed:{self.days_ago(1)}:vip"
        mine = [("id", "in", self.clients.ids)]
        search = self.as_user(self.Partner, self.accountant).search
        others = search([*mine, ("client_class_at", "!=", cell)])
        self.assertEqual(others, self.clients - self.big - self.second)

    def test_reads_only(self):
        with self.read_only():
            result = self.compare(self.days_ago(365), self.days_ago(30))
            for cell in self.matrix(result).values():
                self.found(cell["cell"])

    def test_clients_that_one_may_not_see_do_not_count(self):
        self.second.company_id = self.other_company
        vip = self.matrix(self.compare(self.days_ago(1)))["vip", "vip"]
        self.assertEqual((vip["count"], vip["after"]), (1, 500))
        self.assertEqual(self.found(vip["cell"]), self.big)

    def test_nobody_sees_the_classes_of_another_company(self):
        stranger = self.new_user(
            "stranger", "account.group_account_invoice", self.other_company
        )
        result = self.compare(self.days_ago(30), user=stranger)
        for line in result["classes"]:
            self.assertFalse(any(total["count"] for total in line["totals"]))

    def test_who_may_not_see_revenue_sees_nothing(self):
        for user in (self.new_client_user(), self.new_portal_user()):
            with self.assertRaises(AccessError):
                self.compare(self.days_ago(30), user=user)
