from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ...models.rule.runner import RuleRunner
from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestFirstInvoice(InvoicingCase):
    """The first invoice makes a prospect an active client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._ours("client_status_rule_first_invoice")
        cls.weber = cls.new_client()

    def apply(self, clients):
        runner = RuleRunner(self.env, self.company)
        documents = dict.fromkeys(clients.ids)
        runner.set_status(self.rule._spec(), documents, "account.move")

    def test_the_first_invoice_makes_a_prospect_active_at_once(self):
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)
        domain = [("client_status_id", "=", self.active.id)]
        self.assertIn(self.weber, self.Partner.search(domain))

    def test_the_journal_names_the_rule_and_the_invoice(self):
        invoice = self.invoice(self.weber)
        line = self.history(self.weber, "client_status_id")
        self.assertEqual(len(line), 1)
        self.assertEqual((line.old_label, line.new_label), ("Prospect", "Active"))
        self.assertEqual(line.origin, "rule")
        self.assertEqual(line.rule_id, self.rule)
        self.assertEqual(line.company_id, self.company)
        self.assertEqual(line.user_id, self.env.user)
        self.assertEqual(line.document_name, invoice.display_name)
        action = line.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("account.move", invoice.id)
        )

    def test_who_may_not_read_the_invoice_does_not_see_its_name(self):
        self.invoice(self.weber)
        line = self.history(self.weber, "client_status_id")
        own = self.as_user(line, self.new_client_user())
        self.assertEqual(own.new_label, "Active", "the line itself is for them")
        self.assertFalse(own.document_name)

    def test_whom_a_rule_hides_the_invoice_from_does_not_see_its_name(self):
        self.invoice(self.weber)
        line = self.history(self.weber, "client_status_id")
        accountant = self.new_accountant()
        own = self.as_user(line, accountant)
        self.assertTrue(own.document_name)
        self.env["ir.rule"].create(
            {
                "name": "None of Weber",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "domain_force": f"[('partner_id', '!=', {self.weber.id})]",
            }
        )
        self.env.invalidate_all()
        self.assertFalse(own.document_name)

    def test_a_draft_changes_nothing(self):
        self.draft(self.weber)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertFalse(self.history(self.weber))

    def test_a_batch_of_invoices_changes_all_its_clients_and_no_other(self):
        clients = self.Partner.create([{"name": f"Client {i}"} for i in range(20)])
        bystander = self.new_client("Bystander")
        invoices = self.env["account.move"].union(
            *(self.draft(client) for client in clients for _ in range(2))
        )
        invoices.action_post()
        for client in clients:
            self.assertEqual(self.status_of(client), self.active)
            line = self.history(client, "client_status_id")
            self.assertEqual(len(line), 1, "one change, however many invoices")
            first = invoices.filtered(lambda i, c=client: i.partner_id == c)[0]
            self.assertEqual(line.res_id, first.id)
        self.assertEqual(self.status_of(bystander), self.prospect)

    def test_the_number_of_queries_does_not_grow_with_the_clients(self):
        def queries(count):
            clients = self.Partner.create([{"name": "Client"} for _ in range(count)])
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.apply(clients)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(2), queries(40))

    def test_a_state_written_directly_counts_as_posted(self):
        invoice = self.draft(self.weber)
        invoice.write({"state": "posted"})
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_an_invoice_for_a_contact_changes_the_client(self):
        contact = self.new_contact(self.weber)
        self.invoice(contact)
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual(self.status_of(contact), self.active)
        self.assertEqual(len(self.history(self.weber, "client_status_id")), 1)
        self.assertFalse(self.history(contact))

    def test_the_contacts_of_the_client_follow(self):
        contact = self.new_contact(self.weber)
        archived = self.new_contact(self.weber, "Former Employee", active=False)
        self.assertEqual(self.status_of(contact), self.prospect)
        self.invoice(self.weber)
        self.assertEqual(self.status_of(contact), self.active)
        self.assertEqual(self.status_of(archived), self.active)
        self.assertEqual(contact.client_type_id, self.type_client)

    def test_a_sales_receipt_counts_as_an_invoice(self):
        self.invoice(self.weber, "out_receipt")
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_credit_note_that_comes_first_changes_nothing(self):
        self.invoice(self.weber, "out_refund")
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertFalse(self.history(self.weber))

    def test_a_vendor_bill_changes_nothing(self):
        bill = self.invoice(self.weber, "in_invoice")
        self.assertEqual(bill.state, "posted")
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertFalse(self.history(self.weber))

    def test_an_invoice_of_the_future_counts_when_it_is_posted(self):
        later = fields.Date.today() + timedelta(days=40)
        invoice = self.draft(self.weber, invoice_date=later, date=later)
        invoice._post(soft=True)
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(self.status_of(self.weber), self.prospect)
        with freeze_time(later):
            invoice._post(soft=False)
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_type_prospect_becomes_client_and_the_journal_says_so(self):
        self.weber.client_type_id = self.type_prospect
        self.invoice(self.weber)
        self.assertEqual(self.weber.client_type_id, self.type_client)
        line = self.history(self.weber, "client_type_id")
        self.assertEqual((line.old_label, line.new_label), ("Prospect", "Client"))
        self.assertEqual((line.origin, line.rule_id), ("rule", self.rule))
        self.assertFalse(line.company_id, "the type is the same for all companies")

    def test_a_supplier_stays_a_supplier(self):
        self.weber.client_type_id = self.type_supplier
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual(self.weber.client_type_id, self.type_supplier)

    def test_a_vip_stays_a_vip(self):
        self.weber.client_status_id = self.vip
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.vip)
        self.assertEqual(
            self.history(self.weber, "client_status_id").mapped("origin"), ["hand"]
        )

    def test_a_status_that_was_given_a_moment_ago_counts(self):
        self.weber.client_status_id = self.vip  # in memory only, so far
        self.apply(self.weber)
        self.assertEqual(self.status_of(self.weber), self.vip)

    def test_a_contact_that_joined_a_moment_ago_follows(self):
        person = self.Partner.create({"name": "Anna"})
        self.env.flush_all()
        person.parent_id = self.weber  # in memory only, so far
        self.apply(self.weber)
        self.assertEqual(self.status_of(person), self.active)

    def test_a_client_reset_to_prospect_stays_so_when_the_invoice_is_posted_again(self):
        invoice = self.invoice(self.weber)
        self.weber.client_status_id = self.prospect
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self.status_of(self.weber), self.prospect)

    def test_a_client_reset_to_prospect_becomes_active_with_a_new_invoice(self):
        self.invoice(self.weber)
        self.weber.client_status_id = self.prospect
        new = self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)
        last = self.history(self.weber, "client_status_id")[-1]
        self.assertEqual((last.origin, last.res_id), ("rule", new.id))

    def test_somebody_who_may_not_change_contacts_may_post(self):
        accountant = self.new_accountant()
        self.assertFalse(self.as_user(self.weber, accountant).has_access("write"))
        invoice = self.as_user(self.draft(self.weber), accountant)
        invoice.action_post()
        self.assertEqual(self.status_of(self.weber), self.active)
        line = self.history(self.weber, "client_status_id")
        self.assertEqual(line.user_id, accountant)

    def test_the_other_company_learns_nothing(self):
        self.invoice(self.weber)
        other = self.other_company
        self.assertEqual(self.status_of(self.weber, other), self.prospect)
        self.invoice(self.weber, company=other)
        self.assertEqual(self.status_of(self.weber, other), self.active)
        lines = self.history(self.weber, "client_status_id")
        self.assertEqual(lines.company_id, self.company + other)
        self.assertEqual(len(lines), 2)

    def test_the_status_in_the_other_company_is_kept(self):
        other = self.other_company
        self.weber.with_company(other).client_status_id = self.inactive
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber, other), self.inactive)
        self.assertEqual(self.status_of(self.weber), self.active)
