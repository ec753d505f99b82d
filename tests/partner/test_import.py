from odoo.tests import tagged

from ..common import IMPORT_OPTIONS, ImportCase


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
        result = wizard.execute_import(
            ["name"], ["Name"], {**IMPORT_OPTIONS}, dryrun=True
        )
        self.assertFalse(result["messages"])
        self.assertFalse(self.Partner.search([("name", "=", "Try me")]))
