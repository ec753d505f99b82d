from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestJournal(ClientCase):
    """All changes of qualifiers of a client are in the journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.weber = cls.new_client()
        cls.vaud = cls.new_value(cls.region, "Vaud")

    def as_colleague(self, client=None):
        return self.as_user(client or self.weber, self.user)

    def test_a_change_by_hand_says_what_when_and_by_whom(self):
        self.as_colleague().client_status_id = self.vip
        line = self.history(self.weber)
        self.assertEqual(len(line), 1)
        self.assertEqual(line.qualifier, "client_status_id")
        self.assertEqual((line.old_label, line.new_label), ("Prospect", "VIP"))
        self.assertEqual(line.origin, "hand")
        self.assertEqual(line.user_id, self.user)
        self.assertEqual(line.company_id, self.company)
        self.assertEqual(line.date.replace(microsecond=0), line.date)
        self.assertFalse(line.rule_id)
        self.assertFalse(line.document_name)

    def test_every_qualifier_is_written_down(self):
        self.weber.write(
            {
                "client_type_id": self.type_supplier.id,
                "client_criterion_1_id": self.vaud.id,
                "client_organisation": "public",
                "client_rating": "3",
                "client_status_pinned": True,
                "client_status_id": self.active.id,
            }
        )
        stars = dict(self.env["client.rating"]._selection())
        labels = {
            line.qualifier: (line.old_label, line.new_label)
            for line in self.history(self.weber)
        }
        self.assertEqual(
            labels,
            {
                "client_type_id": ("Prospect", "Supplier"),
                "client_criterion_1_id": (False, "Vaud"),
                "client_organisation": ("Company", "Public Sector"),
                "client_rating": (stars["0"], stars["3"]),
                "client_status_pinned": ("No", "Yes"),
                "client_status_id": ("Prospect", "Active"),
            },
        )

    def test_facts_concern_all_companies_and_the_status_one(self):
        self.weber.write({"client_rating": "3", "client_status_id": self.vip.id})
        companies = {
            line.qualifier: line.company_id for line in self.history(self.weber)
        }
        self.assertFalse(companies["client_rating"])
        self.assertEqual(companies["client_status_id"], self.company)

    def test_an_emptied_value_is_written_down(self):
        self.weber.client_criterion_1_id = self.vaud
        self.weber.client_criterion_1_id = False
        line = self.history(self.weber)[-1]
        self.assertEqual((line.old_label, line.new_label), ("Vaud", False))

    def test_what_does_not_change_is_not_written_down(self):
        self.weber.write({"client_rating": "0", "client_status_id": self.prospect.id})
        self.weber.write({"name": "Weber & Co", "client_key_note": "New"})
        self.assertFalse(self.history(self.weber))

    def test_a_kind_of_organisation_that_follows_is_written_down(self):
        self.weber.is_company = False
        line = self.history(self.weber, "client_organisation")
        self.assertEqual((line.old_label, line.new_label), ("Company", "Individual"))

    def test_a_new_client_has_no_history(self):
        self.assertFalse(self.history(self.new_client(client_rating="4")))

    def test_a_new_client_that_is_active_already_has_one_line(self):
        client = self.new_client(client_status_id=self.active.id)
        line = self.history(client)
        self.assertEqual((line.old_label, line.new_label), ("Prospect", "Active"))

    def test_contacts_have_no_history_of_their_own(self):
        contact = self.new_contact(self.weber)
        self.weber.client_status_id = self.active
        contact.client_rating = "4"
        contact.client_status_id = self.vip
        another = self.new_contact(self.weber, client_status_id=self.inactive.id)
        self.assertEqual(
            self.history(self.weber).mapped("qualifier"),
            ["client_status_id", "client_rating", "client_status_id"],
        )
        self.assertFalse(self.history(contact))
        self.assertFalse(self.history(another))

    def test_an_import_is_told_from_a_change_by_hand(self):
        self.as_colleague(self.Partner).with_context(import_file=True).load(
            [".id", "client_type_id"], [[str(self.weber.id), "Supplier"]]
        )
        line = self.history(self.weber)
        self.assertEqual(line.origin, "import")
        self.assertEqual(line.user_id, self.user)

    def test_fifty_clients_changed_in_the_list_have_fifty_lines(self):
        clients = self.Partner.create([{"name": f"Client {i}"} for i in range(50)])
        vals = {"client_status_id": self.vip.id}
        self.as_colleague(clients).web_save_multi([vals] * 50, {"name": {}})
        for client in clients:
            line = self.history(client)
            self.assertEqual((len(line), line.new_label), (1, "VIP"))

    def test_the_lines_of_many_clients_are_written_together(self):
        def queries(count):
            clients = self.Partner.create([{"name": "Client"} for _ in range(count)])
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.Change._log(
                [(client, None, "client_rating", "0", "5") for client in clients]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(2), queries(50))

    def test_values_are_read_in_the_language_of_the_reader(self):
        self.speak("fr_FR")
        self.vip.with_context(lang="fr_FR").name = "Très important"
        self.weber.client_status_id = self.vip
        line = self.history(self.weber)
        self.assertEqual(line.new_label, "VIP")
        self.assertEqual(line.with_context(lang="fr_FR").new_label, "Très important")

    def test_a_renamed_value_is_called_by_its_new_name(self):
        self.weber.client_criterion_1_id = self.vaud
        self.vaud.name = "Waadt"
        self.env.invalidate_all()
        self.assertEqual(self.history(self.weber).new_label, "Waadt")

    def test_a_deleted_value_is_called_what_it_was_called(self):
        self.weber.client_criterion_1_id = self.vaud
        self.weber.client_criterion_1_id = False
        self.vaud.unlink()
        self.assertEqual(self.history(self.weber).mapped("new_label"), ["Vaud", False])
        self.assertEqual(self.history(self.weber)[1].old_label, "Vaud")

    def test_the_form_of_the_client_shows_the_newest_first(self):
        self.weber.client_rating = "1"
        self.weber.client_rating = "2"
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.as_colleague().client_change_ids
        self.assertEqual(lines.mapped("new_value"), ["2", "1"])

    def test_nobody_writes_the_journal(self):
        self.weber.client_rating = "1"
        line = self.history(self.weber)
        for user in (self.user, self.new_manager()):
            lines = self.as_user(line, user)
            self.assertEqual(lines.new_value, "1", "reading is allowed")
            with self.assertRaises(AccessError):
                lines.write({"new_value": "5"})
            with self.assertRaises(AccessError):
                lines.unlink()
            with self.assertRaises(AccessError):
                lines.create(
                    {"partner_id": self.weber.id, "qualifier": "client_rating"}
                )

    def test_two_clients_that_are_merged_keep_both_histories(self):
        double = self.new_client("Weber Holzbau AG")
        self.weber.client_rating = "1"
        double.client_rating = "2"
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.weber + double).ids, self.weber)
        self.env.invalidate_all()
        self.assertFalse(double.exists())
        self.assertEqual(self.history(self.weber).mapped("new_value"), ["1", "2"])

    def test_a_deleted_client_takes_its_history_along(self):
        self.weber.client_rating = "1"
        line = self.history(self.weber)
        self.weber.unlink()
        self.assertFalse(line.exists())
