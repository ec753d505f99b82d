"""Try other limits before saving them."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .analysis_case import AnalysisCase


@tagged("post_install", "-at_install")
class TestWhatIf(AnalysisCase):
    def preview(self, user=None, **changes):
        pages = self.as_user(self.env["client.what.if"], user or self.accountant)
        return pages.preview(changes)

    def apply(self, user=None, **changes):
        pages = self.as_user(self.env["client.what.if"], user or self.manager)
        return pages.apply(changes)

    def undo(self, change, user=None):
        pages = self.as_user(self.env["client.what.if"], user or self.manager)
        return pages.undo(change)

    def test_another_cut_shows_who_leaves_and_who_enters(self):
        result = self.preview(vip_share=50)
        values = self.classes(result, "revenue_class")
        self.assertEqual(values["vip"]["before"], {"count": 2, "revenue": 800})
        self.assertEqual(values["vip"]["after"], {"count": 1, "revenue": 500})
        leave, enter = values["vip"]["leave"], values["regular"]["enter"]
        for moved in (leave, enter):
            self.assertEqual((moved["count"], moved["revenue"]), (1, 300))
            self.assertEqual(moved["named"], [{"name": "Client 300", "revenue": 300.0}])
            self.assertEqual(self.found(moved["cell"]), self.second)
        self.assertEqual(values["vip"]["enter"]["count"], 0)
        self.assertFalse(self.found(values["vip"]["enter"]["cell"]))
        self.assertEqual(
            result["cuts"],
            {
                "vip": {"count": 1, "revenue": 500, "lowest": 500},
                "regular": {"count": 3, "revenue": 460, "lowest": 60},
                "small": {"count": 1, "revenue": 40, "lowest": 40},
            },
        )
        self.assertEqual(result["changes"], {"vip_share": 50.0})

    def test_the_curve_goes_from_the_best_client_to_all_of_the_revenue(self):
        self.assertEqual(
            self.preview()["curve"], [(1, 50), (2, 80), (3, 90), (4, 96), (5, 100)]
        )

    def test_amounts_payment_and_engagement(self):
        result = self.preview(
            by_amount=True,
            vip_amount=100,
            regular_amount=60.5,
            active_days=39,
            payment_evidence=1,
        )
        cuts = result["cuts"]
        self.assertEqual(
            [cuts[value]["count"] for value in ("vip", "regular", "small")], [3, 0, 2]
        )
        engagement = self.classes(result, "engagement")
        self.assertEqual(self.found(engagement["active"]["leave"]["cell"]), self.second)
        self.assertEqual(engagement["recent"]["after"]["count"], 2)
        payment = self.classes(result, "payment_class")
        self.assertEqual(payment["slow"]["enter"]["count"], 3 + 1 + 1 - 3)

    def test_another_window_makes_other_revenue(self):
        result = self.preview(window_months=1)
        values = self.classes(result, "revenue_class")
        self.assertEqual(sum(line["after"]["revenue"] for line in values.values()), 600)
        self.assertEqual(
            self.found(values["none"]["enter"]["cell"]), self.second | self.third
        )

    def test_a_decision_stays_whatever_the_limits(self):
        for client, name, decided in (
            (self.second, "revenue_class", "vip"),
            (self.new_client("Never ordered"), "engagement", "lost"),
        ):
            client._decide_client_class(name, decided, "Because")
        for changes in ({"vip_share": 50}, {"vip_share": 50, "window_months": 1}):
            result = self.preview(**changes)
            values = self.classes(result, "revenue_class")
            self.assertFalse(self.found(values["vip"]["leave"]["cell"]))
            lost = self.classes(result, "engagement")["lost"]
            self.assertEqual((lost["before"]["count"], lost["after"]["count"]), (1, 1))

    def test_a_preview_writes_nothing(self):
        before = self.table(self.company)
        with self.read_only():
            result = self.preview(vip_share=50, window_months=6, active_days=10)
            for values in map(lambda line: line["values"], result["classes"]):
                for line in values:
                    self.found(line["enter"]["cell"])
                    self.found(line["leave"]["cell"])
        self.assertEqual(self.table(self.company), before)
        self.assertEqual(self.company.client_vip_share, 80)

    def test_applied_the_classes_are_exactly_those_of_the_preview(self):
        for changes in (
            {"vip_share": 50, "regular_share": 90.5},
            {"active_days": 10, "recent_months": 2, "payment_evidence": 1},
            {"by_amount": True, "vip_amount": 99.999, "regular_amount": 50},
            {"window_months": 3, "by_amount": False, "fast_days": 0},
        ):
            with self.subTest(**changes):
                result = self.preview(**changes)
                self.apply(**changes)
                kept = self.preview()
                self.assertEqual(kept["own"], result["policy"])
                self.assertEqual(kept["cuts"], result["cuts"])
                self.assertEqual(kept["curve"], result["curve"])
                for line in result["classes"]:
                    after = self.classes(kept, line["name"])
                    for value in line["values"]:
                        self.assertEqual(
                            after[value["value"]]["before"], value["after"]
                        )
                self.assertFalse(self.Metric.verify(self.company))

    def test_applied_each_client_has_the_class_that_the_preview_gave_it(self):
        result = self.preview(vip_share=50, active_days=39)
        entering = {
            (line["name"], value["value"]): self.found(value["enter"]["cell"])
            for line in result["classes"]
            for value in line["values"]
        }
        self.apply(vip_share=50, active_days=39)
        for (name, value), clients in entering.items():
            for client in clients:
                self.assertEqual(self.table(self.company)[client.id][name], value)
        self.assertEqual(entering["revenue_class", "regular"], self.second)

    def test_the_page_is_told_how_far_each_limit_goes_and_when_it_counts(self):
        limits = {
            limit["name"]: (limit["min"], limit["max"], limit["type"], limit["when"])
            for section in self.preview()["sections"]
            for limit in section["limits"]
        }
        by_share, by_amount = ("by_amount", False), ("by_amount", True)
        expected = {
            "by_amount": (0, 1, "boolean", None),
            "vip_share": (0, 100, "float", by_share),
            "regular_share": (0, 100, "float", by_share),
            "vip_amount": (0, 1e15, "monetary", by_amount),
            "regular_amount": (0, 1e15, "monetary", by_amount),
            # Larger ones make sense, but are no good for a slider.
            "window_months": (1, 36, "integer", None),
            "active_days": (1, 365, "integer", None),
        }
        self.assertLessEqual(expected.items(), limits.items())

    def test_only_managers_keep_limits(self):
        self.assertFalse(self.preview()["can_apply"])
        self.assertTrue(self.preview(self.manager)["can_apply"])
        with self.assertRefused(AccessError, "administrator of the client file"):
            self.apply(self.accountant, vip_share=50)

    def test_limits_that_make_no_sense_are_refused(self):
        for changes, words in (
            ({"vip_share": 96}, "larger, but at most 100 %"),
            ({"regular_share": 120}, "must be between 0 and 100\\."),
            ({"by_amount": True, "vip_amount": 1}, "positive revenue"),
            (
                {"by_amount": True, "vip_amount": 5, "regular_amount": 5},
                "a higher one",
            ),
            ({"window_months": 0}, "must be between 1 and 120\\."),
            ({"recent_months": 10**9}, "must be between"),
            ({"active_days": 3651}, "must be between 1 and 3,650"),
            ({"fast_days": 1.5}, "Give a number"),
            ({"fast_days": True}, "Give a number"),
            ({"vip_share": "80); DROP TABLE"}, "Give a number"),
            ({"vip_share": float("inf")}, "Give a number"),
            ({"vip_share": None}, "Give a number"),
            ({"name": "Other company"}, "Give a number"),
        ):
            with self.subTest(changes), self.assertRefused(ValidationError, words):
                self.preview(**changes)
            with self.subTest(changes), self.assertRefused(ValidationError, words):
                self.apply(**changes)

    def test_the_other_company_is_not_concerned(self):
        user = self.new_user(
            "stranger",
            "account.group_account_invoice,client_segmentation.group_client_manager",
            self.other_company,
        )
        result = self.preview(user)
        self.assertEqual((result["curve"], result["company"]), ([], "Agence Meuse"))
        self.apply(user, vip_share=50)
        self.assertEqual(self.company.client_vip_share, 80)
        self.assertEqual(self.other_company.client_vip_share, 50)
        cell = f"revenue_class:{self.today}:vip"
        self.assertEqual(self.found(cell), self.big | self.second)
        self.assertFalse(self.found(cell, user))
        pages = self.env["client.what.if"].with_user(user)
        with self.assertRaises(AccessError):
            pages.with_context(allowed_company_ids=self.company.ids).preview({})

    def test_clients_that_one_may_not_see_do_not_count(self):
        self.second.company_id = self.other_company
        result = self.preview()
        vip = self.classes(result, "revenue_class")["vip"]
        # Who is VIP depends on everybody; the numbers are those of the others.
        self.assertEqual(vip["before"], {"count": 1, "revenue": 500})
        self.assertNotIn("Client 300", str(self.preview(vip_share=50)["classes"]))

    def test_who_may_not_see_revenue_sees_nothing(self):
        cell = f"revenue_class:{self.today}:vip"
        for user in (self.new_client_user(), self.new_portal_user()):
            for attempt in (
                lambda user=user: self.preview(user),
                lambda user=user: self.apply(user, vip_share=50),
                lambda user=user: self.found(cell, user),
                lambda user=user: self.as_user(self.Partner, user).search(
                    [("client_class_at", "=", cell)]
                ),
            ):
                with self.assertRaises(AccessError):
                    attempt()


@tagged("post_install", "-at_install")
class TestWhatIfOverHttp(AnalysisCase, HttpCase):
    """As the page asks: reads go to a read-only connection."""

    def call(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {}},
        )

    def test_the_pages_read_on_a_read_only_connection(self):
        for model, method in (
            ("client.what.if", "preview"),
            ("client.what.if", "open_clients"),
            ("client.class.history", "compare"),
            ("client.loss.test", "without"),
        ):
            self.assertTrue(getattr(self.env[model], method)._readonly)
        self.assertFalse(hasattr(self.env["client.what.if"].apply, "_readonly"))
        self.authenticate(self.accountant.login, self.accountant.login)
        result = self.call("client.what.if", "preview", {"vip_share": 50})
        self.assertEqual(result["policy"]["vip_share"], 50)
        self.assertEqual(set(result["own"]), {*result["policy"]})
        self.call(
            "client.class.history",
            "compare",
            str(self.days_ago(30)),
            str(self.today),
        )
        self.call("client.loss.test", "without", self.big.ids)
