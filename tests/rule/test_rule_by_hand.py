"""By hand always wins, until something new happens."""

from datetime import timedelta

from odoo.tests import tagged

from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestByHand(RuleCase):
    def set_by_hand(self, client, status):
        self.wait()
        client.client_status_id = status
        self.wait()

    def test_no_night_undoes_what_a_person_has_set(self):
        self.switch_on("inactive", "business_again")
        client = self.client_with(self.active, ago=400)
        self.night()
        self.assertEqual(self.status_of(client), self.inactive)
        self.set_by_hand(client, self.active)
        for _night in range(3):
            self.wait(days=1)
            self.night()
        self.assertEqual(self.status_of(client), self.active)

    def test_after_new_business_the_rule_counts_again(self):
        rule = self.switch_on("inactive")
        client = self.client_with(self.active, ago=800)
        self.night()
        self.set_by_hand(client, self.active)
        self.bill(client, ago=500)  # written today, and long ago
        self.drain()
        self.wait(days=1)
        self.night()
        self.assertEqual(self.status_of(client), self.inactive)
        self.assertEqual(self.by_rule(client).rule_id, rule)
        self.assertEqual(len(self.by_rule(client)), 2)

    def test_back_to_prospect_by_hand_and_nothing_happens(self):
        self.switch_on("invoice_posted", "payment_received", "meeting_held")
        client = self.client_with(self.prospect)
        self.meeting(client)
        invoice = self.bill(client)
        self.pay(invoice)
        self.wait()
        self.set_by_hand(client, self.prospect)
        self.drain()
        self.night()
        self.assertEqual(self.status_of(client), self.prospect)

    def test_a_meeting_after_it_counts(self):
        self.switch_on("meeting_held")
        client = self.client_with(self.prospect)
        self.meeting(client)
        self.wait()
        self.drain()
        self.set_by_hand(client, self.prospect)
        self.night()
        self.assertEqual(self.status_of(client), self.prospect)
        self.meeting(client)
        self.wait()
        self.drain()
        self.assertEqual(self.status_of(client), self.active)

    def test_a_vip_by_revenue_whom_a_person_made_active_stays_active(self):
        self.switch_on("became_vip")
        client = self.client_with(self.active, ago=30)
        self.set_by_hand(client, self.active)
        self.set_by_hand(client, self.inactive)
        self.set_by_hand(client, self.active)
        self.company.client_window_months = 1
        self.Metric._refresh_and_run_rules(self.company)  # no class any more
        self.company.client_window_months = 12
        self.Metric._refresh_and_run_rules(
            self.company
        )  # VIP again, and nothing new happened
        self.assertEqual(client.client_revenue_class, "vip")
        self.assertEqual(self.status_of(client), self.active)

    def test_until_the_next_invoice_makes_a_vip_again(self):
        self.switch_on("became_vip")
        client = self.client_with(self.active, ago=400)
        self.set_by_hand(client, self.active)
        self.bill(client)
        self.drain()
        self.assertEqual(self.status_of(client), self.vip)

    def test_what_is_imported_is_set_by_hand(self):
        self.switch_on("inactive")
        client = self.client_with(self.prospect, ago=400)
        user = self.new_client_user()
        self.as_user(self.Partner, user).with_context(import_file=True).load(
            [".id", "client_status_id"], [[str(client.id), "Active"]]
        )
        self.wait()
        self.night()
        self.assertEqual(self.status_of(client), self.active)

    def test_who_was_inactive_needs_new_business_to_be_active_again(self):
        self.switch_on("business_again")
        client = self.client_with(self.active, ago=30)
        self.set_by_hand(client, self.inactive)
        self.drain()
        self.night()
        self.assertEqual(self.status_of(client), self.inactive)
        self.bill(client)
        self.wait()
        self.drain()
        self.assertEqual(self.status_of(client), self.active)

    def test_an_invoice_of_years_ago_is_no_business_again(self):
        self.switch_on("business_again")
        client = self.client_with(self.inactive)
        self.bill(client, ago=700)
        self.wait()
        self.drain()
        self.assertEqual(self.status_of(client), self.inactive)

    def test_a_pinned_client_is_never_touched(self):
        self.switch_on(*self.rules)
        for status in (self.prospect, self.active, self.vip, self.inactive):
            client = self.client_with(status, f"Pinned {status.name}", ago=400)
            client.action_toggle_client_status_pin()
            self.meeting(client)
            self.pay(self.bill(client))
            self.wait()
            self.drain()
            self.night()
            self.assertEqual(self.status_of(client), status)
            self.assertFalse(self.by_rule(client))

    def test_what_was_before_the_rule_was_switched_on_does_not_concern_it(self):
        client = self.client_with(self.active, ago=400)
        prospect = self.client_with(self.prospect, "Prospect")
        self.meeting(prospect)
        self.wait()
        rules = self.rules["inactive"] | self.rules["meeting_held"]
        rules.active = True
        self.wait(days=1)
        self.night()
        self.assertEqual(self.status_of(client), self.active)
        self.assertEqual(self.status_of(prospect), self.prospect)

    def test_a_client_becomes_inactive_in_the_night_after_the_months_are_over(self):
        rule = self.switch_on("inactive")
        rule.months = 3
        client = self.client_with(self.active, ago=80)
        last = self.env["account.move"].search([("partner_id", "=", client.id)])
        self.bill(client, ago=200)
        self.night()
        self.assertEqual(self.status_of(client), self.active)
        self.patch(type(self.Metric), "_today", lambda *args: self.days_ago(-20))
        self.wait(days=20)
        self.night()
        self.assertEqual(self.status_of(client), self.inactive)
        line = self.by_rule(client)
        self.assertEqual((line.res_model, line.res_id), ("account.move", last.id))
        self.assertEqual(line.document_name, last.display_name)


@tagged("post_install", "-at_install")
class TestMeetings(RuleCase):
    """A meeting is held when its end has passed, and nobody writes that down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules["meeting_held"].write({"active": True})
        cls.weber = cls.new_client()
        cls.meyer = cls.new_client("Meyer Metallbau")

    def test_a_meeting_counts_when_it_is_over(self):
        event = self.meeting(self.weber, minutes=60)
        self.wait(minutes=59)
        self.drain()
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.wait(minutes=2)
        self.drain()
        self.assertEqual(self.status_of(self.weber), self.active)
        line = self.by_rule(self.weber)
        self.assertEqual((line.res_model, line.res_id), ("calendar.event", event.id))

    def test_the_night_finds_what_the_cron_has_missed(self):
        self.meeting(self.weber)
        self.drain()
        self.wait(days=9)
        self.drain()
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.night()
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_who_declined_was_not_there(self):
        event = self.meeting(self.weber, self.meyer)
        own = event.attendee_ids.filtered(lambda one: one.partner_id == self.weber)
        own.do_decline()
        self.wait()
        self.night()
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertEqual(self.status_of(self.meyer), self.active)

    def test_a_meeting_with_contacts_of_several_clients(self):
        anna = self.new_contact(self.weber)
        bert = self.new_contact(self.meyer, "Bert Meyer")
        self.meeting(anna, bert)
        self.wait()
        self.drain()
        for client in (self.weber, self.meyer):
            self.assertEqual(self.status_of(client), self.active)
            self.assertEqual(len(self.by_rule(client)), 1)

    def test_the_meetings_of_a_series_count_one_by_one(self):
        event = self.meeting(self.weber)
        event.write({"start": event.start + timedelta(days=7)})
        self.wait()
        self.night()
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.wait(days=7)
        self.night()
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_cancelled_meeting_was_not_held(self):
        self.meeting(self.weber).active = False
        self.wait()
        self.night()
        self.assertEqual(self.status_of(self.weber), self.prospect)

    def test_a_meeting_of_the_other_company_counts_there(self):
        self.meeting(self.weber, user=self.other_seller)
        self.wait()
        self.night()
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertEqual(self.status_of(self.weber, self.other_company), self.active)

    def test_a_meeting_brings_an_inactive_client_back(self):
        self.rules["business_again"].active = True
        self.weber.client_status_id = self.inactive
        self.wait()
        self.meeting(self.weber)
        self.wait()
        self.drain()
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_the_cron_looks_for_meetings_that_are_over(self):
        self.meeting(self.weber)
        self.env.flush_all()
        self.wait()
        cron = self.env.ref("client_segmentation.client_metric_queue_cron")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.status_of(self.weber), self.active)
