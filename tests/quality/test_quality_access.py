from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..bulk.bulk_case import BulkCase
from .quality_case import QualityCase

FIELDS = (
    "client_quality_score",
    "client_quality_range",
    "client_finding_count",
    "client_findings",
    "client_finding_details",
)


@tagged("post_install", "-at_install")
class TestQualityAccess(QualityCase, BulkCase):
    """Nobody sees or changes more than he may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.new_user("r", "client_segmentation.group_client_revenue")
        cls.employee = cls.new_employee()
        cls.portal = cls.new_portal_user()
        cls.shown = cls.new_complete("Shown", email="Info@weber.ch")
        cls.hidden = cls.new_complete("Hidden", email="Info@hidden.ch")
        cls.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', '!=', 'Hidden')]",
            }
        )

    def test_the_portal_gets_nothing(self):
        own = self.as_user(self.portal.partner_id, self.portal)
        for name in FIELDS:
            with self.assertRaises(AccessError):
                own.read([name])
            with self.assertRaises(AccessError):
                own.search([(name, "=", 1)])
        for order in ("client_quality_score", "client_finding_count desc"):
            with self.assertRaises(AccessError):
                own.search([], order=order)
        with self.assertRaises(AccessError):
            own.action_mend_client("untidy_email")
        with self.assertRaises(AccessError):
            self.as_user(self.quality, self.portal).search([])

    def test_hidden_clients_are_hidden(self):
        quality = self.as_user(self.quality, self.user)
        found = quality.search([("email_state", "=", "untidy")])
        self.assertIn(self.shown, found.partner_id)
        self.assertNotIn(self.hidden.id, found.sudo().partner_id.ids)
        with self.assertRaises(AccessError):
            stored = self.quality.search([("partner_id", "=", self.hidden.id)])
            stored.with_user(self.user).read(["email_fixed"])
        partners = self.as_user(self.Partner, self.user)
        found = partners.search([("client_findings", "=", "untidy_email")])
        self.assertNotIn(self.hidden.id, found.ids)
        with self.assertRaises(AccessError):
            self.as_user(self.hidden, self.user).action_mend_client("untidy_email")

    def test_hidden_clients_are_neither_previewed_nor_corrected(self):
        both = self.shown | self.hidden
        wizard = self.wizard(both, "mend_email")
        self.assertEqual([row["id"] for row in wizard.preview], self.shown.ids)
        wizard.action_apply()
        self.env.invalidate_all()
        self.assertEqual(self.shown.email, "info@weber.ch")
        self.assertEqual(self.hidden.email, "Info@hidden.ch")

    def test_what_follows_from_documents_is_for_those_who_may_read_them(self):
        self.age(self.shown)
        self.assertIn("no_activity", self.names(self.shown, self.reader))
        self.assertNotIn("no_activity", self.names(self.shown, self.employee))
        as_employee = self.as_user(self.shown, self.employee)
        with self.assertRefused(UserError, "is not a check"):
            as_employee.search([("client_findings", "=", "no_activity")])
        self.assertFalse(as_employee.search([("client_findings", "ilike", "activity")]))
        scores = {
            self.as_user(self.shown, user).client_quality_score
            for user in (self.reader, self.employee, self.user)
        }
        self.assertEqual(len(scores), 1, "the score is the same for everybody")

    def test_a_filter_with_superuser_rights_names_only_what_its_author_may_see(self):
        domains = self.as_user(self.env["client.root.domain"], self.employee)
        domains._check("res.partner", [("client_findings", "=", "no_email")])
        for condition in (
            ("client_findings", "=", "no_activity"),
            ("client_findings", "in", ["no_email", "no_activity"]),
            ("client_findings", "!=", "no_activity"),
            ("client_findings", "ilike", "act"),
            ("parent_id.client_findings", "=", "no_activity"),
            ("client_findings", "=", False),
        ):
            with self.assertRaises(AccessError):
                domains._check("res.partner", [condition])

    def test_who_may_not_write_is_offered_no_correction(self):
        reader = self.as_user(self.shown, self.reader)
        [finding] = [
            one
            for one in reader.client_finding_details["findings"]
            if one["name"] == "untidy_email"
        ]
        self.assertNotIn("right", finding)
        with self.assertRaises(AccessError):
            reader.action_mend_client("untidy_email")

    def test_an_empty_recordset_does_nothing(self):
        before = self.env["client.bulk.operation"].search_count([])
        nobody = self.as_user(self.Partner.browse(), self.user)
        self.assertFalse(nobody.action_mend_client("untidy_email"))
        self.assertEqual(nobody.mapped("client_findings"), [])
        after = self.env["client.bulk.operation"].search_count([])
        self.assertEqual(after, before)

    def test_nobody_writes_the_results(self):
        stored = self.quality.search([("partner_id", "=", self.shown.id)])
        for user in (self.user, self.employee, self.new_manager()):
            with self.assertRaises(AccessError):
                self.as_user(stored, user).write({"email_fixed": "evil@evil.ch"})
            with self.assertRaises(AccessError):
                self.as_user(self.quality, user).create({"partner_id": self.shown.id})

    def test_an_employee_sees_the_findings(self):
        client = self.as_user(self.shown, self.employee)
        self.assertEqual(client.client_findings, "E-mail to Tidy")
