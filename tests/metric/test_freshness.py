from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestFreshness(EngineCase):
    """Whatever changes a figure queues its client: after the queue, the table equals a
    full computation. The figure must change, or the case would show nothing.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user("colleague", "base.group_user")
        cls.client = cls.new_client()
        cls.contact = cls.new_contact(cls.client)
        cls.companies = cls.company | cls.other_company

    def drain(self):
        self.env.flush_all()
        while self.Queue._drain():
            pass

    def assertFresh(self, change, label=None):
        """Do something, and compare the table after the queue with a full refresh."""
        for company in self.companies:
            self.Metric._refresh(company)
        self.drain()
        before = {company: self.table(company) for company in self.companies}
        change()
        self.drain()
        drained = {company: self.table(company) for company in self.companies}
        self.assertFalse(self.Metric.verify(self.companies), label)
        for company in self.companies:
            self.Metric._refresh(company)
        full = {company: self.table(company) for company in self.companies}
        self.assertNotEqual(before, full, (label, "changes no figure"))
        self.assertEqual(drained, full, label)

    # Documents

    def test_the_line_of_an_invoice_gets_another_partner(self):
        """What is owed and paid belongs to the partner of the line."""
        other = self.new_client("Other")
        self.bill(other, ago=3)
        invoice = self.bill(self.client, 100, ago=90)
        line = self.open_lines(invoice)

        def hand_over():
            line.partner_id = other

        self.assertFresh(hand_over)
        self.assertFresh(lambda: self.pay(invoice, ago=10))

    def test_fields_of_a_posted_invoice(self):
        other = self.new_client("Other")

        def redate(move):
            move.button_draft()
            move.invoice_date = self.days_ago(500)
            move._post(soft=False)

        def hand_over(move):
            move.button_draft()
            move.partner_id = other
            move._post(soft=False)

        for label, change in (
            ("day", redate),
            ("draft", lambda move: move.button_draft()),
            ("client", hand_over),
            ("reversed", lambda move: self.reverse(move)),
            ("paid", lambda move: self.pay(move)),
            ("paid at the bank", lambda move: self.bank_entry(move, 100)),
        ):
            invoice = self.bill(self.client, ago=20)
            with self.subTest(label):
                self.assertFresh(
                    lambda change=change, move=invoice: change(move), label
                )

    def test_the_day_of_a_payment_and_of_an_exchange_difference(self):
        """The entry of an exchange difference may be later than the payment."""
        invoice = self.bill(self.client, ago=70, currency_id=self.euro.id)
        payment = self.pay(invoice, ago=10, currency=self.euro)
        exchange = invoice.line_ids.matched_credit_ids.exchange_move_id
        self.assertTrue(exchange)

        def redate():
            payment.move_id.button_draft()
            payment.move_id.date = self.days_ago(3)
            payment.move_id._post(soft=False)

        self.assertFresh(redate, "payment")
        exchange.with_context(skip_readonly_check=True).date = self.days_ago(-20)
        self.drain()
        self.assertFalse(self.Metric.verify(self.companies))

    def test_due_dates(self):
        invoice = self.bill(self.client, ago=50)
        line = self.open_lines(invoice)

        def change():
            line.date_maturity = self.days_ago(-5)

        self.assertFresh(change)

    # Meetings

    def test_the_company_of_the_organiser(self):
        self.meet(self.client, ago=3)

        def change():
            self.seller.write(
                {
                    "company_ids": [Command.set(self.companies.ids)],
                    "company_id": self.other_company.id,
                }
            )

        self.assertFresh(change)

    def test_an_attendee_that_becomes_a_user_and_ceases_to_be_one(self):
        self.meet(self.contact, ago=3)
        users = []

        def become():
            users.append(
                self.new_user(
                    "anna",
                    "base.group_user",
                    partner_id=self.contact.id,
                    name="Anna",
                )
            )

        self.assertFresh(become, "becomes")
        user = users[0]

        def portal():
            user.group_ids = self.env.ref("base.group_portal")

        def internal():
            user.group_ids = self.env.ref("base.group_user")

        def by_the_group():
            self.env.ref("base.group_user").user_ids -= user

        def archive():
            user.active = False

        def restore():
            user.active = True

        self.assertFresh(portal, "portal")
        self.assertFresh(internal, "internal")
        self.assertFresh(archive, "archived")
        self.assertFresh(restore, "restored")
        self.assertFresh(by_the_group, "group")
        user.group_ids = self.env.ref("base.group_user")
        self.assertFresh(user.unlink, "deleted")

    def test_an_author_who_becomes_a_stranger(self):
        event = self.meet(self.client, ago=3)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE calendar_event SET create_uid = %s WHERE id = %s",
            [self.colleague.id, event.id],
        )
        self.env.invalidate_all()

        def change():
            self.colleague.write(
                {
                    "company_id": self.other_company.id,
                    "company_ids": [Command.set(self.other_company.ids)],
                }
            )

        self.assertFresh(change)

    def test_a_stranger_who_writes_last(self):
        event = self.meet(self.client, ago=3)

        def change():
            self.as_user(event, self.other_seller).sudo().with_user(
                self.other_seller
            ).name = "Renamed"

        self.assertFresh(change)

    def test_a_deleted_contact(self):
        self.meet(self.contact, ago=3)
        self.assertFresh(self.contact.unlink)

    def test_a_contact_that_goes_to_another_client(self):
        self.meet(self.contact, ago=3)
        other = self.new_client("Other")

        def change():
            self.contact.parent_id = other

        self.assertFresh(change)

    def test_fields_of_a_meeting(self):
        past, other = self.days_ago(200), self.other_seller
        for label, change in (
            ("moved", lambda event: self._move(event, past)),
            ("archived", lambda event: event.write({"active": False})),
            ("organiser", lambda event: event.write({"user_id": other.id})),
            (
                "guests",
                lambda event: event.write(
                    {"partner_ids": [Command.unlink(self.client.id)]}
                ),
            ),
            ("declined", lambda event: event.attendee_ids.write({"state": "declined"})),
            (
                "whole day",
                lambda event: event.write(
                    {"allday": True, "start_date": past, "stop_date": past}
                ),
            ),
            ("deleted", lambda event: event.unlink()),
        ):
            event = self.meet(self.client, ago=3)
            with self.subTest(label):
                self.assertFresh(
                    lambda change=change, event=event: change(event), label
                )
            event.exists().unlink()

    def _move(self, event, day):
        start = event.start.replace(year=day.year, month=day.month, day=day.day)
        event.write({"start": start, "stop": start + timedelta(hours=1)})

    # Limits

    def test_limits_outside_the_settings(self):
        self.bill(self.client, 100, ago=20)
        self.bill(self.new_client("Other"), 900, ago=20)
        for name, value in (
            ("client_window_months", 120),
            ("client_vip_share", 1),
            ("client_active_days", 5),
            ("client_payment_evidence", 1),
        ):
            self.bill(self.client, ago=500)

            def change(name=name, value=value):
                self.company.write({name: value})

            with self.subTest(name):
                self.assertFresh(change, name)

    # People's decisions

    def test_decisions(self):
        self.bill(self.client)

        def lose():
            self.client._decide_client_class("engagement", "lost", "Gone")

        def back():
            self.client._decide_client_class("engagement", False, False)

        self.assertFresh(lose)
        self.assertFresh(back)
