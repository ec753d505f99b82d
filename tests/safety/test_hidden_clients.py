"""A client that a custom record rule hides is hidden everywhere."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..metric.engine_case import EngineCase

SECRET = "Zurückhaltung"
REPORTS = {
    "client.metric": "partner_id",
    "client.pareto.report": "partner_id",
    "client.change": "partner_id",
    "client.revenue.report": "commercial_partner_id",
    "client.revenue.comparison": "commercial_partner_id",
    "client.discount.report": "commercial_partner_id",
    "client.review.line": "partner_id",
}


@tagged("post_install", "-at_install")
class TestHiddenClients(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seen, cls.hidden = cls.new_client("Known"), cls.new_client(SECRET)
        for client in (cls.seen, cls.hidden):
            cls.bill(client, 500)
            client.client_rating = "3"
        cls.Metric._refresh(cls.company)
        cls.env["client.review"].create({"year": 2026, "quarter": "1"})
        cls.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('name', '!=', '{SECRET}')]",
            }
        )
        cls.reader = cls.new_user(
            "reader",
            "account.group_account_invoice,base.group_allow_export,"
            "base.group_partner_manager,client_segmentation.group_client_manager",
        )

    def rows(self, model, client):
        """:return: rows of a model about a client, as the reader gets them"""
        field = REPORTS[model]
        rows = self.env[model].sudo().search([(field, "=", client.id)])
        self.assertTrue(rows, model)
        return self.as_user(rows, self.reader)

    def test_no_search_finds_its_rows(self):
        for model, field in REPORTS.items():
            records = self.rows(model, self.seen).browse()
            for domain in (
                [(field, "in", (self.seen | self.hidden).ids)],
                ["|", (field, "=", self.hidden.id), (field, "=", self.seen.id)],
                [(f"{field}.name", "in", [SECRET, "Known"])],
            ):
                with self.subTest(model=model, domain=domain):
                    found = records.search(domain)
                    self.assertEqual(found[field], self.seen.with_env(found.env))
                    self.assertEqual(records.search_count(domain), len(found))

    def test_a_client_of_another_company_is_hidden_by_odoo_s_own_rule(self):
        self.env["ir.rule"].search([("name", "=", "Hidden clients")]).unlink()
        self.hidden.company_id = self.other_company
        self.env.flush_all()
        self.test_no_search_finds_its_rows()
        self.test_no_group_and_no_sum_counts_them()
        self.test_no_row_of_it_is_read_by_its_id()

    def test_no_group_and_no_sum_counts_them(self):
        for model, field in REPORTS.items():
            records = self.rows(model, self.seen).browse()
            domain = [(field, "in", (self.seen | self.hidden).ids)]
            with self.subTest(model=model):
                groups = records.formatted_read_group(domain, [field], ["__count"])
                self.assertEqual([group[field][1] for group in groups], ["Known"])
                [(count,)] = records._read_group(domain, [], ["__count"])
                self.assertEqual(count, len(records.search(domain)))

    def test_no_row_of_it_is_read_by_its_id(self):
        for model, field in REPORTS.items():
            rows = self.rows(model, self.hidden)
            for attempt in (
                lambda rows=rows, field=field: rows.read([field, "display_name"]),
                lambda rows=rows, field=field: rows.web_read({field: {}}),
                lambda rows=rows, field=field: rows.export_data([f"{field}/name"]),
            ):
                with self.subTest(model=model):
                    with self.assertRaises(AccessError) as refused:
                        attempt()
                    self.assertNotIn(SECRET, str(refused.exception))

    def test_its_name_does_not_fail_a_list_and_says_nothing(self):
        for model in ("client.metric", "client.change", "client.pareto.report"):
            rows = self.rows(model, self.hidden) | self.rows(model, self.seen)
            names = set(rows.mapped("display_name"))
            self.assertEqual(names, {"Known", "A client that you may not see"}, model)

    def test_the_rows_of_archived_clients_are_seen_as_before(self):
        self.seen.active = False
        for model, field in REPORTS.items():
            rows = self.rows(model, self.seen)
            self.assertEqual(rows.search([(field, "=", self.seen.id)]), rows, model)
            self.assertTrue(rows.read(["display_name"]), model)

    def test_no_analysis_counts_it(self):
        test = self.as_user(self.env["client.loss.test"], self.reader)
        result = test.without((self.seen | self.hidden).ids)
        self.assertEqual(result["names"], ["Known"])
        self.assertEqual(result["concentration"]["before"]["count"], 1)
        self.assertNotIn(SECRET, str(result))

    def test_a_check_of_the_figures_does_not_name_it(self):
        metrics = self.Metric.search(
            [("partner_id", "in", (self.seen | self.hidden).ids)]
        )
        self.env["client.metric.queue"].search([]).unlink()
        metrics.write({"revenue": 1})
        metrics.flush_recordset()
        metric = self.as_user(self.Metric, self.reader)
        differing = metric.verify(self.company)[self.company.name]
        self.assertIn("Known", differing)
        self.assertIn("A client that you may not see", differing)
        self.assertNotIn(SECRET, str(differing))

    def test_no_wizard_is_about_it(self):
        for model, values in {
            "client.block.wizard": {"reason": "Why"},
            "client.class.wizard": {
                "name": "engagement",
                "company_id": self.company.id,
            },
        }.items():
            wizards = self.as_user(self.env[model], self.reader)
            with self.subTest(model=model), self.assertRaises(AccessError) as refused:
                wizards.create({"partner_id": self.hidden.id, **values})
            self.assertNotIn(SECRET, str(refused.exception))
        self.hidden._decide_client_class("engagement", "lost", SECRET)
        values = {"partner_id": self.hidden.id, "name": "engagement"}
        wizard = wizards.new({**values, "company_id": self.company.id})
        try:
            decided = wizard.decided or wizard.reason
        except AccessError as refused:
            decided = SECRET if SECRET in str(refused) else False
        self.assertFalse(decided)

    def test_a_failure_that_may_name_it_is_not_seen(self):
        rule = self._ours("client_status_rule_first_invoice")
        failures, here = rule.failure_ids, self.company
        failures._log(rule, f"{SECRET} fails", (self.seen | self.hidden).ids, here)
        failures._log(rule, "Known fails", self.seen.ids, here)
        failures._log(rule, "All fails", [], here)
        own = self.as_user(failures, self.reader)
        shown = own.search([("rule_id", "=", rule.id)])
        self.assertEqual(set(shown.mapped("message")), {"Known fails", "All fails"})
        self.assertEqual(own.env["client.status.rule"].browse(rule.id).failure_count, 2)

    def test_an_operation_of_somebody_else_does_not_name_it(self):
        beginner = self.new_user("beginner", "base.group_partner_manager")
        operation = self.env["client.bulk.operation"].create(
            {
                "action": "rating",
                "company_id": self.company.id,
                "user_id": beginner.id,
                "forbidden": (self.seen | self.hidden).ids,
            }
        )
        self.assertIn(SECRET, operation.forbidden_names)
        self.env.invalidate_all()
        names = self.as_user(operation, self.reader).forbidden_names
        self.assertIn("Known", names)
        self.assertNotIn(SECRET, names)

    def test_its_documents_tell_nothing_more_of_it(self):
        """Users who may read a client's invoices do not see more than in stock Odoo."""
        both = self.seen | self.hidden
        both.write({"client_key_note": "Pays late", "client_organisation": "public"})
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        both.category_id = tag
        for client, shown in ((self.seen, True), (self.hidden, False)):
            move = self.as_user(client.invoice_ids, self.reader)
            self.assertEqual(bool(move.client_key_note), shown)
            report = move.env["account.invoice.report"]
            for name in ("client_organisation", "client_tag_ids", "client_type_id"):
                groups = report._read_group(
                    [("move_id", "=", move.id)], [name], ["price_subtotal:sum"]
                )
                with self.subTest(client=client.name, field=name):
                    [(value, revenue)] = groups
                    self.assertEqual((bool(value), revenue), (shown, 500))

    def test_nobody_needs_a_rule_to_see_his_own(self):
        """Without a rule of the customer's own, everything is there."""
        self.env["ir.rule"].search([("name", "=", "Hidden clients")]).unlink()
        for model, field in REPORTS.items():
            rows = self.rows(model, self.seen) | self.rows(model, self.hidden)
            domain = [(field, "in", (self.seen | self.hidden).ids)]
            self.assertEqual(rows.search(domain), rows.sorted(), model)

    def test_its_rule_changes_nobody_of_the_hidden(self):
        rule = self._ours("client_status_rule_first_invoice")
        rule.filter_domain = False
        self.hidden.client_status_id = self.seen.client_status_id = self.prospect
        self.env["client.status.rule"].search([]).active = False
        own = self.as_user(rule, self.reader)
        action = own.action_try()
        wizard = own.env[action["res_model"]].browse(action["res_id"])
        self.assertNotIn(SECRET, wizard.line_ids.sudo().partner_id.mapped("name"))
        wizard.action_apply()
        self.assertEqual(self.status_of(self.hidden), self.prospect)

    def test_tags_in_the_journal_are_those_of_seen_clients(self):
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        (self.seen | self.hidden).write({"category_id": [Command.link(tag.id)]})
        lines = self.as_user(self.Change, self.reader)
        found = lines.search([("new_name", "=", "Fair")])
        self.assertEqual(found.partner_id.ids, self.seen.ids)
