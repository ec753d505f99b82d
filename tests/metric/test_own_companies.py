"""Partners that are companies of the database are no clients, unless a setting of the
company says so.
"""

from ast import literal_eval

from odoo import Command
from odoo.tests import Form, tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestOwnCompanies(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.new_client()
        cls.sister = cls.Partner.browse(cls.other_company.partner_id.id)

    def drain(self):
        while self.Queue._drain():
            pass

    def ranked(self, company=None):
        """:return: dict of ranks by name of the client, of those with figures"""
        table = self.table(company or self.company)
        return {
            self.Partner.browse(client).name: row["revenue_rank"]
            for client, row in table.items()
        }

    def settings(self, **values):
        self.env["res.config.settings"].create(values).execute()
        self.drain()

    def test_a_company_of_the_database_has_no_figures_and_no_rank(self):
        self.bill(self.sister, 5000)
        self.bill(self.client, 100)
        self.meet(self.sister, ago=3)
        self.drain()
        self.assertEqual(self.ranked(), {"Weber Holzbau": 1})
        share = self.table(self.company)[self.client.id]["revenue_share"]
        self.assertEqual(share, 100)
        self.assertFalse(self.Metric.verify(self.company))

    def test_the_setting_counts_them_and_is_for_one_company(self):
        self.bill(self.sister, 5000)
        self.bill(self.client, 100)
        self.bill(self.company.partner_id, 70, company=self.other_company)
        self.drain()
        self.settings(client_own_companies=True)
        self.assertEqual(self.ranked(), {"Agence Meuse": 1, "Weber Holzbau": 2})
        self.assertEqual(self.ranked(self.other_company), {})
        self.settings(client_own_companies=False)
        self.assertEqual(self.ranked(), {"Weber Holzbau": 1})

    def test_what_if_shows_the_setting_before_it_is_saved(self):
        self.bill(self.sister, 5000)
        self.bill(self.client, 100)
        self.drain()
        preview = self.env["client.what.if"].preview({"own_companies": True})
        self.assertEqual(preview["changes"], {"own_companies": True})
        [revenue] = [
            each for each in preview["classes"] if each["name"] == "revenue_class"
        ]
        after = {each["value"]: each["after"]["revenue"] for each in revenue["values"]}
        self.assertEqual((after["vip"], after["small"]), (5000, 100))
        [vip] = [each for each in revenue["values"] if each["value"] == "vip"]
        self.assertEqual(vip["enter"]["count"], 1)
        action = self.env["client.analysis"].open_clients(vip["enter"]["cell"])
        self.assertEqual(self.Partner.search(action["domain"]), self.sister)

    def test_a_client_that_becomes_a_company_is_no_client_any_more(self):
        meyer = self.new_client("Meyer Metallbau")
        self.bill(meyer, 5000)
        self.bill(self.client, 100)
        self.drain()
        self.assertEqual(self.ranked(), {"Meyer Metallbau": 1, "Weber Holzbau": 2})
        company = self.env["res.company"].create(
            {"name": "Meyer Metallbau", "partner_id": meyer.id}
        )
        self.drain()
        self.assertEqual(self.ranked(), {"Weber Holzbau": 1})
        self.assertEqual(self.Metric._refresh(self.company)["written"], 0)

        users = self.env["res.users"].search([("company_ids", "in", company.ids)])
        users.company_ids = [Command.unlink(company.id)]
        company.unlink()
        self.drain()
        self.assertEqual(self.ranked(), {"Meyer Metallbau": 1, "Weber Holzbau": 2})
        self.assertEqual(self.Metric._refresh(self.company)["written"], 0)

    def test_a_company_that_gets_another_partner(self):
        meyer = self.new_client("Meyer Metallbau")
        self.bill(meyer, 5000)
        self.bill(self.sister, 100)
        self.drain()
        self.other_company.partner_id = meyer
        self.drain()
        self.assertEqual(self.ranked(), {"Agence Meuse": 1})

    def test_a_client_that_is_merged_with_a_company(self):
        self.bill(self.client, 100)
        self.drain()
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((self.client | self.sister).ids)],
                "dst_partner_id": self.client.id,
            }
        ).action_merge()
        self.drain()
        self.assertEqual(self.other_company.partner_id, self.client)
        self.assertEqual(self.ranked(), {})

    def test_a_meeting_with_a_company_wakes_nobody_again_and_again(self):
        self.meet(self.sister, ago=3)
        self.drain()
        self.Queue._add_meetings()
        self.assertFalse(self.Queue.search([]))
        self.company.client_own_companies = True
        self.Queue.search([]).unlink()
        self.Queue._add_meetings()
        queued = self.Queue.search([("partner_id", "=", self.sister.id)])
        self.assertEqual(queued.mapped("company_id"), self.company.ids)

    def test_a_new_company_queues_nobody(self):
        self.Queue.search([]).unlink()
        self.env["res.company"].create({"name": "Filiale Jura"})
        self.assertFalse(self.Queue.search([]))

    def test_the_list_of_clients_leaves_them_out(self):
        self.bill(self.sister, 5000)
        action = self.env.ref("client_segmentation.client_action")
        domain = [("id", "in", (self.sister | self.client).ids)]
        domain += literal_eval(action.domain)
        self.assertEqual(self.Partner.search(domain), self.client)
        self.assertTrue(self.sister.client_is_own_company)
        self.company.client_own_companies = True
        self.assertEqual(self.Partner.search(domain), self.client | self.sister)
        self.sister.invalidate_recordset()
        self.assertFalse(self.sister.client_is_own_company)

    def test_reports_leave_them_out_as_the_figures_do(self):
        self.bill(self.sister, (5000, 10))
        self.bill(self.client, (100, 10))
        reports = ("client.revenue.report", "client.discount.report")
        for name in reports:
            rows = self.env[name].search([])
            self.assertEqual(rows.commercial_partner_id, self.client)
        self.company.client_own_companies = True
        for name in reports:
            rows = self.env[name].search([])
            self.assertEqual(rows.commercial_partner_id, self.client | self.sister)

    def test_no_rule_changes_their_status(self):
        self.company.client_automation = True
        self.bill(self.sister, 100)
        self.bill(self.client, 100)
        self.assertEqual(self.status_of(self.sister), self.prospect)
        self.assertEqual(self.status_of(self.client), self.active)
        self.company.client_own_companies = True
        self.bill(self.sister, 100)
        self.assertEqual(self.status_of(self.sister), self.active)

    def test_from_now_on_clients_they_have_the_status_of_their_history(self):
        self.company.client_automation = True
        for setting in (
            lambda: self.settings(client_own_companies=True),
            lambda: setattr(self.company, "client_own_companies", True),
            lambda: setattr(self.other_company, "partner_id", self.new_client()),
        ):
            self.bill(self.sister, 10, ago=20)
            self.bill(self.client, 1000)
            self.drain()
            self.assertEqual(self.status_of(self.sister), self.prospect)
            with self.cr.savepoint() as savepoint:
                setting()
                self.drain()
                self.assertEqual(self.status_of(self.sister), self.active)
                [line] = self.history(self.sister, "client_status_id")
                self.assertEqual(line.origin, "rule")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_status_set_by_hand_stays_when_they_become_clients(self):
        self.company.client_automation = True
        self.bill(self.sister, 10, ago=20)
        self.sister.client_status_id = self.inactive
        self.sister.client_status_id = self.prospect
        self.settings(client_own_companies=True)
        self.assertEqual(self.status_of(self.sister), self.prospect)

    def test_the_settings_show_it(self):
        with Form(self.env["res.config.settings"]) as settings:
            self.assertFalse(settings.client_own_companies)
