from datetime import datetime, time, timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import SQL

from .rule_case import RuleCase

# Days between the steps of the story, and its length: three years.
STEP = 30
STEPS = 37


@tagged("post_install", "-at_install")
class TestDayOne(RuleCase):
    """Clients whose history began before the rules get the status and the type that the
    rules would have set along the way.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.env["client.status.rule"]
        cls.shipped = [name for name in cls.rules if name != "meeting_held"]

    def setUp(self):
        super().setUp()
        self.switch_on(*self.shipped)

    def statuses(self, clients):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            client.name: (client.client_status_id.name, client.client_type_id.name)
            for client in clients
        }

    def forget(self, clients):
        """As if the addon had not been there."""
        self.env.flush_all()
        for query in (
            "UPDATE res_partner SET client_status_id = NULL, client_type_id = %(type)s"
            " WHERE id = ANY(%(ids)s)",
            "DELETE FROM client_change WHERE partner_id = ANY(%(ids)s)",
            "UPDATE client_metric SET business_at = NULL, business_date = NULL"
            " WHERE partner_id = ANY(%(ids)s)",
        ):
            self.env.cr.execute(
                query, {"ids": clients.ids, "type": self.type_prospect.id}
            )
        self.env.invalidate_all()

    # The story of three years

    def tell(self, story):
        """Let the story happen, with a posting, a drain and a night in each step.

        :param story: dict by name of a client: function of the number of the step
        """
        last = self.today
        self.addCleanup(setattr, type(self), "today", last)
        clients = self.Partner.union(*(self.new_client(name) for name in story))
        for step in range(STEPS):
            type(self).today = last - timedelta(days=STEP * (STEPS - 1 - step))
            self.clock.move_to(datetime.combine(self.today, time(9)))
            for client in clients:
                story[client.name](self, client, step)
            self.wait()
            self.drain()
            self.wait()
            self.Metric._refresh_and_run_rules(self.company)
        return clients

    def test_a_story_of_three_years(self):
        """The same clients, with the rules along the way and without them."""

        def buys(amount, *steps):
            def happens(case, client, step):
                if step in steps:
                    case.bill(client, amount)

            return happens

        def repents(case, client, step):
            if step == 5:
                case.reverse(case.bill(client, 900))

        def pays_in_advance(case, client, step):
            if step == 30:
                case.advance(client)

        def meets(case, client, step):
            if step == 30:
                case.meeting(client)

        always = range(STEPS)
        clients = self.tell(
            {
                "Large": buys(5000, *always),
                "Large long ago": buys(9000, *range(10)),
                "Large, then small": lambda case, client, step: buys(
                    9000 if step < 10 else 5, *always
                )(case, client, step),
                "Small": buys(10, *always),
                "Back after a pause": buys(10, 0, 1, 30),
                "Back after a pause and large": buys(40000, 0, 34),
                "Silent": buys(10, 3, 20),
                "New": buys(10, 35),
                "Repented": repents,
                "Paid in advance": pays_in_advance,
                "Met": meets,
                "Nobody": lambda *_args: None,
            }
        )
        along = self.statuses(clients)
        prospect, customer = self.type_prospect.name, self.type_client.name
        self.assertEqual(
            along,
            {
                "Large": ("VIP", customer),
                "Large long ago": ("Inactive", customer),
                "Large, then small": ("Active", customer),
                "Small": ("Active", customer),
                "Back after a pause": ("Active", customer),
                "Back after a pause and large": ("VIP", customer),
                "Silent": ("Inactive", customer),
                "New": ("Active", customer),
                "Repented": ("Inactive", customer),
                "Paid in advance": ("Active", customer),
                "Met": ("Prospect", prospect),
                "Nobody": ("Prospect", prospect),
            },
        )
        self.forget(clients)
        self.assertEqual(set(self.statuses(clients).values()), {("Prospect", prospect)})
        stored = self.installed(clients)
        self.assertEqual({name: along[name] for name in stored}, stored)
        self.assertEqual(set(along) - set(stored), {"Met", "Nobody"})
        self.forget(clients)
        self.Rule._begin(self.company)
        self.assertEqual(self.statuses(clients), along)
        # Later nights leave it.
        self.wait()
        self.night()
        self.assertEqual(self.statuses(clients), along)

    def installed(self, clients):
        """:return: the statuses that the installation would set"""
        self.env.cr.execute(
            "CREATE TEMP TABLE beginnings (partner_id int, company_id int,"
            " status_id int, type_id int)"
        )
        self.Rule._store_beginnings(self.company, "beginnings")
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, status_id, type_id FROM beginnings"
                " WHERE company_id = %s AND partner_id = ANY(%s)",
                self.company.id,
                clients.ids,
            )
        )
        self.env.cr.execute("DROP TABLE beginnings")
        statuses, types = self.env["client.status"], self.env["client.type"]
        return {
            self.Partner.browse(client).name: (
                statuses.browse(status).name,
                types.browse(kind).name,
            )
            for client, status, kind in rows
        }

    def advance(self, client):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": client.id,
                "amount": 50,
                "date": self.today,
                "journal_id": self.env["account.journal"]
                .search(
                    [("type", "=", "bank"), ("company_id", "=", self.company.id)],
                    limit=1,
                )
                .id,
            }
        )
        payment.action_post()

    # Who decides

    def test_what_somebody_has_set_stays(self):
        hand, pinned, free, ruled = (
            self.new_client(name) for name in ("Hand", "Pinned", "Free", "Ruled")
        )
        self.all_rules.active = False
        for client in (hand, pinned, free, ruled):
            self.bill(client, 10, ago=30)
        self.drain()
        hand.client_status_id = self.vip
        self.wait()
        hand.client_status_id = self.prospect
        pinned.client_status_pinned = True
        ruled.client_status_id = self.inactive
        hand.client_type_id = self.type_supplier
        self.switch_on(*self.shipped)
        self.Rule._begin(self.company)
        self.assertEqual(
            [client.client_status_id for client in (hand, pinned, free, ruled)],
            [self.prospect, self.prospect, self.vip, self.inactive],
        )
        self.assertEqual(free.client_type_id, self.type_client)
        self.assertEqual(hand.client_type_id, self.type_supplier)

    def test_a_type_that_somebody_has_set_stays(self):
        client = self.new_client(client_type_id=self.type_supplier.id)
        client.client_type_id = self.type_prospect
        self.all_rules.active = False
        self.bill(client, ago=30)
        self.drain()
        self.switch_on(*self.shipped)
        self.Rule._begin(self.company)
        self.assertEqual(client.client_status_id, self.vip)
        self.assertEqual(client.client_type_id, self.type_prospect)

    def test_nothing_while_the_automation_is_off(self):
        client = self.new_client()
        self.company.client_automation = False
        self.bill(client, ago=30)
        self.drain()
        self.Rule._begin(self.company)
        self.assertEqual(client.client_status_id, self.prospect)

    def test_the_filter_of_a_rule_counts(self):
        swiss, other = self.new_client("Swiss", city="Bern"), self.new_client("Other")
        self.all_rules.active = False
        for client in (swiss, other):
            self.bill(client, ago=30)
        self.drain()
        [rule] = self.switch_on("invoice_posted")
        rule.filter_domain = "[('city', '=', 'Bern')]"
        self.Rule._begin(self.company)
        self.assertEqual(swiss.client_status_id, self.active)
        self.assertEqual(other.client_status_id, self.prospect)

    # Clients that arrive with history

    def test_a_contact_that_joins(self):
        company, person = self.new_client(), self.Partner.create({"name": "Freelancer"})
        self.bill(person, 70, ago=5)
        self.wait()
        person.parent_id = company
        self.wait()
        self.drain()
        self.assertEqual(company.client_status_id, self.vip)
        self.assertEqual(company.client_type_id, self.type_client)
        self.assertEqual(person.client_status_id, self.vip)
        lines = self.by_rule(company)
        self.assertEqual(lines.mapped("new_name"), ["VIP"])
        self.assertTrue(lines.rule_id)

    def test_a_contact_that_joins_a_client_with_a_status(self):
        company, person = self.new_client(), self.Partner.create({"name": "Freelancer"})
        company.client_status_id = self.inactive
        self.wait(days=1)
        self.bill(person, 70, ago=30)
        self.drain()
        person.parent_id = company
        self.drain()
        self.assertEqual(company.client_status_id, self.inactive)

    def test_a_merge(self):
        kept, gone = self.new_client("Kept"), self.new_client("Gone")
        self.bill(gone, 70, ago=500)
        self.wait()
        self.drain()
        self.assertEqual(gone.client_status_id, self.inactive)
        self.merge(kept, gone)
        self.drain()
        self.assertEqual(kept.client_status_id, self.inactive)
        by_hand, other = self.new_client("By hand"), self.new_client("Other")
        by_hand.client_status_id = self.active
        self.bill(other, 70, ago=500)
        self.drain()
        self.merge(by_hand, other)
        self.drain()
        self.assertEqual(by_hand.client_status_id, self.active)

    def merge(self, kept, gone):
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((kept | gone).ids)],
                "dst_partner_id": kept.id,
            }
        ).action_merge()
        self.env.invalidate_all()

    def test_a_contact_that_becomes_a_client(self):
        """The history of its former company is not its own."""
        company = self.new_client()
        contact = self.new_contact(company)
        self.bill(contact, 70, ago=5)
        self.drain()
        self.assertEqual(contact.client_status_id, self.vip)
        contact.parent_id = False
        self.drain()
        self.assertEqual(contact.client_status_id, self.prospect)
        self.assertEqual(contact.client_type_id, self.type_prospect)
        self.assertEqual(company.client_status_id, self.vip)

    def test_what_a_person_has_set_goes_with_a_contact(self):
        company = self.new_client()
        contact = self.new_contact(company)
        company.client_status_id = self.vip
        contact.is_company = True
        self.drain()
        self.assertEqual(contact.client_status_id, self.vip)

    def test_old_invoices_that_are_imported(self):
        """The rule for inactive clients is on since today."""
        rule = self.rules["inactive"]
        rule.starts_at = fields.Datetime.now()
        client = self.new_client()
        self.wait()
        self.bill(client, ago=800)
        self.assertEqual(client.client_status_id, self.active)
        self.wait()
        self.drain()
        self.assertEqual(client.client_status_id, self.inactive)
