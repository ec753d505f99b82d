from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..common import ClientCase

FIELD = "client_criterion_1_id"


class CriterionNameCase(ClientCase):
    """A user of each language, and what the first criterion is called for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak("fr_FR")
        cls.english = cls.new_client_user("english", lang="en_US")
        cls.french = cls.new_client_user("french", lang="fr_FR")
        cls.region.name = "Region"

    def rename(self):
        self.region.with_context(lang="fr_FR").name = "Région"

    def partners(self, user):
        return self.Partner.with_user(user).with_context(lang=user.lang)

    def assertLabels(self, label_of):
        """Before and after the criterion gets a French name, at once."""
        self.assertEqual(label_of(self.french), "Region")
        self.rename()
        self.assertEqual(label_of(self.french), "Région")
        self.assertEqual(label_of(self.english), "Region")
        self.region.with_context(lang="en_US").name = "Area"
        self.assertEqual(label_of(self.english), "Area")
        self.assertEqual(label_of(self.french), "Région")


@tagged("post_install", "-at_install")
class TestCriterionName(CriterionNameCase):
    """The name that a company gives a criterion is its label on every screen."""

    def test_the_list_of_fields_to_filter_and_group_by_says_it(self):
        self.assertLabels(
            lambda user: self.partners(user).fields_get()[FIELD]["string"]
        )

    def test_form_list_kanban_and_search_say_it(self):
        views = [
            (self.env.ref("base.view_partner_form").id, "form"),
            (self.env.ref("client_segmentation.client_view_list").id, "list"),
            (self.env.ref("client_segmentation.client_view_form").id, "form"),
            (self.env.ref("base.view_res_partner_filter").id, "search"),
        ]
        for view in views:
            with self.subTest(view=view):
                self.region.with_context(lang="fr_FR").name = "Region"
                self.region.with_context(lang="en_US").name = "Region"
                self.assertLabels(lambda user, view=view: self._view_label(user, view))

    def _view_label(self, user, view):
        result = self.partners(user).get_views([view])
        arch = etree.fromstring(result["views"][view[1]]["arch"])
        nodes = arch.xpath(f"//field[@name='{FIELD}']")
        self.assertTrue(nodes, "the view shows the criterion")
        nodes += arch.xpath(f"//filter[contains(@context, '{FIELD}')]")
        for node in nodes:
            self.assertNotIn("string", node.attrib, "a label of the view hides it")
        return result["models"]["res.partner"]["fields"][FIELD]["string"]

    def test_the_search_view_groups_by_it(self):
        view = self.env.ref("base.view_res_partner_filter")
        arch = etree.fromstring(self.Partner.get_view(view.id, "search")["arch"])
        for number in (1, 2):
            group_by = f"{{'group_by': 'client_criterion_{number}_id'}}"
            self.assertEqual(len(arch.xpath(f'//filter[@context="{group_by}"]')), 1)

    def test_the_import_screen_offers_it(self):
        def label(user):
            wizard = self.env["base_import.import"].with_user(user)
            tree = wizard.with_context(lang=user.lang).get_fields_tree("res.partner")
            return next(field["string"] for field in tree if field["name"] == FIELD)

        self.assertLabels(label)

    def test_the_import_screen_recognises_the_column_by_it(self):
        self.rename()
        self.sector.with_context(lang="fr_FR").name = "Secteur"
        wizard = self.env["base_import.import"].with_user(self.french)
        wizard = wizard.with_context(lang="fr_FR").create(
            {
                "res_model": "res.partner",
                "file": "Nom,Secteur,Région\nWeber,Santé,Vaud\n".encode(),
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        matches = wizard.parse_preview(options)["matches"]
        self.assertEqual(matches[1], ["client_criterion_2_id"])
        self.assertEqual(matches[2], ["client_criterion_1_id"])

    def test_the_journal_says_it(self):
        self.rename()
        labels = self.Change.with_context(lang="fr_FR").fields_get(["qualifier"])
        self.assertEqual(dict(labels["qualifier"]["selection"])[FIELD], "Région")

    def test_an_error_says_it(self):
        self.rename()
        health = self.new_value(self.sector, "Health")
        with self.assertRefused(ValidationError, "Région"):
            self.new_client().with_context(lang="fr_FR").write({FIELD: health.id})

    def test_the_translation_dialog_renames_too(self):
        def label():
            return self.partners(self.french).fields_get([FIELD])[FIELD]["string"]

        self.assertEqual(label(), "Region")
        self.region.update_field_translations("name", {"fr_FR": "Canton"})
        self.assertEqual(label(), "Canton")

    def test_browsers_fetch_their_views_again(self):
        # They keep views as long as the registry of the server is the same.
        self.registry.registry_invalidated = False
        self.rename()
        self.assertTrue(self.registry.registry_invalidated)

    def test_only_a_manager_names_the_criteria(self):
        with self.assertRaises(AccessError):
            self.as_user(self.region, self.english).name = "Mine"
        self.as_user(self.region, self.new_manager()).name = "Ours"
        self.assertEqual(self.region.name, "Ours")

    def test_there_are_two_criteria_for_ever(self):
        manager = self.new_manager()
        criteria = self.as_user(self.region + self.sector, manager)
        with self.assertRaises(AccessError):
            criteria.create({"name": "Third", "number": 3})
        with self.assertRaises(AccessError):
            criteria.unlink()


@tagged("post_install", "-at_install")
class TestCriterionNameInExport(HttpCase, CriterionNameCase):
    """The export dialog asks the server by itself."""

    def label(self, user, import_compat):
        self.authenticate(user.login, user.login)
        fields = self.make_jsonrpc_request(
            "/web/export/get_fields",
            {"model": "res.partner", "domain": [], "import_compat": import_compat},
        )
        return next(field["string"] for field in fields if field["id"] == FIELD)

    def test_the_export_dialog_says_it(self):
        self.assertLabels(lambda user: self.label(user, False))

    def test_the_export_for_a_later_import_says_it(self):
        self.rename()
        self.assertEqual(self.label(self.french, True), "Région")


@tagged("post_install", "-at_install")
class TestCriterionValues(ClientCase):
    """Each criterion has a list of values of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vaud = cls.new_value(cls.region, "Vaud")
        cls.health = cls.new_value(cls.sector, "Health")
        cls.weber = cls.new_client()

    def test_a_client_has_one_value_of_each(self):
        self.weber.write(
            {
                "client_criterion_1_id": self.vaud.id,
                "client_criterion_2_id": self.health.id,
            }
        )
        self.assertEqual(self.weber.client_criterion_1_id, self.vaud)
        self.assertEqual(self.weber.client_criterion_2_id, self.health)

    def test_a_value_of_the_other_criterion_is_refused_and_the_message_helps(self):
        self.region.name, self.sector.name = "Area", "Branch"
        message = "“Health” is a value of “Branch”, not of “Area”"
        with self.assertRefused(ValidationError, message):
            self.weber.client_criterion_1_id = self.health
        message = "“Vaud” is a value of “Area”, not of “Branch”"
        with self.assertRefused(ValidationError, message):
            self.new_client(client_criterion_2_id=self.vaud.id)

    def test_a_field_offers_the_values_of_its_own_criterion(self):
        both = [self.new_value(criterion, "Other") for criterion in self.criteria()]
        for number, value in enumerate(both, 1):
            field = self.Partner._fields[f"client_criterion_{number}_id"]
            values = value.with_context(**field.context)
            found = values.name_search("Other", field.domain)
            self.assertEqual([id_ for id_, _name in found], value.ids)

    def criteria(self):
        return self.region + self.sector

    def test_a_name_is_unique_within_its_criterion(self):
        with self.assertRefused(ValidationError, "“vaud ” exists already"):
            self.new_value(self.region, "vaud ")
        self.assertTrue(self.new_value(self.sector, "Vaud"))

    def test_the_name_of_an_archived_value_says_that_it_is_archived(self):
        self.vaud.active = False
        with self.assertRefused(ValidationError, "archived"):
            self.new_value(self.region, "Vaud")

    def test_a_value_in_use_cannot_be_deleted(self):
        self.weber.client_criterion_1_id = self.vaud
        with self.assertRefused(UserError, "Vaud"):
            self.vaud.unlink()

    def test_a_value_that_an_archived_client_uses_cannot_be_deleted(self):
        self.weber.client_criterion_1_id = self.vaud
        self.weber.active = False
        with self.assertRefused(UserError, "Archive them"):
            self.vaud.unlink()

    def test_a_value_in_use_can_be_archived_and_stays_on_its_clients(self):
        self.weber.client_criterion_1_id = self.vaud
        self.vaud.active = False
        self.assertEqual(self.weber.client_criterion_1_id, self.vaud)
        self.assertFalse(self.vaud.name_search("Vaud"), "not offered any more")

    def test_a_value_that_nobody_uses_can_be_deleted(self):
        self.vaud.unlink()
        self.assertFalse(self.vaud.exists())
