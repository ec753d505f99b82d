from lxml import etree

from odoo.tests import tagged

from ..common import IMPORT_OPTIONS, ImportCase

LANGUAGES = ("en_US", "fr_FR", "de_DE")
SCREENS = {
    "client_segmentation.client_view_list": "list",
    "client_segmentation.client_view_form": "form",
}


@tagged("post_install", "-at_install")
class TestImportLanguages(ImportCase):
    """Users import what the screens of any language show and export."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak(*LANGUAGES)
        addons = ("base", "client_segmentation")
        modules = cls.env["ir.module.module"].search([("name", "in", addons)])
        modules._update_translations(list(LANGUAGES))
        cls.importer = {
            lang: cls.new_client_user(f"importer_{lang}", lang=lang)
            for lang in LANGUAGES
        }

    def load(self, lang, names, *rows):
        partners = self.as_user(self.Partner, self.importer[lang])
        return partners.with_context(import_file=True).load(names, [*map(list, rows)])

    def test_what_a_user_exports_any_other_one_imports(self):
        self.region.with_context(lang="fr_FR").name = "Canton"
        self.vaud.with_context(lang="fr_FR").name = "Pays de Vaud"
        names = [
            "client_rating",
            "client_status_id",
            "client_type_id",
            "client_organisation",
            "company_type",
            "client_criterion_1_id",
        ]
        for stars in ("0", "1", "4"):
            client = self.new_client(
                client_rating=stars,
                client_status_id=self.inactive.id,
                client_type_id=self.type_supplier.id,
                client_organisation="company",
                client_criterion_1_id=self.vaud.id,
            )
            for lang in LANGUAGES:
                user = self.importer[lang]
                [row] = self.as_user(client, user).export_data(names)["datas"]
                for reader in LANGUAGES:
                    with self.subTest(row=row, reader=reader):
                        result = self.load(reader, ["name", *names], ["Copy", *row])
                        self.assertFalse(result["messages"])
                        copy = self.Partner.browse(result["ids"])
                        for name in names:
                            self.assertEqual(copy[name], client[name])

    def test_stars_are_known_with_and_without_their_meaning(self):
        rating = self._ours("client_rating_4")
        rating.with_context(lang="fr_FR").name = "Client Important"
        for text in ("4", "★★★★", "★★★★ Client important", "client important"):
            result = self.load("de_DE", ["name", "client_rating"], ["One", text])
            self.assertFalse(result["messages"], text)
            self.assertEqual(self.Partner.browse(result["ids"]).client_rating, "4")

    def test_blanks_are_nothing(self):
        names = ["name", "client_rating", "client_status_id", "client_criterion_1_id"]
        for blank in ("", " ", "\t", "\u00a0"):
            result = self.load("en_US", names, ["One", *3 * [blank]])
            self.assertFalse(result["messages"])
            client = self.Partner.browse(result["ids"])
            self.assertEqual(client.client_rating, "0")
            self.assertEqual(self.status_of(client), self.prospect)
            self.assertFalse(client.client_criterion_1_id)
        result = self.load("fr_FR", names, ["One", " ★★ ", " VIP ", " Vaud\n"])
        self.assertFalse(result["messages"])
        client = self.Partner.browse(result["ids"])
        self.assertEqual(client.client_rating, "2")
        self.assertEqual(self.status_of(client), self.vip)
        self.assertEqual(client.client_criterion_1_id, self.vaud)

    def test_callers_may_send_numbers(self):
        names = ["name", "client_rating"]
        result = self.load("en_US", names, ["One", 4])
        self.assertEqual(self.Partner.browse(result["ids"]).client_rating, "4")
        for value in (9, True, 2.5):
            result = self.load("en_US", names, ["One", value])
            self.assertFalse(result["ids"])
            self.assertIn(str(value), result["messages"][0]["message"])

    def test_a_name_means_what_it_means_in_the_language_of_the_user(self):
        """The German name of three stars is the French one of four."""
        self._ours("client_rating_3").with_context(lang="de_DE").name = "Top"
        self._ours("client_rating_4").with_context(lang="fr_FR").name = "Top"
        self.vip.with_context(lang="de_DE").name = "Top"
        self.active.with_context(lang="fr_FR").name = "Top"
        for lang, stars, status in (
            ("de_DE", "3", self.vip),
            ("fr_FR", "4", self.active),
        ):
            names = ["name", "client_rating", "client_status_id"]
            result = self.load(lang, names, ["One", "Top", "Top"])
            self.assertFalse(result["messages"])
            client = self.Partner.browse(result["ids"])
            self.assertEqual(client.client_rating, stars)
            self.assertEqual(self.status_of(client), status)

    def test_unknown_stars_are_refused_with_those_that_exist(self):
        result = self.load("fr_FR", ["name", "client_rating"], ["One", "Sept"])
        [message] = result["messages"]
        self.assertIn("Sept", message["message"])
        self.assertEqual(message["value"], "Sept")
        self.assertIn("★★★★ Client important", message["moreinfo"])

    def test_every_heading_of_the_screens_is_recognised(self):
        for lang in LANGUAGES:
            headings = self.headings(lang)
            self.assertGreater(len(headings), 15)
            for heading, name in headings.items():
                with self.subTest(lang=lang, heading=heading):
                    self.assertEqual(self.recognised(lang, heading), [name])

    def headings(self, lang):
        """:return: names of the addon's fields by heading in the list and the form"""
        partners = self.as_user(self.Partner, self.importer[lang])
        fields = partners.fields_get()
        found = {}
        for xmlid, view_type in SCREENS.items():
            arch = partners.get_view(self.env.ref(xmlid).id, view_type)["arch"]
            for node in etree.fromstring(arch).xpath("//field[not(ancestor::field)]"):
                name = node.get("name")
                field = fields.get(name, {"readonly": True})
                if name.startswith("client_") and not field["readonly"]:
                    found[node.get("string") or field["string"]] = name
        return found

    def recognised(self, lang, *headings):
        """:return: names of the fields that the import screen suggests"""
        wizard = self._wizard(headings, [["x"] * len(headings)], self.importer[lang])
        matches = wizard.parse_preview({**IMPORT_OPTIONS})["matches"] or {}
        return ["/".join(matches.get(n, [])) for n in range(len(headings))]

    def test_a_criterion_is_recognised_by_the_name_that_users_gave_it(self):
        """Also if Odoo has a field with the same label."""
        for lang, heading in (("en_US", "Industry"), ("de_DE", "Branche")):
            self.sector.with_context(lang=lang).name = heading
            name = "client_criterion_2_id"
            self.assertEqual(self.recognised(lang, heading), [name])
        self.region.with_context(lang="fr_FR").name = "Canton de vente"
        name = "client_criterion_1_id"
        self.assertEqual(self.recognised("fr_FR", "canton de vente "), [name])

    def test_names_of_fields_keep_their_meaning(self):
        names = ["name", "type", "client_status_id", "client_type_id", "industry_id"]
        for lang in LANGUAGES:
            self.assertEqual(self.recognised(lang, *names), names)

    def test_other_models_are_imported_as_before(self):
        user = self.new_manager()
        wizards = self.as_user(self.env["base_import.import"], user)
        values = {"file": b"Status\nx\n", "file_type": "text/csv"}
        wizard = wizards.create({"res_model": "client.type", **values})
        self.assertFalse(wizard.parse_preview({**IMPORT_OPTIONS})["matches"])
