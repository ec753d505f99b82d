"""What the tests of the status rules have in common: the rules, and a clock."""

from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import Command

from ..metric.engine_case import EngineCase

LOGGER = "odoo.addons.client_segmentation.models.rule.runner"

# The XML id of the rule that we ship for each trigger.
SHIPPED = {
    "invoice_posted": "client_status_rule_first_invoice",
    "payment_received": "client_status_rule_first_payment",
    "meeting_held": "client_status_rule_first_meeting",
    "became_vip": "client_status_rule_became_vip",
    "left_vip": "client_status_rule_left_vip",
    "inactive": "client_status_rule_inactive",
    "business_again": "client_status_rule_business_again",
}
TRIGGERS = tuple(SHIPPED)


class RuleCase(EngineCase):
    """The seven rules of the addon are switched off; a test switches on the rules that
    it needs. It is nine o'clock in the morning, and only `wait` changes the time.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.company | cls.other_company).client_automation = True
        cls.rules = {trigger: cls._ours(xml_id) for trigger, xml_id in SHIPPED.items()}
        cls.all_rules = cls.env["client.status.rule"].union(*cls.rules.values())
        others = cls.env["client.status.rule"].search([]) - cls.all_rules
        (cls.all_rules | others).active = False
        cls.morning = datetime.combine(cls.today, time(9))
        freezer = freeze_time(cls.morning)
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)

    def setUp(self):
        super().setUp()
        self.clock.move_to(self.morning)

    def switch_on(self, *triggers):
        """Switch rules on, since long ago."""
        rules = self.all_rules.browse(self.rules[name].id for name in triggers)
        rules.write({"active": True, "starts_at": datetime(2000, 1, 1)})
        return rules

    def wait(self, **delta):
        self.clock.tick(timedelta(**(delta or {"hours": 1})))

    def client_with(self, status, name="Weber Holzbau", ago=None):
        """:return: a client that has had a status for an hour, and before that
        an invoice that is `ago` days old, which no rule has seen
        """
        client = self.new_client(name)
        if status != self.prospect:
            client.client_status_id = status
        if ago is not None:
            self.wait()
            switched_on = self.all_rules.filtered("active")
            switched_on.active = False
            self.bill(client, ago=ago)
            self.drain()
            switched_on.write({"active": True, "starts_at": datetime(2000, 1, 1)})
        self.wait()
        return client

    def drain(self):
        """What the cron does a moment after something has happened."""
        self.Queue._add_meetings(timedelta(days=1))
        while self.Queue._drain():
            pass

    def night(self):
        """What the cron does at night."""
        self.Queue._add_meetings()
        for company in self.company | self.other_company:
            self.Metric._refresh_and_run_rules(company)
        self.drain()

    def by_rule(self, client):
        """:return: the journal lines that rules wrote about the status, oldest first"""
        lines = self.history(client, "client_status_id")
        return lines.filtered(lambda line: line.origin == "rule")

    def drafts(self, *clients_and_count):
        """:return: `count` drafts of 100 for these clients, in turn"""
        *clients, count = clients_and_count
        return self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": clients[number % len(clients)].id,
                    "invoice_date": self.today,
                    "invoice_line_ids": [
                        Command.create({"name": "Work", "price_unit": 100})
                    ],
                }
                for number in range(count)
            ]
        )

    def meeting(self, *partners, minutes=30, user=None):
        """:return: a meeting that begins now"""
        user = user or self.seller
        start = datetime.now().replace(microsecond=0)
        attendees = self.Partner.union(*partners) | user.partner_id
        return self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": start,
                "stop": start + timedelta(minutes=minutes),
                "user_id": user.id,
                "partner_ids": [Command.set(attendees.ids)],
            }
        )
