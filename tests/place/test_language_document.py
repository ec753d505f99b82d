from odoo import Command
from odoo.tests import tagged

from ..common import InvoicingCase
from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestLanguageDocument(CompletionCase, InvoicingCase):
    """A draft invoice in another language than its client's says so, with one click to
    mend it. What somebody has typed stays.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_partner_manager,account.group_account_invoice"
        cls.user = cls.new_user("invoicing_user", groups)
        cls.product = cls.env["product.product"].create(
            {"name": "Tasting", "description_sale": "For twelve"}
        )
        for lang, name, text in (
            ("de_DE", "Verkostung", "Für zwölf"),
            ("fr_FR", "Dégustation", "Pour douze"),
        ):
            product = cls.product.with_context(lang=lang)
            product.write({"name": name, "description_sale": text})
        cls.client = cls.new_client(
            "Weber AG",
            lang="fr_FR",
            zip="1010",
            city="Nordstadt",
            country_id=cls.home.id,
        )
        # Whatever finds the place of an address.
        cls.client.client_place_id = cls.nordstadt
        cls.client.client_language_confirmed = True

    def new_invoice(self, client=None, **values):
        lines = [
            Command.create({"product_id": self.product.id, "price_unit": 100}),
            Command.create({"product_id": self.product.id, "name": "As agreed"}),
            Command.create({"display_type": "line_note", "name": "Merci"}),
        ]
        move = self.draft(client or self.client, invoice_line_ids=lines, **values)
        return self.as_user(move, self.user)

    def texts(self, move):
        return move.invoice_line_ids.mapped("name")

    def test_texts_in_the_old_language(self):
        invoice = self.new_invoice()
        self.assertFalse(invoice.client_language_message)
        self.client.lang = "de_DE"
        self.env.invalidate_all()
        self.assertEqual(invoice.client_language_case, "texts")
        self.assertEqual(
            invoice.client_language_message,
            "Weber AG speaks German; one text of this document is written in French.",
        )
        invoice.action_client_rewrite_texts()
        self.assertEqual(
            self.texts(invoice), ["Verkostung\nFür zwölf", "As agreed", "Merci"]
        )
        self.assertFalse(invoice.client_language_message)

    def test_another_client_is_chosen(self):
        invoice = self.new_invoice()
        german = self.new_client("Huber", lang="de_DE", client_language_confirmed=True)
        invoice.partner_id = german
        self.assertEqual(invoice.client_language_case, "texts")
        invoice.action_client_rewrite_texts()
        self.assertIn("Verkostung\nFür zwölf", self.texts(invoice))

    def test_a_variant_of_the_language_is_the_same(self):
        self.speak("fr_CH")
        invoice = self.new_invoice()
        self.client.lang = "fr_CH"
        self.env.invalidate_all()
        self.assertFalse(invoice.client_language_message)

    def test_the_place_speaks_another_language(self):
        self.client.client_language_confirmed = False
        invoice = self.new_invoice(narration="<p>Payable à 10 jours</p>")
        self.assertEqual(invoice.client_language_case, "place")
        self.assertIn(
            "In Nordstadt, people speak German", invoice.client_language_message
        )
        self.assertIn("written in French", invoice.client_language_message)
        invoice.action_client_switch_language()
        self.assertEqual(self.client.lang, "de_DE")
        self.assertTrue(self.client.client_language_confirmed)
        self.assertEqual(
            self.texts(invoice), ["Verkostung\nFür zwölf", "As agreed", "Merci"]
        )
        self.assertIn("10 jours", invoice.narration)
        self.assertFalse(invoice.client_language_message)

    def test_terms_that_somebody_has_typed_stay(self):
        set_param = self.env["ir.config_parameter"].sudo().set_param
        set_param("account.use_invoice_terms", True)
        self.company.terms_type = "plain"
        self.company.invoice_terms = "<p>30 days</p>"
        texts = {"fr_FR": {"30 days": "30 jours"}, "de_DE": {"30 days": "30 Tage"}}
        self.company.update_field_translations("invoice_terms", texts)
        self.client.client_language_confirmed = False
        typed, untouched = self.new_invoice(), self.new_invoice()
        self.assertIn("30 jours", untouched.narration)
        typed.narration = "<p>Payable à la livraison</p>"
        untouched.action_client_switch_language()
        self.assertIn("30 Tage", untouched.narration)
        self.assertIn("livraison", typed.narration)
        self.assertEqual(typed.client_language_case, "texts")
        typed.action_client_rewrite_texts()
        self.assertIn("livraison", typed.narration)

    def test_the_language_is_right(self):
        self.client.client_language_confirmed = False
        invoice = self.new_invoice()
        invoice.action_client_keep_language()
        self.env.invalidate_all()
        self.assertFalse(invoice.client_language_message)
        self.assertEqual(self.client.lang, "fr_FR")

    def test_the_language_of_the_place_is_not_installed(self):
        self.client.client_language_confirmed = False
        self.nordstadt.language = "it"
        invoice = self.new_invoice()
        self.assertEqual(invoice.client_language_case, "missing")
        self.assertIn(
            "Italian, which is not installed", invoice.client_language_message
        )
        invoice.action_client_switch_language()
        self.assertEqual(self.client.lang, "fr_FR")

    def test_a_bilingual_place_says_nothing(self):
        self.client.client_language_confirmed = False
        self.client.client_place_id = self.zweistadt
        self.assertFalse(self.new_invoice().client_language_message)

    def test_no_language(self):
        client = self.new_client("Huber", lang=False)
        invoice = self.new_invoice(client)
        self.assertEqual(invoice.client_language_case, "none")

    def test_a_posted_invoice_and_a_bill_say_nothing(self):
        self.client.client_language_confirmed = False
        invoice = self.new_invoice()
        invoice.action_post()
        self.assertFalse(invoice.client_language_message)
        invoice.action_client_switch_language()
        self.assertEqual(self.client.lang, "fr_FR")
        bill = self.as_user(self.draft(self.client, "in_invoice"), self.user)
        self.assertFalse(bill.client_language_message)

    def test_who_may_not_change_clients(self):
        """An accountant sees the text, but no button that ends in an error."""
        self.client.client_language_confirmed = False
        accountant = self.new_accountant()
        invoice = self.as_user(self.new_invoice(), accountant)
        self.assertEqual(invoice.client_language_case, "place")
        view = self.env.ref("account.view_move_form")
        for user, expected in ((accountant, False), (self.user, True)):
            moves = self.as_user(self.env["account.move"], user)
            arch = moves.get_view(view.id, "form")["arch"]
            self.assertEqual("action_client_switch_language" in arch, expected)
            self.assertIn("action_client_rewrite_texts", arch)
