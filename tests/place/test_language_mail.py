from odoo.tests import tagged

from ..common import InvoicingCase
from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestLanguageMail(CompletionCase, InvoicingCase):
    """An e-mail in another language than its recipient's says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_partner_manager,account.group_account_invoice"
        cls.user = cls.new_user("invoicing_user", groups, lang="en_US")
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Invoice",
                "model_id": cls.env["ir.model"]._get_id("account.move"),
                "subject": "Invoice for {{ object.partner_id.name }}",
                "body_html": "<p>Please find it enclosed.</p>",
            }
        )
        for lang, subject, body in (
            ("de_DE", "Rechnung", "Anbei die Rechnung."),
            ("fr_FR", "Facture", "Ci-joint la facture."),
        ):
            cls.template.with_context(lang=lang).write(
                {
                    "subject": subject + " {{ object.partner_id.name }}",
                    "body_html": f"<p>{body}</p>",
                }
            )
        cls.french = cls.new_client("Dubois", lang="fr_FR", email="f@example.com")
        cls.german = cls.new_client("Weber AG", lang="de_DE", email="d@example.com")
        cls.invoice_of_french = cls.invoice(cls.french)

    def compose(self, template=None, recipient=None, **values):
        composers = self.as_user(self.env["mail.compose.message"], self.user)
        return composers.create(
            {
                "model": "account.move",
                "res_ids": str(self.invoice_of_french.ids),
                "template_id": template.id if template else False,
                "partner_ids": (recipient or self.french).ids,
                **values,
            }
        )

    def test_the_recipient_of_the_document(self):
        composer = self.compose(self.template)
        self.assertIn("Ci-joint", composer.body)
        self.assertFalse(composer.client_language_message)

    def test_another_recipient(self):
        composer = self.compose(self.template, self.german)
        self.assertEqual(composer.client_language_case, "text")
        self.assertEqual(
            composer.client_language_message,
            "Weber AG speaks German; this e-mail is written in French.",
        )
        action = composer.action_client_rewrite_mail()
        self.assertEqual(action["res_id"], composer.id)
        self.assertIn("Anbei", composer.body)
        self.assertEqual(composer.subject, "Rechnung Dubois")
        self.assertFalse(composer.client_language_message)

    def test_a_template_in_one_language(self):
        self.template.lang = "de_DE"
        composer = self.compose(self.template)
        self.assertIn("Anbei", composer.body)
        self.assertEqual(composer.client_language_case, "text")
        composer.action_client_rewrite_mail()
        self.assertIn("Ci-joint", composer.body)

    def test_a_text_that_somebody_has_changed_stays(self):
        composer = self.compose(self.template, self.german)
        composer.body = "<p>Voilà.</p>"
        self.assertEqual(composer.client_language_case, "typed")
        composer.action_client_rewrite_mail()
        self.assertIn("Voilà", composer.body)

    def test_without_a_template(self):
        composer = self.compose(recipient=self.german)
        self.assertEqual(composer.client_language_case, "info")
        self.assertEqual(composer.client_language_message, "Weber AG speaks German.")

    def test_recipients_with_several_languages(self):
        composer = self.compose(self.template, self.german + self.french)
        self.assertFalse(composer.client_language_message)

    def test_the_dialog_of_an_invoice(self):
        wizards = self.as_user(self.env["account.move.send.wizard"], self.user)
        wizard = wizards.create(
            {"move_id": self.invoice_of_french.id, "template_id": self.template.id}
        )
        self.assertFalse(wizard.client_language_message)
        wizard.mail_partner_ids = self.german
        self.assertEqual(wizard.client_language_case, "text")
        wizard.action_client_rewrite_mail()
        self.assertIn("Anbei", wizard.body)
        self.assertEqual(wizard.mail_partner_ids, self.german)
        self.assertFalse(wizard.client_language_message)
