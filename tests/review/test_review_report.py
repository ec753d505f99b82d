from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .review_case import ReviewCase

REPORT = "client_segmentation.report_client_review"


@tagged("post_install", "-at_install")
class TestReviewReport(ReviewCase):
    """What remains of a review: compared with the one before, as far as one may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.street = "Rue du Lac 7"
        cls.known = cls.new_full_client("Weber Holzbau", email=False)
        cls.other = cls.new_full_client("Roth Druck", email=False)
        cls.bill(cls.known, 4321, ago=20)
        cls.bill(cls.other, 10, ago=500)
        cls.Metric._refresh(cls.company)

    def html(self, review, user=None, lang="en_US"):
        review = self.as_user(review, user or self.manager).with_context(lang=lang)
        report = review.env["ir.actions.report"]
        content, kind = report._render_qweb_html(REPORT, review.ids)
        self.assertEqual(kind, "html")
        return content.decode()

    def content(self, review, user=None):
        report = self.env[f"report.{REPORT}"]
        review = self.as_user(review, user or self.manager)
        return review.env[report._name]._content(review)

    def close_on(self, review, day):
        review.action_close()
        review.sudo().write({"date_close": day})
        self.env.flush_all()

    def test_lists_notes_and_conclusions_with_the_company_s_header(self):
        review = self.open_review(1)
        review.note = "Ask for e-mail addresses at the fair"
        review.see_client(self.known.id, "Wants an offer")
        review.action_close()
        html = self.html(review)
        for text in (
            "Review Q1 2026",
            "No E-mail",
            "Wants an offer",
            "Weber Holzbau",
            "Ask for e-mail addresses at the fair",
            "Bureau Lavaux",
            "Rue du Lac 7",
        ):
            self.assertIn(text, html)

    def test_a_list_is_compared_with_the_last_time(self):
        first = self.open_review(1)
        first.see_client(self.known.id)
        first.action_close()
        self.open_review(2).action_close()
        third = self.open_review(3)
        rows = {row["list"].key: row["last"] for row in self.content(third)["rows"]}
        self.assertEqual(rows["no_email"], self.list_of(first, "no_email"))
        self.assertFalse(rows["no_language"])
        before = self.content(third)["before"]
        self.assertEqual(before.quarter, "2")
        self.assertIn("Q1 2026", self.html(third))

    def test_classes_and_revenue_since_the_last_review(self):
        first = self.open_review(1)
        self.close_on(first, self.days_ago(30))
        classes = self.content(self.open_review(2))["classes"]
        self.assertEqual(classes["since"], self.days_ago(30))
        self.assertEqual((classes["before"], classes["after"]), (0, 4321))
        [revenue] = [
            one for one in classes["classes"] if one["label"] == "Revenue Class"
        ]
        vip = next(one for one in revenue["values"] if one["label"] == "VIP")
        self.assertEqual((vip["before"], vip["after"]), (0, 1))
        self.assertIn({"from": "No class", "to": "VIP", "count": 1}, revenue["moves"])

    def test_the_quality_of_the_data_then_and_now(self):
        first = self.open_review(1)
        lacking = first.sudo().quality_open["no_email"]
        self.other.email = "roth@client.example"
        first.action_close()
        self.known.email = "weber@client.example"
        second = self.open_review(3)
        row = next(
            one for one in self.content(second)["quality"] if one["name"] == "No E-mail"
        )
        self.assertEqual(
            (row["last"], row["opening"], row["now"]),
            (lacking - 1, lacking - 2, lacking - 2),
        )

    def test_no_money_without_the_right(self):
        review = self.open_review(2)
        review.note = "Good"
        self.assertIn("4,321.00", self.html(review))
        user = self.new_client_user()
        html = self.html(review, user)
        self.assertIn("Good", html)
        for text in ("4,321", "VIP", "CHF", "Ten Best", "Revenue"):
            self.assertNotIn(text, html)

    def test_hidden_clients_are_in_no_number(self):
        review = self.open_review(1)
        review.see_client(self.other.id, "Secret note")
        self.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', '!=', 'Roth Druck')]",
            }
        )
        self.env.invalidate_all()
        html = self.html(review)
        self.assertNotIn("Roth", html)
        self.assertNotIn("Secret note", html)
        content = self.content(review)
        self.assertFalse(content["quality"], "these are numbers of all clients")
        classes = content["classes"]["classes"][0]
        self.assertEqual(sum(value["after"] for value in classes["values"]), 1)

    def test_in_the_language_of_the_user(self):
        self.speak("fr_FR")
        pages = self.as_user(self.env["client.analysis"], self.manager)
        french = pages.with_context(lang="fr_FR")._labels("revenue_class")[-1][1]
        self.assertNotEqual(french, "No class")
        html = self.html(self.open_review(1), lang="fr_FR")
        self.assertIn(french, html)
        self.assertNotIn("No class", html)

    def test_a_pdf_or_a_page_whether_the_server_can_make_pdf_files_or_not(self):
        review = self.open_review(1)
        own = self.as_user(review, self.manager)
        reports = own.env["ir.actions.report"]
        can_print = reports.get_wkhtmltopdf_state() in ("ok", "upgrade")
        forced = reports.with_context(force_report_rendering=True)
        if can_print:
            content, kind = forced._render_qweb_pdf(REPORT, own.ids)
            self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
        else:
            with self.assertRaises(UserError):
                forced._render_qweb_pdf(REPORT, own.ids)
        self.assertEqual(own.action_print()["report_type"], "qweb-pdf")
        self.assertEqual(own.action_show_report()["report_type"], "qweb-html")

    def test_a_sister_company_prints_nothing(self):
        review = self.open_review(1)
        reader = self.new_manager("sister", companies=self.other_company)
        with self.assertRaises(Exception) as refused:
            self.html(review, reader)
        self.assertNotIn("No E-mail", str(refused.exception))

    def test_the_first_review_of_a_company_has_nothing_to_compare_with(self):
        review = self.open_review(1, year=2025)
        content = self.content(review)
        self.assertFalse(content["before"])
        self.assertEqual(content["classes"]["since"], date(2025, 1, 1))
        self.assertIn("Work Lists", self.html(review))
