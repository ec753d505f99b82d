"""Every rule, on every path that an invoice can take."""

from contextlib import closing
from datetime import timedelta

from odoo.tests import tagged

from .rule_case import TRIGGERS, RuleCase

# What each rule makes of the client, alone; a dash where the client stays as it is.
# Columns as in TRIGGERS; a client starts as the rule needs it, see `start`.
TABLE = """
posted                   Active  -       -  VIP  -       -         Active
state_written            Active  -       -  VIP  -       -         Active
batch_of_200             Active  -       -  VIP  -       -         Active
soft_posted_future       -       -       -  -    -       Inactive  -
auto_post_cron           Active  -       -  VIP  -       -         Active
reversed                 Active  -       -  -    -       -         Active
credit_note              -       -       -  -    Active  Inactive  -
paid_by_statement        Active  Active  -  VIP  -       -         Active
register_payment         Active  Active  -  VIP  -       -         Active
payment_then_reconcile   Active  Active  -  VIP  -       -         Active
unreconciled_and_again   Active  Active  -  VIP  -       -         Active
reset_and_posted_again   Active  -       -  VIP  -       -         Active
payment_reset_and_again  Active  Active  -  VIP  -       -         Active
"""
EXPECTED = {
    path: dict(zip(TRIGGERS, statuses, strict=True))
    for path, *statuses in (line.split() for line in TABLE.strip().splitlines())
}


@tagged("post_install", "-at_install")
class TestRulePaths(RuleCase):
    """One test a path; each of them tries the seven rules, one by one."""

    def start(self, trigger):
        """:return: a client as the rule needs it"""
        if trigger in ("invoice_posted", "payment_received", "meeting_held"):
            return self.client_with(self.prospect)
        if trigger == "became_vip":
            return self.client_with(self.active, ago=400)
        if trigger == "left_vip":  # VIP by an invoice of as much as the credit note
            return self.client_with(self.vip, ago=30)
        if trigger == "inactive":  # silent, but no night has passed
            return self.client_with(self.active, ago=400)
        return self.client_with(self.inactive, ago=400)

    def check(self, path):
        for trigger in TRIGGERS:
            with self.subTest(rule=trigger), closing(self.cr.savepoint()):
                self.clock.move_to(self.morning)
                self.switch_on(trigger)
                client = self.start(trigger)
                before = self.status_of(client).name
                getattr(self, path)(client)
                self.wait()
                self.drain()
                self.wait(hours=20)
                self.night()
                self.night()
                self.assert_status(client, before, EXPECTED[path][trigger])

    def assert_status(self, client, before, expected):
        self.env.invalidate_all()
        status = self.status_of(client).name
        lines = self.by_rule(client)
        if expected == "-":
            self.assertEqual(status, before)
            self.assertFalse(lines)
        else:
            self.assertEqual(status, expected)
            self.assertEqual(len(lines), 1, "one change, and one line")
            self.assertEqual((lines.old_label, lines.new_label), (before, expected))

    # The paths.

    def posted(self, client):
        return self.bill(client)

    def state_written(self, client):
        self.draft(client).write({"state": "posted"})

    def batch_of_200(self, client):
        drafts = self.drafts(client, 200)
        drafts.flush_recordset()
        # A transaction that fills empty tables tells the planner nothing about them:
        # Odoo's own queries on the batch would take minutes.
        self.env.cr.execute("ANALYZE account_move, account_move_line")
        drafts.action_post()

    def soft_posted_future(self, client):
        later = self.today + timedelta(days=40)
        self.draft(client, invoice_date=later, date=later)._post(soft=True)

    def auto_post_cron(self, client):
        self.draft(client, auto_post="at_date", date=self.today)
        with self.enter_registry_test_mode():
            self.env.ref(
                "account.ir_cron_auto_post_draft_entry"
            ).method_direct_trigger()

    def reversed(self, client):
        self.reverse(self.posted(client))

    def credit_note(self, client):
        self.bill(client, move_type="out_refund")

    def paid_by_statement(self, client):
        return self.statement(client, self.posted(client))

    def register_payment(self, client):
        return self.pay(self.posted(client))

    def payment_then_reconcile(self, client):
        payment = self.payment(client)
        payment.action_post()
        lines = self.open_lines(self.posted(client) | payment.move_id)
        lines.reconcile()

    def unreconciled_and_again(self, client):
        invoice = self.posted(client)
        entry = self.statement(client, invoice).move_id
        self.drain()
        lines = (invoice | entry).line_ids.filtered("reconciled")
        lines.remove_move_reconcile()
        self.drain()
        lines.reconcile()

    def reset_and_posted_again(self, client):
        invoice = self.posted(client)
        self.drain()
        invoice.button_draft()
        self.wait(hours=20)
        self.night()
        invoice.action_post()

    def payment_reset_and_again(self, client):
        payment = self.register_payment(client)
        self.drain()
        payment.action_draft()
        self.drain()
        payment.action_post()

    def payment(self, client):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)]
        )
        return self.env["account.payment"].create(
            {
                "partner_id": client.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": 100,
                "journal_id": journal.id,
                "date": self.today,
            }
        )

    def statement(self, client, invoice):
        """:return: a line of a bank statement that settles the invoice"""
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)]
        )
        open_line = self.open_lines(invoice)
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.today,
                "payment_ref": invoice.name,
                "amount": 100,
                "partner_id": client.id,
                "counterpart_account_id": open_line.account_id.id,
            }
        )
        (open_line | self.open_lines(line.move_id)).reconcile()
        return line

    # The tests.

    def test_an_invoice_is_posted(self):
        self.check("posted")

    def test_the_state_is_written_directly(self):
        self.check("state_written")

    def test_two_hundred_invoices_are_posted_together(self):
        self.check("batch_of_200")

    def test_an_invoice_of_the_future_is_posted_softly(self):
        self.check("soft_posted_future")

    def test_the_cron_posts_the_invoice(self):
        self.check("auto_post_cron")

    def test_the_invoice_is_reversed(self):
        self.check("reversed")

    def test_a_credit_note_alone(self):
        self.check("credit_note")

    def test_a_bank_statement_pays_the_invoice(self):
        self.check("paid_by_statement")

    def test_a_payment_is_registered(self):
        self.check("register_payment")

    def test_a_payment_that_is_reconciled_later(self):
        self.check("payment_then_reconcile")

    def test_a_payment_is_taken_off_the_invoice_and_put_on_again(self):
        self.check("unreconciled_and_again")

    def test_the_invoice_goes_back_to_draft_and_is_posted_again(self):
        self.check("reset_and_posted_again")

    def test_the_payment_goes_back_to_draft_and_is_posted_again(self):
        self.check("payment_reset_and_again")
