import csv
import io

from odoo.tests import tagged

from .common import ClientCase

OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True}


class ImportCase(ClientCase):
    """Somebody who keeps the client file imports a sheet in Odoo's import screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.env["res.partner.category"].create([{"name": "Fair"}, {"name": "Press"}])
        cls.vaud = cls.new_value(cls.region, "Vaud")
        cls.health = cls.new_value(cls.sector, "Health")

    def do_import(self, header, *rows, user=None, **options):
        """:return: the answer of the import screen to this sheet"""
        wizard = self._wizard(header, rows, user or self.user)
        matches = wizard.parse_preview({**OPTIONS})["matches"]
        fields = [
            "/".join(matches[index]) if index in matches else False
            for index in range(len(header))
        ]
        self.assertNotIn(False, fields, "the screen recognises every column")
        return wizard.execute_import(fields, header, {**OPTIONS, **options})

    def _wizard(self, header, rows, user):
        sheet = io.StringIO()
        csv.writer(sheet).writerows([header, *rows])
        wizards = self.as_user(self.env["base_import.import"], user)
        return wizards.create(
            {
                "res_model": "res.partner",
                "file": sheet.getvalue().encode(),
                "file_type": "text/csv",
            }
        )

    def imported(self, header, *rows, **options):
        """:return: the clients of a sheet that has to be good"""
        result = self.do_import(header, *rows, **options)
        self.assertFalse(result["messages"])
        return self.Partner.browse(result["ids"])

    def assertSheetRefused(self, column, value, *words, header=None):
        """One bad cell in the third row keeps the whole sheet out."""
        rows = [["One", ""], ["Two", ""], ["Three", value], ["Four", ""]]
        before = self.Partner.search_count([])
        result = self.do_import(["Name", column], *rows)
        self.assertFalse(result["ids"])
        errors = [line for line in result["messages"] if line["type"] == "error"]
        self.assertEqual(len(errors), 1)
        self.assertEqual(errors[0]["rows"], {"from": 2, "to": 2})
        for word in (value, *words):
            self.assertIn(word, errors[0]["message"])
        self.assertEqual(self.Partner.search_count([]), before)


@tagged("post_install", "-at_install")
class TestGoodImport(ImportCase):
    """A sheet with the names that people use comes in as it is."""

    def test_a_sheet_with_every_qualifier_by_name(self):
        client = self.imported(
            [
                "Name",
                "Second Name Line",
                "Tags",
                "Client Type",
                "Client Status",
                "Client Rating",
                "Region",
                "Sector",
                "Kind of Organisation",
                "Key Note",
            ],
            [
                "Kantonsspital",
                "Einkauf",
                "Fair,Press",
                "Supplier",
                "VIP",
                "4",
                "Vaud",
                "Health",
                "Public Sector",
                "Pays late",
            ],
        )
        self.assertEqual(client.name, "Kantonsspital")
        self.assertEqual(client.client_name2, "Einkauf")
        self.assertEqual(set(client.category_id.mapped("name")), {"Fair", "Press"})
        self.assertEqual(client.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(client), self.vip)
        self.assertEqual(client.client_rating, "4")
        self.assertEqual(client.client_criterion_1_id, self.vaud)
        self.assertEqual(client.client_criterion_2_id, self.health)
        self.assertEqual(client.client_key_note, "Pays late")

    def test_a_company_of_the_public_sector(self):
        client = self.imported(
            ["Name", "Is a Company", "Kind of Organisation"],
            ["Kantonsspital", "True", "Public Sector"],
        )
        self.assertEqual(client.client_organisation, "public")

    def test_the_stars_by_number_and_by_what_they_mean(self):
        meaning = self._ours("client_rating_4").display_name
        clients = self.imported(
            ["Name", "Client Rating"], ["One", "4"], ["Two", meaning], ["Three", ""]
        )
        self.assertEqual(clients.mapped("client_rating"), ["4", "4", "0"])

    def test_names_are_found_in_the_language_of_the_user(self):
        self.speak("fr_FR")
        french = self.new_client_user("french", lang="fr_FR")
        self.type_supplier.with_context(lang="fr_FR").name = "Fournisseur"
        self.vaud.with_context(lang="fr_FR").name = "Pays de Vaud"
        result = self.as_user(self.Partner, french).load(
            ["name", "client_type_id", "client_criterion_1_id"],
            [["Weber", "Fournisseur", "Pays de Vaud"]],
        )
        self.assertFalse(result["messages"])
        client = self.Partner.browse(result["ids"])
        self.assertEqual(client.client_type_id, self.type_supplier)
        self.assertEqual(client.client_criterion_1_id, self.vaud)

    def test_without_a_type_or_status_a_client_is_a_prospect(self):
        client = self.imported(["Name"], ["Weber"])
        self.assertEqual(client.client_type_id, self.type_prospect)
        self.assertEqual(self.status_of(client), self.prospect)
        self.assertEqual(client.client_rating, "0")

    def test_a_name_in_both_criteria_means_the_one_of_its_column(self):
        other_1 = self.new_value(self.region, "Other")
        other_2 = self.new_value(self.sector, "Other")
        client = self.imported(
            ["Name", "Region", "Sector"], ["Weber", "Other", "Other"]
        )
        self.assertEqual(client.client_criterion_1_id, other_1)
        self.assertEqual(client.client_criterion_2_id, other_2)

    def test_the_status_is_that_of_the_company_one_works_in(self):
        client = self.imported(["Name", "Client Status"], ["Weber", "VIP"])
        self.assertEqual(self.status_of(client), self.vip)
        self.assertEqual(self.status_of(client, self.other_company), self.prospect)

    def test_a_manager_may_let_the_import_create_values(self):
        client = self.imported(
            ["Name", "Sector"],
            ["Weber", "Timber"],
            user=self.new_manager(),
            name_create_enabled_fields={"client_criterion_2_id": True},
        )
        value = client.client_criterion_2_id
        self.assertEqual((value.name, value.criterion_id), ("Timber", self.sector))

    def test_contacts_imported_with_their_client_take_its_qualifiers(self):
        client = self.new_client(client_type_id=self.type_supplier.id)
        client.client_status_id = self.vip
        # Odoo itself copies the credit limit as well: the user has to be let see it.
        self.user.group_ids += self.env.ref("account.group_account_invoice")
        contact = self.imported(["Name", "Related Company"], ["Anna", "Weber Holzbau"])
        self.assertEqual(contact.parent_id, client)
        self.assertEqual(contact.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(contact), self.vip)


@tagged("post_install", "-at_install")
class TestBadImport(ImportCase):
    """What nobody knows is reported with its row, and nothing at all comes in."""

    def test_an_unknown_tag(self):
        self.assertSheetRefused("Tags", "Faire", "Tags")

    def test_an_unknown_type(self):
        self.assertSheetRefused("Client Type", "Supliers", "Client Type")

    def test_an_unknown_status(self):
        self.assertSheetRefused("Client Status", "Aktive", "Client Status")

    def test_an_unknown_value_of_a_criterion(self):
        self.region.name = "Canton"
        self.assertSheetRefused("Canton", "Vaudd", "Canton")

    def test_a_value_of_the_other_criterion(self):
        self.assertSheetRefused("Region", "Health", "Region")

    def test_more_stars_than_there_are(self):
        self.assertSheetRefused("Client Rating", "6", "Client Rating")

    def test_an_archived_type_is_not_offered(self):
        self.env["client.type"].create({"name": "Partner", "active": False})
        self.assertSheetRefused("Client Type", "Partner")

    def test_every_bad_cell_is_reported(self):
        result = self.do_import(
            ["Name", "Tags", "Client Type"],
            ["One", "Nope", ""],
            ["Two", "", ""],
            ["Three", "", "Neither"],
        )
        rows = [(line["rows"]["from"], line["field"]) for line in result["messages"]]
        self.assertEqual(sorted(rows), [(0, "category_id"), (2, "client_type_id")])

    def test_a_bad_sheet_changes_no_client_that_exists(self):
        client = self.new_client()
        client.export_data(["id"])
        xmlid = client.get_external_id()[client.id]
        result = self.do_import(
            ["External ID", "Client Type"], [xmlid, "Supplier"], [xmlid, "Nope"]
        )
        self.assertFalse(result["ids"])
        self.assertEqual(client.client_type_id, self.type_prospect)
        self.assertFalse(self.history(client))

    def test_a_test_run_changes_nothing(self):
        wizard = self._wizard(["Name"], [["Try me"]], self.user)
        result = wizard.execute_import(["name"], ["Name"], {**OPTIONS}, dryrun=True)
        self.assertFalse(result["messages"])
        self.assertFalse(self.Partner.search([("name", "=", "Try me")]))


@tagged("post_install", "-at_install")
class TestRoundTrip(ImportCase):
    """What is exported comes in again."""

    FIELDS = (
        "id",
        "name",
        "client_name2",
        "category_id",
        "client_type_id",
        "client_organisation",
        "client_criterion_1_id",
        "client_criterion_2_id",
        "client_rating",
        "client_status_id",
        "client_status_pinned",
        "client_key_note",
        "client_since",
        "client_source_id",
        "client_likes",
    )

    def setUp(self):
        super().setUp()
        self.client = self.new_client(
            client_name2="Filiale Bern",
            category_id=[(6, 0, self.env["res.partner.category"].search([]).ids)],
            client_type_id=self.type_supplier.id,
            client_organisation="public",
            client_criterion_1_id=self.vaud.id,
            client_criterion_2_id=self.new_value(self.sector, "Vaud").id,
            client_rating="5",
            client_status_id=self.vip.id,
            client_status_pinned=True,
            client_key_note="First line\nsecond line",
            client_since="2019-03-01",
            client_source_id=self.env["utm.source"].create({"name": "Friend"}).id,
            client_likes="Concerts",
        )
        self.env.flush_all()

    def values(self):
        record = self.client.read(self.FIELDS[1:])[0]
        return {name: record[name] for name in self.FIELDS[1:]}

    def export(self, names):
        client = self.as_user(self.client, self.user)
        rows = client.export_data(names)["datas"]
        return [["" if cell is False else str(cell) for cell in row] for row in rows]

    def load(self, names, rows):
        self.assertEqual(self.imported(names, *rows), self.client)
        self.env.invalidate_all()

    def test_what_comes_in_unchanged_changes_nothing(self):
        values, lines = self.values(), self.history(self.client)
        self.load(self.FIELDS, self.export(self.FIELDS))
        self.assertEqual(self.values(), values)
        self.assertEqual(self.history(self.client), lines)

    def test_what_was_changed_since_is_what_it_was(self):
        values, rows = self.values(), self.export(self.FIELDS)
        self.client.write(
            {
                "client_name2": False,
                "category_id": [(5,)],
                "client_type_id": self.type_client.id,
                "client_organisation": "company",
                "client_criterion_1_id": False,
                "client_criterion_2_id": False,
                "client_rating": "0",
                "client_status_id": self.prospect.id,
                "client_status_pinned": False,
                "client_likes": False,
            }
        )
        self.load(self.FIELDS, rows)
        self.assertEqual(self.values(), values)

    def test_external_ids_work_as_well_as_names(self):
        names = ["id"] + [f"client_{what}_id/id" for what in ("type", "status")]
        rows = self.export(names)
        self.assertIn("client_segmentation.client_type_supplier", rows[0])
        self.client.write(
            {"client_type_id": self.type_client.id, "client_status_id": False}
        )
        self.load(names, rows)
        self.assertEqual(self.client.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(self.client), self.vip)
