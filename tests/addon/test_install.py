from odoo.tests import tagged
from odoo.tools import SQL

from ... import hooks
from ...engine.search import key as search_key
from ..common import ClientCase

FUNCTIONS = (
    "client_fold",
    "client_fold_german",
    "client_phone_key",
    "client_search_key",
)


@tagged("post_install", "-at_install")
class TestInstall(ClientCase):
    """Installed on a database that is in use, and uninstalled from it."""

    def existing(self, name, **values):
        """:return: a partner as it was before the addon was installed"""
        partner = self.Partner.create({"name": name, **values})
        self.before += partner
        return partner

    def setUp(self):
        super().setUp()
        self.before = self.Partner

    def install(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET client_type_id = NULL, client_rating = NULL,"
                " client_organisation = NULL WHERE id IN %s",
                self.before._ids,
            )
        )
        self.env.invalidate_all()
        hooks.post_init_hook(self.env)

    def test_partners_get_a_type_from_what_was_invoiced(self):
        client = self.existing("Client", customer_rank=3, supplier_rank=1)
        supplier = self.existing("Supplier", supplier_rank=1)
        nobody = self.existing("Nobody")
        self.install()
        self.assertEqual(client.client_type_id, self.type_client)
        self.assertEqual(supplier.client_type_id, self.type_supplier)
        self.assertEqual(nobody.client_type_id, self.type_prospect)

    def test_contacts_get_what_their_company_gets(self):
        client = self.existing("Client", customer_rank=3, is_company=True)
        contact = self.existing("Contact", parent_id=client.id)
        self.install()
        self.assertEqual(contact.client_type_id, self.type_client)
        self.assertEqual(contact.client_organisation, "company")

    def test_partners_get_a_kind_of_organisation(self):
        company = self.existing("Company", is_company=True)
        person = self.existing("Person")
        archived = self.existing("Archived", is_company=True, active=False)
        self.install()
        self.assertEqual(company.client_organisation, "company")
        self.assertEqual(person.client_organisation, "individual")
        self.assertEqual(archived.client_organisation, "company")

    def test_every_partner_is_a_prospect_without_a_write(self):
        partner = self.existing("Partner")
        self.install()
        self.assertEqual(self.status_of(partner), self.prospect)
        self.env.cr.execute(
            SQL("SELECT client_status_id FROM res_partner WHERE id = %s", partner.id)
        )
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_new_columns_come_with_no_star_for_everybody(self):
        partner = self.existing("Partner")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE res_partner DROP COLUMN client_rating")
        hooks.pre_init_hook(self.env)
        self.env.invalidate_all()
        self.assertEqual(partner.client_rating, "0")
        self.assertEqual(self.Partner.create({"name": "New"}).client_rating, "0")

    def foreign_keys(self):
        query = """
            SELECT conname, pg_get_constraintdef(oid), convalidated
              FROM pg_constraint
             WHERE conrelid = 'client_metric'::regclass AND contype = 'f'
          ORDER BY conname
        """
        self.env.cr.execute(query)
        return self.env.cr.fetchall()

    def test_figures_are_of_clients_and_companies_that_exist(self):
        keys = self.foreign_keys()
        self.existing("Partner")
        self.install()
        self.assertIn("client_metric_partner_id_fkey", [name for name, *_rest in keys])
        self.assertEqual(self.foreign_keys(), keys)

    def test_the_first_step_may_be_taken_twice(self):
        rated = self.existing("Rated", client_rating="4")
        self.env.flush_all()
        hooks.pre_init_hook(self.env)
        self.env.invalidate_all()
        self.assertEqual(rated.client_rating, "4")

    def left_behind(self):
        query = SQL(
            "SELECT proname FROM pg_proc WHERE proname IN %s"
            " UNION ALL SELECT relname FROM pg_class WHERE relname IN %s",
            FUNCTIONS,
            (search_key.INDEX, search_key.PHONE_INDEX),
        )
        return sorted(name for (name,) in self.env.execute_query(query))

    def uninstall(self):
        """What the hook does to the registry goes with it when Odoo uninstalls."""
        registry = self.env.registry
        depends = dict(registry.field_depends)

        def restore():
            for field, paths in depends.items():
                registry.field_depends[field] = paths
            registry._discard_fields([])

        self.addCleanup(restore)
        hooks.uninstall_hook(self.env)

    def test_uninstalled_it_leaves_no_function_and_no_index_behind(self):
        self.assertEqual(len(self.left_behind()), 6)
        self.uninstall()
        self.assertEqual(self.left_behind(), [])

    def test_uninstalled_the_search_of_odoo_itself_works(self):
        client = self.new_client("Zwicky", email="info@zwicky.example")
        self.env.flush_all()
        self.uninstall()
        # What `_search_display_name` is without the addon.
        stock = self.Partner._rec_names_search
        for text in ("zwick", "info@zwicky.example"):
            domain = ["|"] * (len(stock) - 1)
            domain += [(name, "ilike", text) for name in stock]
            self.assertEqual(self.Partner.search(domain), client)

    def test_an_update_brings_functions_and_indexes_back(self):
        client = self.new_client("Müller-Zwicky")
        self.uninstall()
        self.Partner.init()
        self.assertEqual(len(self.left_behind()), 6)
        domain = [("display_name", "ilike", "mueller-zwicky")]
        self.assertEqual(self.Partner.search(domain), client)
