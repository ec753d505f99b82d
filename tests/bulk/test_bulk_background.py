import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bulk_case import BulkCase


@tagged("post_install", "-at_install")
class TestBulkBackground(BulkCase):
    """A large number of clients is changed by a scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.new_clients(25)

    def setUp(self):
        super().setUp()
        self.allow_at_once(10)

    def run_cron(self):
        cron = self._ours("client_bulk_operation_cron")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def messages(self):
        """:return: what the screens of the user have been told"""
        self.env.cr.precommit.run()
        notes = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        return [json.loads(note.message)["payload"]["message"] for note in notes]

    def test_it_runs_slice_by_slice_and_tells_the_user_at_the_end(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        self.assertEqual(operation.state, "running")
        self.assertEqual(operation.progress, 0)
        self.assertEqual(self.status_of(self.clients[0]), self.prospect)

        self.run_cron()

        self.assertEqual(operation.state, "done")
        self.assertEqual((operation.progress, operation.changed_count), (100, 25))
        for client in self.clients:
            self.assertEqual(self.status_of(client), self.vip)
            line = self.history(client)
            self.assertEqual((len(line), line.user_id), (1, self.user))
        self.assertEqual(self.messages(), ["25 clients changed."])

    def test_the_wizard_shows_the_operation_instead_of_its_result(self):
        wizard = self.wizard(self.clients, "status", status_id=self.vip.id)
        self.assertTrue(wizard.in_background)
        action = wizard.action_apply()
        self.assertEqual(action["res_model"], "client.bulk.operation")
        self.assertEqual(action["res_id"], self.last_operation().id)

    def test_it_goes_on_where_it_stopped(self):
        """As after a crash: committed slices are not processed again."""
        operation = self.bulk(self.clients, "tag_add", tag_ids=self.fair)
        operation.sudo()._work(10)
        self.assertEqual(operation.done_count, 10)
        self.clients[0].category_id -= self.fair  # somebody does not want it

        self.run_cron()

        self.assertFalse(self.clients[0].category_id)
        self.assertEqual(self.clients[1:].category_id, self.fair)
        self.assertEqual(operation.changed_count, 25)

    def test_a_cancelled_one_stops_and_can_be_undone(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        operation.sudo()._work(10)
        operation.action_cancel()
        self.run_cron()
        self.assertEqual(operation.state, "cancelled")
        self.assertEqual(self.status_of(self.clients[10]), self.prospect)

        self.undo(operation)

        self.assertEqual(self.status_of(self.clients[9]), self.prospect)
        with self.assertRefused(UserError, "has been undone"):
            operation.action_resume()

    def test_a_cancelled_one_can_be_resumed(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        operation.sudo()._work(10)
        operation.action_cancel()
        with self.assertRaises(AccessError):
            self.as_user(operation, self.new_client_user("colleague")).action_resume()
        operation.action_resume()
        self.run_cron()
        self.assertEqual(self.status_of(self.clients[24]), self.vip)
        self.assertEqual(operation.changed_count, 25)

    def test_one_that_fails_says_why_and_does_not_stop_the_others(self):
        broken = self.bulk(self.clients, "status", status_id=self.vip.id)
        broken.sudo().values = {"unknown": True}
        good = self.bulk(self.clients, "tag_add", tag_ids=self.fair)

        with self.assertLogs("odoo.addons.client_segmentation", "ERROR"):
            self.run_cron()

        self.assertEqual(broken.state, "failed")
        self.assertIn("value", broken.error)
        self.assertEqual(good.state, "done")

    def test_an_undo_runs_in_the_background_as_well(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        self.run_cron()
        edited = self.clients[3]
        edited.client_status_id = self.active

        undo = self.undo(operation)
        self.assertEqual(undo.state, "running")
        self.run_cron()

        self.assertEqual(undo.changed_count, 24)
        self.assertEqual(undo.left_names, edited.name)
        self.assertEqual(self.status_of(self.clients[24]), self.prospect)
        self.assertIn("24 clients changed. 1 was left", self.messages()[-1])

    def test_a_tag_deleted_meanwhile_is_left_out(self):
        operation = self.bulk(self.clients, "tag_add", tag_ids=self.fair + self.wine)
        self.fair.unlink()
        self.run_cron()
        self.assertEqual(operation.state, "done")
        self.assertEqual(self.clients.category_id, self.wine)

    def test_replacing_by_a_deleted_tag_removes_none(self):
        self.clients.category_id = self.wine
        operation = self.bulk(
            self.clients, "tag_replace", tag_ids=self.fair, confirmed=True
        )
        self.fair.unlink()
        with self.assertLogs("odoo.addons.client_segmentation", "ERROR"):
            self.run_cron()
        self.assertEqual(operation.error, "The value to set no longer exists.")
        self.assertEqual(self.clients.category_id, self.wine)

    def test_blocking_goes_in_small_slices(self):
        """Because postings wait for it."""
        operation = self.bulk(self.clients, "block", reason="Fair closed")
        self.allow_at_once(5000)
        self.assertEqual(operation.sudo()._slice(), 500)
        other = self.bulk(self.clients, "status", status_id=self.vip.id)
        self.assertEqual(other.sudo()._slice(), 5000)

    def test_a_limit_that_is_no_number_is_the_default(self):
        parameters = self.env["ir.config_parameter"]
        operations = self.env["client.bulk.operation"]
        key = "client_segmentation.bulk_limit"
        logger = "odoo.addons.client_segmentation"
        for text in ("5k", "-1", "0", "1.5", "1e3", "twenty", "²"):
            parameters.set_param(key, text)
            with self.assertLogs(logger, "WARNING") as logged:
                self.assertEqual(operations._limit(), 5000)
            self.assertIn(f"{key} is {text!r}", logged.output[0])
        for text, limit in (("7", 7), (" 12 ", 12), (False, 5000)):
            parameters.set_param(key, text)
            with self.assertNoLogs(logger, "WARNING"):
                self.assertEqual(operations._limit(), limit)

    def test_rights_count_when_it_runs(self):
        """If the user may no longer write a client, it does not change."""
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        self.clients[20].company_id = self.other_company
        self.run_cron()
        self.assertEqual(self.status_of(self.clients[20]), self.prospect)
        self.assertEqual(operation.forbidden_count, 1)


@tagged("post_install", "-at_install")
class TestSelectAll(BulkCase):
    """*Select all* means all of them, also more than the list sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count = 30000
        cls.env.cr.execute(
            """
            INSERT INTO res_partner (
                name, complete_name, is_company, active, city, type, lang,
                autopost_bills)
            SELECT 'Client ' || n, 'Client ' || n, TRUE, TRUE, 'Morges', 'contact',
                   'en_US', 'ask'
              FROM generate_series(1, %s) n
            """,
            [cls.count + 1],
        )
        cls.env.cr.execute(
            "UPDATE res_partner SET commercial_partner_id = id WHERE city = 'Morges'"
        )
        cls.morges = cls.Partner.search([("city", "=", "Morges")], order="id")
        cls.elsewhere = cls.morges[-1]
        cls.morges -= cls.elsewhere
        cls.elsewhere.city = "Nyon"
        cls.env.flush_all()

    def select_all(self, action, **values):
        """The list sends the first 20,000 ids only, its filter, and that all are
        selected.
        """
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        selection = {
            "active_ids": self.morges.ids[:20000],
            "active_domain": [("city", "=", "Morges")],
            "client_all_selected": True,
        }
        opened = wizards.with_context(**selection).action_open(action)
        wizard = wizards.browse(opened["res_id"])
        wizard.write(values)
        return wizard

    def test_exactly_the_selected_ones_change(self):
        """30,000 clients are selected; the user may not write 10 of them."""
        self.allow_at_once(100000)
        self.env["ir.rule"].create(
            {
                "name": "Some belong to somebody else",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": str([("id", "not in", self.morges[100:110].ids)]),
                "perm_read": False,
            }
        )

        wizard = self.select_all("status", status_id=self.vip.id)
        self.assertEqual(wizard.selected_count, 30000)
        self.assertEqual(wizard.change_count, 29990)
        self.assertEqual(wizard.forbidden_count, 10)
        self.assertEqual(
            wizard.forbidden_names, ", ".join(self.morges[100:110].mapped("name"))
        )
        wizard.action_apply()

        vip = self.Partner.search([("client_status_id", "=", self.vip.id)])
        self.assertEqual(len(vip), 29990)
        self.assertEqual(vip & self.morges, vip)
        self.assertFalse(vip & self.morges[100:110])
        lines = self.Change.search_count([("origin", "=", "bulk")])
        self.assertEqual(lines, 29990)
        self.assertEqual(self.last_operation().forbidden_count, 10)

    def test_a_selection_by_hand_is_no_more_than_that(self):
        """The list sends its filter then, too, also for a page as long as its limit."""
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", 3)
        for all_selected in ({}, {"client_all_selected": False}):
            self.assertEqual(self.count_selected(3, **all_selected), 3)

    def test_all_are_selected_whatever_the_list_sends(self):
        for sent in (1, 30000):
            self.assertEqual(self.count_selected(sent, client_all_selected=True), 30000)

    def test_archived_clients_are_selected_only_if_they_were_ticked(self):
        self.morges[:3].active = False
        self.assertEqual(self.count_selected(5), 5)
        self.assertEqual(self.count_selected(5, client_all_selected=True), 29997)

    def test_an_invalid_selection_is_refused_in_a_sentence(self):
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        for ids in ("abc", ["a"], [-1], [1.5], [None], [[1]], 5, {"a": 1}, [2**40]):
            opened = wizards.with_context(active_ids=ids)
            with self.assertRefused(UserError, "does not select clients"):
                opened.action_open("status")
        for domain in ("abc", [("nope", "=", 1)], [5], 5, {"a": 1}, [("id", "=")]):
            opened = wizards.with_context(
                active_ids=self.morges[:1].ids,
                active_domain=domain,
                client_all_selected=True,
            )
            with self.assertRefused(UserError, "does not select clients"):
                opened.action_open("status")

    def count_selected(self, sent, **context):
        """:return: number of clients in the wizard, when the list sends some ids"""
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        selection = {
            "active_ids": self.morges.ids[:sent],
            "active_domain": [("city", "=", "Morges")],
            **context,
        }
        opened = wizards.with_context(**selection).action_open("status")
        return wizards.browse(opened["res_id"]).selected_count
