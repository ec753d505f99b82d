from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from ..rule.rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestMeetings(RuleCase):
    """A meeting says something about a client to the company of its organiser, if
    somebody of that company has written it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user("colleague", "base.group_user")
        cls.stranger = cls.new_user("stranger", "base.group_user", cls.other_company)
        cls.client = cls.new_client()

    def meet(self, author, organiser):
        """:return: a meeting of yesterday with the client"""
        start = datetime.now().replace(microsecond=0) - timedelta(days=1)
        guests = self.client | organiser.partner_id
        events = self.as_user(self.env["calendar.event"], author)
        return events.create(
            {
                "name": "Meeting",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": organiser.id,
                "partner_ids": [Command.set(guests.ids)],
            }
        )

    def last_meeting(self, company=None):
        self.drain()
        domain = [
            ("partner_id", "=", self.client.id),
            ("company_id", "=", (company or self.company).id),
        ]
        return self.Metric.search(domain).last_meeting_date

    def test_of_the_organiser(self):
        self.meet(self.seller, self.seller)
        self.assertEqual(self.last_meeting(), self.morning.date() - timedelta(days=1))
        self.assertFalse(self.last_meeting(self.other_company))

    def test_of_a_colleague(self):
        self.meet(self.colleague, self.seller)
        self.assertTrue(self.last_meeting())

    def test_of_a_colleague_who_works_there_as_well(self):
        both = self.new_user(
            "both", "base.group_user", self.other_company | self.company
        )
        self.meet(both, self.seller)
        self.assertTrue(self.last_meeting())

    def test_of_odoo_itself(self):
        """A calendar that is synchronised, an import of the past."""
        self.meet(self.env.ref("base.user_root"), self.seller)
        self.assertTrue(self.last_meeting())

    def test_not_of_a_stranger(self):
        for author, organiser in (
            (self.stranger, self.seller),
            (self.colleague, self.stranger),
        ):
            self.meet(author, organiser)
            self.assertFalse(self.last_meeting(), (author.name, organiser.name))
            self.assertFalse(self.last_meeting(self.other_company))

    def test_not_with_a_guest_whom_a_stranger_invites(self):
        own = self.meet(self.seller, self.seller)
        own.partner_ids -= self.client
        self.drain()
        self.assertFalse(self.last_meeting())
        self.as_user(own, self.stranger).with_context(
            allowed_company_ids=self.other_company.ids
        ).partner_ids |= self.client
        self.assertIn(self.client, own.partner_ids)
        self.assertFalse(self.last_meeting())

    def test_not_of_a_colleague_that_a_stranger_has_moved_into_the_past(self):
        start = datetime.now().replace(microsecond=0) + timedelta(days=30)
        event = self.meet(self.colleague, self.seller)
        event.write({"start": start, "stop": start + timedelta(hours=1)})
        self.assertFalse(self.last_meeting())
        past = start - timedelta(days=40)
        own = self.as_user(event, self.stranger)
        own.write({"start": past, "stop": past + timedelta(hours=1)})
        self.assertFalse(self.last_meeting())
        self.as_user(event, self.seller).name = "We have met"
        self.night()
        self.assertTrue(self.last_meeting())

    def test_a_stranger_moves_no_status(self):
        self.switch_on("meeting_held", "business_again")
        self.meet(self.stranger, self.seller)
        self.drain()
        self.assertEqual(self.client.client_status_id, self.prospect)
        self.meet(self.colleague, self.seller)
        self.drain()
        self.assertEqual(self.client.client_status_id, self.active)

    def test_nobody_moves_a_status_that_blocks(self):
        """It takes the right to unblock, and that is a person's."""
        on_hold = self.env["client.status"].create(
            {"name": "On hold", "blocks_documents": True}
        )
        rules = self.switch_on("meeting_held")
        rules.from_status_ids = False  # from every status
        for blocks, status in ((True, on_hold), (False, self.active)):
            on_hold.blocks_documents = blocks
            self.client = self.client_with(on_hold)
            self.wait(days=2)
            self.meet(self.seller, self.seller)
            self.drain()
            self.assertEqual(self.client.client_status_id, status)
