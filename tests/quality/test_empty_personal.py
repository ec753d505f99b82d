from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..bulk.bulk_case import BulkCase
from .quality_case import QualityCase

TEXTS = {
    "client_likes": "Secret wine",
    "client_problems": "Secret quarrel",
    "client_competitor": "Secret supplier",
    "client_competitor_reason": "Secret reason",
}
PERSONAL = {
    "client_birthdate": "1970-05-17",
    "client_gender": "female",
    "client_household_size": 3,
    "client_occupation": "Secret job",
}


@tagged("post_install", "-at_install")
class TestEmptyPersonal(QualityCase, BulkCase):
    """Personal details of clients without business for years are emptied for good."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()
        (cls.company | cls.other_company).client_personal_details = True
        cls.old = cls.new_client("Old", **TEXTS)
        cls.anna = cls.new_contact(cls.old, **PERSONAL)
        cls.anna.with_company(cls.other_company).write(PERSONAL)
        cls.busy = cls.new_client("Busy", **TEXTS)
        cls.abroad = cls.new_client("Busy elsewhere", **TEXTS)
        cls.young = cls.new_client("Young", **TEXTS)
        cls.all = cls.old | cls.busy | cls.abroad | cls.young
        cls.age(cls.old | cls.busy | cls.abroad | cls.anna)
        cls.invoice(cls.busy)
        cls.invoice(cls.abroad, company=cls.other_company)

    def empty(self, clients=None, user=None, **values):
        values = {"years": 3, "confirmed": True, **values}
        clients = clients or self.all
        operation = self.bulk(
            clients, "empty_personal", user=user or self.manager, **values
        )
        self.env.invalidate_all()
        return operation

    def database_holds(self, word):
        """:return: the tables that hold a text anywhere"""
        self.env.flush_all()
        held = []
        for table in (
            "res_partner",
            "client_change",
            "client_bulk_operation",
            "client_bulk_wizard",
            "client_quality",
            "mail_tracking_value",
            "mail_message",
        ):
            self.env.cr.execute(
                f"SELECT 1 FROM {table} AS t WHERE t::text LIKE %s LIMIT 1",  # noqa: S608
                [f"%{word}%"],
            )
            if self.env.cr.fetchone():
                held.append(table)
        return held

    def test_only_clients_without_business_in_any_company_are_emptied(self):
        operation = self.empty()
        self.assertEqual(operation.changed_count, 1)
        for name in TEXTS:
            self.assertFalse(self.old[name])
            self.assertTrue(all((self.busy | self.abroad | self.young).mapped(name)))

    def test_their_contacts_are_emptied_in_all_companies(self):
        self.empty()
        for company in self.company | self.other_company:
            anna = self.anna.with_company(company)
            for name in PERSONAL:
                self.assertFalse(anna[name], name)

    def test_the_journal_has_one_line_without_values(self):
        self.empty()
        line = self.history(self.old, "client_personal_details")
        self.assertEqual(len(line), 1)
        self.assertFalse(line.old_value or line.new_value or line.old_name)
        self.assertEqual(line.new_label, "Emptied")
        self.assertEqual(line.user_id, self.manager)
        self.assertFalse(self.history(self.busy, "client_personal_details"))

    def test_no_old_value_is_left_anywhere(self):
        only = self.new_client("Only", client_occupation="Topsecret")
        self.env["client.change"].create(
            {
                "partner_id": only.id,
                "qualifier": "client_type_id",
                "old_name": "Topsecret",
                "new_name": "Topsecret",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE client_change SET qualifier = 'client_occupation'"
            " WHERE partner_id = %s AND old_name = 'Topsecret'",
            [only.id],
        )
        field = self.env["ir.model.fields"]._get("res.partner", "client_occupation")
        self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": only.id,
                "message_type": "notification",
                "tracking_value_ids": [
                    Command.create(
                        {"field_id": field.id, "old_value_char": "Topsecret"}
                    )
                ],
            }
        )
        self.age(only)
        before = {"res_partner", "client_change", "mail_tracking_value"}
        self.assertEqual(set(self.database_holds("Topsecret")), before)
        self.empty(only)
        self.assertEqual(self.database_holds("Topsecret"), [])

    def test_an_operation_that_set_such_a_field_forgets_whom(self):
        operations = self.env["client.bulk.operation"]
        both = self.old | self.busy
        operation = operations.create(
            {
                "action": "rating",
                "field_name": "client_gender",
                "values": {"value": "female"},
                "partners": both.ids,
                "asked_count": 2,
                "done_count": 2,
                "changed_count": 2,
                "company_id": self.company.id,
                "user_id": self.env.uid,
                "state": "done",
            }
        )
        self.empty()
        self.assertEqual(operation.partners, self.busy.ids)
        self.assertEqual((operation.asked_count, operation.done_count), (1, 1))

    def test_it_cannot_be_undone(self):
        operation = self.empty()
        self.assertFalse(operation.can_undo)
        with self.assertRefused(UserError, "nothing to undo"):
            operation.action_undo()

    def test_it_has_to_be_confirmed(self):
        with self.assertRefused(UserError, "confirm"):
            self.empty(confirmed=False)
        for years in (0, -1, 101):
            with self.assertRefused(UserError, "years"):
                self.empty(years=years)

    def test_the_preview_counts_what_will_be_emptied(self):
        wizard = self.wizard(self.all, "empty_personal", user=self.manager, years=3)
        self.assertEqual(wizard.change_count, 1)
        self.assertEqual(wizard.already_count, 3)
        wizard.years = 30
        self.assertEqual(wizard.change_count, 0)

    def test_business_since_the_preview_counts(self):
        wizard = self.wizard(self.old, "empty_personal", user=self.manager)
        wizard.write({"years": 3, "confirmed": True})
        self.invoice(self.old)
        wizard.action_apply()
        self.assertTrue(self.old.client_likes)

    def test_a_filter_finds_them(self):
        found = self.as_user(self.all, self.manager).search(
            [("id", "in", self.all.ids), ("client_findings", "=", "old_personal")]
        )
        self.assertEqual(found.ids, self.old.ids)

    def test_only_managers_may(self):
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        self.assertNotIn("empty_personal", dict(wizards._selection_action()))
        with self.assertRefused(UserError, "not a change"):
            self.empty(user=self.user)
        wizard = self.wizard(self.old, "rating", user=self.user)
        wizard.sudo().action = "empty_personal"
        with self.assertRaises(AccessError):
            wizard.action_apply()

    def test_a_client_whose_old_invoice_is_long_ago_has_no_business(self):
        self.invoice(
            self.old, invoice_date=fields.Date.today() - relativedelta(years=4)
        )
        self.empty()
        self.assertFalse(self.old.client_likes)
