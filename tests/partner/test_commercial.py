from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestQualifiersOfTheClient(ClientCase):
    """What qualifies a client lives on the company and reaches its contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.values = {
            "client_type_id": cls.type_supplier.id,
            "client_organisation": "public",
            "client_criterion_1_id": cls.new_value(cls.region, "Vaud").id,
            "client_criterion_2_id": cls.new_value(cls.sector, "Health").id,
            "client_rating": "4",
            "client_key_note": "Call before noon",
            "client_source_id": cls.env["utm.source"].create({"name": "Fair"}).id,
            "client_since": "2020-05-01",
            "client_status_id": cls.vip.id,
            "client_status_pinned": True,
        }
        cls.weber = cls.new_client()

    def values_of(self, partner, company=None):
        self.env.flush_all()
        self.env.invalidate_all()
        partner = partner.with_company(company or self.company)
        return partner._convert_to_write(partner.read(list(self.values))[0])

    def assertSame(self, partner, client):
        expected = self.values_of(client)
        expected.pop("id")
        self.assertEqual(self.values_of(partner) | expected, self.values_of(partner))

    def test_a_contact_that_is_created_takes_them(self):
        self.weber.write(self.values)
        contact = self.new_contact(self.weber)
        self.assertSame(contact, self.weber)
        self.assertEqual(contact.client_rating, "4")

    def test_a_contact_that_is_created_with_others_takes_the_client_s(self):
        contact = self.new_contact(self.weber, **self.values)
        self.assertSame(contact, self.weber)
        self.assertEqual(self.status_of(contact), self.prospect)

    def test_contacts_created_together_with_their_client_take_them(self):
        client = self.new_client(child_ids=[(0, 0, {"name": "Anna"})], **self.values)
        self.assertSame(client.child_ids, client)

    def test_a_person_who_joins_a_company_takes_them(self):
        person = self.Partner.create({"name": "Anna"})
        self.weber.write(self.values)
        person.parent_id = self.weber
        self.assertSame(person, self.weber)

    def test_a_person_who_joins_loses_what_the_company_does_not_have(self):
        person = self.Partner.create({"name": "Anna", **self.values})
        person.parent_id = self.weber
        self.assertSame(person, self.weber)
        self.assertFalse(person.client_criterion_1_id)
        self.assertFalse(person.client_key_note)
        self.assertEqual(self.status_of(person), self.prospect)
        self.assertFalse(person.client_status_pinned)

    def test_a_person_who_joins_takes_the_status_in_every_company(self):
        other = self.other_company
        person = self.Partner.create({"name": "Anna"})
        self.weber.client_status_id = self.vip
        self.weber.with_company(other).client_status_id = self.inactive
        person.parent_id = self.weber
        self.assertEqual(self.status_of(person), self.vip)
        self.assertEqual(self.status_of(person, other), self.inactive)

    def test_a_contact_that_moves_takes_those_of_the_new_company(self):
        self.weber.write(self.values)
        contact = self.new_contact(self.weber)
        roth = self.new_client("Roth", client_rating="2")
        contact.parent_id = roth
        self.assertSame(contact, roth)
        self.assertEqual(self.weber.client_rating, "4")

    def test_a_contact_that_leaves_keeps_what_it_had(self):
        self.weber.write(self.values)
        contact = self.new_contact(self.weber)
        contact.parent_id = False
        self.assertEqual(contact.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(contact), self.vip)
        contact.client_rating = "1"
        self.assertEqual(self.weber.client_rating, "4", "two clients from now on")

    def test_a_change_of_the_client_reaches_all_its_contacts(self):
        contact = self.new_contact(self.weber)
        address = self.new_contact(contact, "Warehouse", type="delivery")
        self.weber.write(self.values)
        for partner in contact + address:
            self.assertSame(partner, self.weber)

    def test_a_change_on_a_contact_goes_to_the_client(self):
        contact, colleague = self.new_contact(self.weber), self.new_contact(self.weber)
        contact.write(self.values)
        self.assertEqual(self.weber.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(self.weber), self.vip)
        self.assertEqual(self.weber.client_key_note, "Call before noon")
        self.assertSame(contact, self.weber)
        self.assertSame(colleague, self.weber)

    def test_what_else_is_written_with_it_stays_on_the_contact(self):
        contact = self.new_contact(self.weber)
        contact.write({"client_rating": "3", "function": "Buyer"})
        self.assertEqual(self.weber.client_rating, "3")
        self.assertEqual(contact.function, "Buyer")
        self.assertFalse(self.weber.function)

    def test_a_selection_of_clients_and_contacts_changes_all_the_clients(self):
        roth = self.new_client("Roth")
        contact = self.new_contact(roth)
        (self.weber + contact).write({"client_rating": "5"})
        self.assertEqual(self.weber.client_rating, "5")
        self.assertEqual(roth.client_rating, "5")
        self.assertEqual(contact.client_rating, "5")

    def test_a_value_is_emptied_on_a_contact_for_the_client(self):
        self.weber.write(self.values)
        self.new_contact(self.weber).client_criterion_1_id = False
        self.assertFalse(self.weber.client_criterion_1_id)

    def test_the_status_is_kept_for_each_company_alone(self):
        contact, other = self.new_contact(self.weber), self.other_company
        self.weber.client_status_id = self.vip
        contact.with_company(other).client_status_id = self.inactive
        for partner in self.weber + contact:
            self.assertEqual(self.status_of(partner), self.vip)
            self.assertEqual(self.status_of(partner, other), self.inactive)

    def test_a_subsidiary_is_a_client_of_its_own(self):
        subsidiary = self.new_client("Weber Romandie", parent_id=self.weber.id)
        self.weber.write(self.values)
        self.assertEqual(subsidiary.client_rating, "0")
        self.assertEqual(self.status_of(subsidiary), self.prospect)
        subsidiary.client_rating = "2"
        self.assertEqual(self.weber.client_rating, "4")

    def test_the_client_file_lists_clients_and_not_their_contacts(self):
        contact = self.new_contact(self.weber)
        subsidiary = self.new_client("Weber Romandie", parent_id=self.weber.id)
        person = self.Partner.create({"name": "Private Person"})
        everybody = self.weber + contact + subsidiary + person
        clients = everybody - contact
        for value, expected in ((True, clients), (False, contact)):
            domain = [
                ("id", "in", everybody.ids),
                ("client_is_commercial", "=", value),
            ]
            self.assertEqual(set(self.Partner.search(domain)), set(expected))
            self.assertEqual(
                everybody.filtered(lambda p, v=value: p.client_is_commercial == v),
                expected,
            )

    def test_a_copy_starts_as_a_new_client(self):
        self.weber.write(self.values)
        copy = self.weber.copy()
        self.assertEqual(self.status_of(copy), self.prospect)
        self.assertFalse(copy.client_status_pinned)
        self.assertFalse(self.history(copy))


@tagged("post_install", "-at_install")
class TestKindOfOrganisation(ClientCase):
    """Company, individual or public sector."""

    def test_it_follows_whether_the_client_is_a_company(self):
        client = self.Partner.create({"name": "Weber"})
        self.assertEqual(client.client_organisation, "individual")
        client.is_company = True
        self.assertEqual(client.client_organisation, "company")
        client.is_company = False
        self.assertEqual(client.client_organisation, "individual")

    def test_the_public_sector_stays_so(self):
        client = self.new_client(client_organisation="public")
        self.assertEqual(client.client_organisation, "public")
        client.write({"name": "Commune de Vevey", "is_company": True})
        self.assertEqual(client.client_organisation, "public")

    def test_a_public_body_that_turns_out_to_be_a_person_is_an_individual(self):
        client = self.new_client(client_organisation="public")
        client.is_company = False
        self.assertEqual(client.client_organisation, "individual")

    def test_contacts_of_a_public_body_are_of_the_public_sector(self):
        client = self.new_client()
        contact = self.new_contact(client)
        self.assertEqual(contact.client_organisation, "company")
        client.client_organisation = "public"
        self.assertEqual(contact.client_organisation, "public")
