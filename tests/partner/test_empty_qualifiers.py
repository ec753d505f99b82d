from odoo.tests import tagged

from ..common import ImportCase, InvoicingCase


@tagged("post_install", "-at_install")
class TestEmptyQualifiers(ImportCase, InvoicingCase):
    """A client without a status or type has the default one, however it lost it."""

    COLUMNS = ("name", "client_status_id", "client_type_id")

    def load(self, *rows, names=COLUMNS):
        result = self.Partner.load(list(names), [list(row) for row in rows])
        self.assertFalse(result["messages"])
        return self.Partner.browse(result["ids"])

    def assertDefault(self, partners):
        self.env.flush_all()
        self.env.invalidate_all()
        for partner in partners:
            self.assertEqual(self.status_of(partner), self.prospect)
            self.assertEqual(partner.client_type_id, self.type_prospect)
        found = self.Partner.search(
            [
                ("id", "in", partners.ids),
                ("client_status_id", "=", self.prospect.id),
                ("client_type_id", "=", self.type_prospect.id),
            ]
        )
        self.assertEqual(found, partners)

    def test_an_empty_cell_of_a_new_client(self):
        self.assertDefault(self.load(["One", "", ""], ["Two", "", ""]))

    def test_an_empty_cell_of_a_client_that_exists(self):
        values = {"client_status_id": self.vip, "client_type_id": self.type_supplier}
        client = self.new_client(**{name: value.id for name, value in values.items()})
        names = [".id", *self.COLUMNS]
        self.load([str(client.id), "New name", "", ""], names=names)
        self.assertDefault(client)
        self.assertEqual(client.name, "New name")
        [line] = self.history(client, "client_status_id")[-1:]
        self.assertEqual((line.old_name, line.new_name), ("VIP", "Prospect"))

    def test_rules_go_on_from_an_empty_cell(self):
        client = self.load(["Big", "", ""]).with_env(self.env)
        client.is_company = True
        self.invoice(client)
        self.assertEqual(self.status_of(client), self.active)
        self.env["client.metric.queue"]._drain()
        self.env.invalidate_all()
        self.assertEqual(client.client_revenue_class, "vip")
        self.assertEqual(self.status_of(client), self.vip)

    def test_an_rpc_caller_empties_nothing(self):
        user = self.as_user(self.Partner, self.user)
        empty = {"client_status_id": False, "client_type_id": False}
        created = user.create({"name": "One", **empty})
        self.assertDefault(created.sudo(False).with_env(self.env))
        defaults = {f"default_{name}": value for name, value in empty.items()}
        created = user.with_context(**defaults).create({"name": "Two"})
        self.assertDefault(created.with_env(self.env))
        client = self.new_client(client_status_id=self.vip.id)
        client.with_env(user.env).write(empty)
        self.assertDefault(client)

    def test_the_default_of_each_company(self):
        self.env["ir.default"].set(
            "res.partner",
            "client_status_id",
            self.inactive.id,
            company_id=self.other_company.id,
        )
        client = self.new_client(client_status_id=self.vip.id)
        for company, status in (
            (self.company, self.prospect),
            (self.other_company, self.inactive),
        ):
            client.with_company(company).client_status_id = self.vip
            client.with_company(company).client_status_id = False
            self.assertEqual(self.status_of(client, company), status)

    def test_an_empty_cell_of_a_contact_changes_nothing(self):
        client = self.new_client(
            client_status_id=self.vip.id, client_type_id=self.type_supplier.id
        )
        contact = self.new_contact(client)
        other = self.new_client("Other", client_status_id=self.vip.id)
        names = [".id", *self.COLUMNS]
        self.load([str(contact.id), "Anna", "", ""], names=names)
        (contact + other).write({"client_status_id": False, "client_key_note": "Note"})
        for partner in (client, contact):
            self.assertEqual(self.status_of(partner), self.vip)
            self.assertEqual(partner.client_type_id, self.type_supplier)
            self.assertEqual(partner.client_key_note, "Note")
        self.assertEqual(self.status_of(other), self.prospect)
        self.assertEqual(other.client_key_note, "Note")

    def test_a_new_contact_has_the_values_of_its_client(self):
        client = self.new_client(
            client_status_id=self.vip.id, client_type_id=self.type_supplier.id
        )
        names = ["name", "parent_id/.id", *self.COLUMNS[1:]]
        contact = self.load(["Anna", str(client.id), "", ""], names=names)
        for partner in (client, contact):
            self.assertEqual(self.status_of(partner), self.vip)
            self.assertEqual(partner.client_type_id, self.type_supplier)

    def test_a_form_fills_in_the_default(self):
        with self.form(self.new_client(client_type_id=self.type_supplier.id)) as form:
            form.client_type_id = self.env["client.type"]
        self.assertDefault(form.record)

    def test_values_that_were_empty_before_are_filled_in_by_the_update(self):
        client = self.new_client()
        contact = self.new_contact(client)
        blocked = self.new_client("Other", client_status_id=self.vip.id)
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE res_partner
               SET client_type_id = NULL,
                   client_status_id = COALESCE(client_status_id, '{}')
                                      || jsonb_build_object(%s, NULL)
             WHERE id IN %s
            """,
            [str(self.company.id), (client + contact)._ids],
        )
        self.env.invalidate_all()
        self.assertFalse(client.client_type_id)
        self.migrate("empty_qualifiers")
        self.assertDefault(client + contact)
        self.assertEqual(self.status_of(blocked), self.vip)
