from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.common import ClientCase

SECRET = [("client_revenue", ">", 1000)]


@tagged("post_install", "-at_install")
class TestMailingDomain(ClientCase):
    """Odoo sends a mailing with all rights: its writer may read what it filters by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "mass_mailing.group_mass_mailing_user,base.group_partner_manager"
        cls.writer = cls.new_user("mailing_writer", groups)
        cls.insider = cls.new_user(
            "mailing_insider", f"{groups},client_segmentation.group_client_revenue"
        )
        cls.values = {
            "subject": "New wines",
            "mailing_model_id": cls.env["ir.model"]._get_id("res.partner"),
        }

    def mailing(self, domain, user, **values):
        mailings = self.as_user(self.env["mailing.mailing"], user)
        return mailings.create(
            {**self.values, "mailing_domain": repr(domain), **values}
        )

    def test_by_a_field_that_one_may_not_read(self):
        for domain in (
            SECRET,
            ["|", ("name", "ilike", "a"), "!", *SECRET],
            [("parent_id.client_revenue", ">", 1000)],
            [("parent_id", "any", SECRET)],
            [("child_ids", "not any", ["&", ("name", "!=", False), *SECRET])],
            [("client_revenue_class", "=", "vip")],
            [("commercial_partner_id.client_overdue", ">", 0)],
        ):
            with self.subTest(domain), self.assertRaises(AccessError):
                self.mailing(domain, self.writer)
            with self.subTest(domain):
                self.assertTrue(self.mailing(domain, self.insider))

    def test_by_rows_whose_rules_hold_for_people_only(self):
        """Those of other companies are among them."""
        for domain in (
            [("client_change_ids", "any", [("new_name", "ilike", "unpaid")])],
            [("client_change_ids.new_value", "=", "vip")],
            [("parent_id.client_change_ids", "!=", False)],
        ):
            for user in (self.writer, self.insider):
                with self.subTest(domain), self.assertRaises(AccessError):
                    self.mailing(domain, user)

    def test_of_another_model(self):
        values = {"mailing_model_id": self.env["ir.model"]._get_id("mailing.list")}
        with self.assertRaisesRegex(AccessError, "You may not filter by “Revenue"):
            mailing = self.mailing([], self.writer, **values)
            mailing.write(
                {
                    "mailing_model_id": self.values["mailing_model_id"],
                    "mailing_domain": repr(SECRET),
                }
            )

    def test_by_a_saved_filter_of_somebody_else(self):
        saved = self.as_user(self.env["mailing.filter"], self.insider).create(
            {
                "name": "Best clients",
                "mailing_model_id": self.values["mailing_model_id"],
                "mailing_domain": repr(SECRET),
            }
        )
        mailings = self.as_user(self.env["mailing.mailing"], self.writer)
        with self.assertRaises(AccessError):
            mailings.create({**self.values, "mailing_filter_id": saved.id})

    def test_by_what_one_may_read(self):
        mailing = self.mailing([("client_type_id.name", "=", "Client")], self.writer)
        mailing.mailing_domain = "[('client_rating', '=', '5')]"
        self.assertIn("client_rating", mailing.mailing_domain)

    def test_what_somebody_else_filters_by_stays(self):
        """The subject can be changed by whoever writes mailings."""
        mailing = self.mailing(SECRET, self.insider)
        own = self.as_user(mailing, self.writer)
        own.subject = "Old wines"
        self.assertEqual(mailing.subject, "Old wines")
        with self.assertRaises(AccessError):
            own.mailing_domain = "[('client_revenue', '>', 1001)]"
        with self.assertRaises(AccessError):
            own.copy()

    def test_a_text_that_is_no_domain_is_its_owners_matter(self):
        for text in ("x", "[('name', '=', uid)]", "[('nothing', '=', 1)]", "7"):
            with self.subTest(text):
                mailing = self.mailing([], self.writer)
                mailing.mailing_domain = text
