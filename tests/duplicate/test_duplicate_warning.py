"""A new client that looks like an old one: the form, quick create, the import."""

from odoo.tests import Form, tagged

from ..common import ImportCase
from .duplicate_case import DuplicateCase


@tagged("post_install", "-at_install")
class TestWarning(DuplicateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.new_client(
            "Zwygart Orgelbau AG",
            email="bureau@zwygart.example",
            phone="+41 21 987 65 43",
            zip="1004",
            vat="CHE-109.322.551",
        )
        cls.env.flush_all()

    def typed(self, user=None, **values):
        partners = self.as_user(self.Partner, user or self.user)
        return partners.new({"is_company": True, **values})

    def test_the_form_warns_while_one_types(self):
        form = Form(self.as_user(self.Partner, self.user))
        form.company_type = "company"
        self.assertFalse(form.client_similar_id)
        form.name = "Orgelbau Zwygart"
        self.assertEqual(form.client_similar_id.id, self.old.id)
        self.assertEqual(form.client_similar_text, "same name.")
        form.name = "Moser Metall"
        self.assertFalse(form.client_similar_id)
        form.phone = "021 987 65 43"
        form.email = "Bureau@zwygart.example"
        self.assertEqual(form.client_similar_id.id, self.old.id)
        self.assertIn("same e-mail, same phone", form.client_similar_text)
        client = form.save()
        self.assertTrue(client.exists(), "nothing is refused")
        self.assertFalse(client.client_similar_id, "it is no new client any more")

    def test_names_with_other_letters(self):
        for name in (
            "Zwygart Orgelbau",
            "zwygart orgelbau sàrl",
            "Orgelbau Zwygart",
            "Zwigart Orgelbau",
            "Zwygart Orgelbaum",
        ):
            self.assertEqual(
                self.typed(name=name).client_similar_id.id, self.old.id, name
            )
        for name in ("Zwygart", "Orgelbau", "Moser Orgelbau", "", "AG", "%"):
            self.assertFalse(self.typed(name=name).client_similar_id, name)

    def test_it_fits_beside_odoo_s_own_warning(self):
        typed = self.typed(name="Zwygart Orgelbau", vat=self.old.vat)
        self.assertEqual(typed.same_vat_partner_id.id, self.old.id)
        self.assertFalse(typed.client_similar_id, "Odoo names it already")
        typed = self.typed(name="Zwygart Orgelbau", vat="CHE109322551")
        self.assertFalse(typed.same_vat_partner_id)
        self.assertEqual(typed.client_similar_id.id, self.old.id)
        self.assertIn("same VAT number", typed.client_similar_text)

    def test_a_blocked_client_is_said_to_be_blocked(self):
        self.old.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        typed = self.typed(name="Zwygart Orgelbau", vat=self.old.vat)
        self.assertEqual(typed.client_similar_id.id, self.old.id)
        self.assertIn("is blocked: Unpaid", typed.client_similar_text)

    def test_an_archived_client_is_said_to_be_archived(self):
        self.old.active = False
        self.env.flush_all()
        text = self.typed(name="Zwygart Orgelbau").client_similar_text
        self.assertIn("It is archived", text)

    def test_only_clients_that_the_reader_may_read(self):
        name = {"name": "Zwygart Orgelbau"}
        self.old.company_id = self.other_company
        self.env.flush_all()
        self.assertFalse(self.typed(**name).client_similar_id)
        self.old.company_id = False
        self.env.flush_all()
        self.assertTrue(self.typed(**name).client_similar_id)
        self.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.old.id})]",
            }
        )
        typed = self.typed(**name)
        self.assertFalse(typed.client_similar_id)
        self.assertFalse(typed.client_similar_text)

    def test_a_new_contact_is_compared_with_those_of_its_client(self):
        self.new_contact(self.old, "Anna Zwygart")
        other = self.new_client("Moser Metall")
        self.env.flush_all()
        contact = {"name": "Anna Zwygart", "is_company": False, "type": "contact"}
        self.assertTrue(self.typed(parent_id=self.old.id, **contact).client_similar_id)
        self.assertFalse(self.typed(parent_id=other.id, **contact).client_similar_id)

    def test_quick_create_in_a_document(self):
        notifications = self.env["bus.bus"].sudo()
        before = notifications.search([])
        partners = self.as_user(self.Partner, self.user)
        client_id, _name = partners.name_create("Zwygart Orgelbau")
        self.env.cr.precommit.run()
        [told] = (notifications.search([]) - before).filtered(
            lambda line: "simple_notification" in line.message
        )
        self.assertIn("Zwygart Orgelbau AG", told.message)
        self.assertIn("same name", told.message)
        self.assertTrue(self.Partner.browse(client_id).exists())
        before = notifications.search([])
        partners.name_create("Moser Reisen")
        self.env.cr.precommit.run()
        told = (notifications.search([]) - before).mapped("message")
        self.assertFalse([one for one in told if "simple_notification" in one])


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.new_client("Zwygart Orgelbau AG", phone="+41 21 987 65 43")
        cls.env.flush_all()

    def result(self, *rows, **options):
        return self.do_import(["Name", "Phone"], *rows, **options)

    def test_the_result_says_which_look_alike(self):
        result = self.result(
            ["Zwygart Orgelbau", "021 987 65 43"], ["Moser Metall", "031 987 65 43"]
        )
        self.assertFalse(result["messages"], "nothing is refused")
        self.assertEqual(len(result["ids"]), 2)
        [line] = result["client_similar"]
        self.assertIn("“Zwygart Orgelbau” looks like “Zwygart Orgelbau AG”", line)
        self.assertIn("same phone", line)

    def test_many_rows_at_once(self):
        rows = [[f"Alpha{number} Beta{number}", ""] for number in range(40)]
        result = self.result(*rows, ["Orgelbau Zwygart", ""])
        self.assertEqual(len(result["ids"]), 41)
        self.assertIn("Zwygart", " ".join(result["client_similar"]))

    def test_no_message_about_others(self):
        self.assertNotIn("client_similar", self.result(["Moser Metall", ""]))
        self.old.company_id = self.other_company
        self.env.flush_all()
        self.assertNotIn("client_similar", self.result(["Zwygart Orgelbau", ""]))
