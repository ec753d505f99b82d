"""RPC calls without access rights have no effect and send no notifications."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .rpc_case import RpcCase

NUL, REVERSED = "a\x00b", "lliB \u202eBill"


@tagged("post_install", "-at_install")
class TestNothingHappens(RpcCase):
    def test_calls_on_no_record_do_nothing(self):
        calls = (
            ("client.status", "write", [], {"blocks_documents": True}),
            ("client.status", "create", []),
            ("client.status", "unlink", []),
            ("client.label", "create", []),
            ("client.rating", "create", []),
            ("client.rating", "write", [], {"name": "x"}),
            ("client.criterion", "write", [], {"name": "x"}),
            ("client.type", "write", [], {"name": "x"}),
            ("client.status.rule", "write", [], {"active": True}),
            ("client.status.rule", "unlink", []),
            ("ir.actions.server", "create", []),
            ("ir.actions.server", "write", [], {}),
            ("ir.actions.server", "write", [], {"client_status_rule_id": 1}),
            ("ir.actions.server", "unlink", []),
            ("res.config.settings", "set_values", []),
            ("res.config.settings", "action_verify_client_figures", []),
            ("res.config.settings", "action_refresh_client_figures", []),
            ("res.partner", "action_refresh_client_figures", []),
            ("res.partner", "action_unblock_client", []),
            ("client.bulk.operation", "action_resume", []),
            ("client.what.if", "apply", {}),
        )
        for user in (*self.outsiders, self.manager):
            for call in calls:
                with self.subTest(user=user.login, call=call):
                    self.assertEqual(self.quietly(user, *call), (set(), False))

    def test_what_does_not_change_is_told_to_nobody(self):
        rule = self._ours("client_status_rule_first_invoice")
        rating = self._ours("client_rating_5")
        calls = (
            (self.region, {"name": self.region.name}, {"name": "Land"}),
            (rating, {"name": rating.name}, {"name": "Best"}),
            (self.vip, {"blocks_documents": False}, {"blocks_documents": True}),
            (rule, {"name": "Renamed"}, {"to_status_id": self.vip.id}),
            (rule, {"active": rule.active}, {"active": not rule.active}),
        )
        for record, same, other in calls:
            with self.subTest(record=record, same=same):
                args = (record._name, "write", record.ids)
                self.assertEqual(
                    self.quietly(self.manager, *args, same), (set(), False)
                )
                self.assertTrue(any(self.quietly(self.manager, *args, other)))

    def test_limits_that_are_kept_compute_nothing(self):
        limits = {"active_days": self.company.client_active_days}
        self.assertEqual(
            self.quietly(self.manager, "client.what.if", "apply", limits),
            (set(), False),
        )

    def test_the_figures_of_a_company_are_for_its_administrators(self):
        settings = self.env["res.config.settings"].create({})
        for user in self.outsiders:
            for method in ("verify", "refresh"):
                with self.assertRaises(AccessError):
                    self.call(
                        user,
                        "res.config.settings",
                        f"action_{method}_client_figures",
                        settings.ids,
                    )


@tagged("post_install", "-at_install")
class TestWhatOutsidersLearn(RpcCase):
    def test_a_customer_reads_no_limit_and_no_switch_of_a_company(self):
        names = [name for name in self.company._fields if name.startswith("client_")]
        self.assertIn("client_vip_share", names)
        ids = self.company.ids
        own = self.call(self.portal, "res.company", "read", ids, ["name"])
        self.assertEqual(own[0]["name"], self.company.name)
        for name in names:
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    self.call(self.portal, "res.company", "read", ids, [name])
                with self.assertRaises(AccessError):
                    domain = [(name, "!=", False)]
                    self.call(self.portal, "res.company", "search", domain)
                with self.assertRaises(AccessError):
                    self.call(
                        self.portal, "res.company", "formatted_read_group", [], [name]
                    )
        seen = self.call(self.portal, "res.company", "fields_get", [])
        self.assertFalse(set(names) & set(seen))
        values = self.call(self.portal, "res.config.settings", "get_values")
        self.assertFalse(set(names) & set(values))

    def test_the_addresses_of_a_customer_have_the_second_line(self):
        self.company.client_print_name2 = True
        partner = self.portal.partner_id
        partner.write({"client_name2": "Second line", "company_id": self.company.id})
        own = self.as_user(partner, self.portal)
        self.assertIn("Second line", own._display_address())

    def test_the_administrator_of_a_company_sees_no_news_of_another(self):
        queue = self.env["client.metric.queue"]
        client = self.new_client()
        queue._add([(client.id, self.company.id), (client.id, self.other_company.id)])
        own = [("partner_id", "=", client.id)]
        rows = self.call(self.manager, queue._name, "search_read", own, ["company_id"])
        self.assertEqual([row["company_id"] for row in rows], self.company.ids)


@tagged("post_install", "-at_install")
class TestWrongTypes(RpcCase):
    def test_they_are_refused_in_words(self):
        revenue = self.new_user("revenue", "client_segmentation.group_client_revenue")
        calls = (
            ("client.what.if", "preview", "x"),
            ("client.what.if", "preview", ["a"]),
            ("client.what.if", "preview", {"a": 1}),
            ("client.loss.test", "without", ["a"]),
            ("client.loss.test", "without", "x"),
            ("client.loss.test", "without", [2**70]),
            ("client.loss.test", "without", [], [["no", "=", 1]]),
            ("client.loss.test", "without", [], "x"),
            ("client.class.history", "compare", None, {}),
            ("client.analysis", "open_clients", ["a"]),
            ("res.partner", "action_explain_client_class", self.company.partner_id.ids),
        )
        for call in calls:
            with self.subTest(call=call), self.assertRaises(UserError):
                self.call(revenue, *call, client_class="x")

    def test_a_wizard_on_anything_finds_nobody(self):
        user = self.new_client_user()
        for selected in ("x", ["a"], {"a": 1}, [2**70], [-1]):
            wizards = self.as_user(self.env["client.bulk.wizard"], user)
            wizard = wizards.create({"selected": selected, "action": "rating"})
            with self.subTest(selected=selected):
                self.assertFalse(wizard.target_count)

    def test_a_line_that_cannot_be_shown_is_refused(self):
        rule = self._ours("client_status_rule_first_invoice")
        value = self.new_value(self.region, "Vaud")
        for record in (self.vip, self.type_client, value, self.region, rule):
            for text in (NUL, REVERSED, "\ud800", "a \u2067b\u2069", "a\u2028b"):
                with (
                    self.subTest(record=record, text=text),
                    self.assertRefused(ValidationError, "cannot be shown"),
                ):
                    record.name = text
        with self.assertRefused(ValidationError, "cannot be shown"):
            self.vip.create({"name": REVERSED})
        with self.assertRefused(ValidationError, "cannot be shown"):
            self.vip.with_context(default_description=REVERSED).create({"name": "A"})
        with self.assertRefused(ValidationError, "cannot be shown"):
            self.vip.update_field_translations("name", {"en_US": REVERSED})
        self.vip.name = "Ünïcode – «¢»\t مرحبا"


@tagged("post_install", "-at_install")
class TestActionsOfRules(RpcCase):
    def test_a_deleted_rule_leaves_the_administrator_his_actions(self):
        rule = self.env["client.status.rule"].create(
            {"name": "Passing", "to_status_id": self.vip.id}
        )
        action = self.env["ir.actions.server"].create(
            {
                "name": "Greet",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "state": "code",
                "code": "pass",
                "usage": "client_status_rule",
                "client_status_rule_id": rule.id,
            }
        )
        with self.assertRaises(AccessError):
            self.as_user(rule, self.manager).unlink()
        rule.unlink()
        self.assertTrue(action.exists())
        self.assertEqual(action.usage, "ir_actions_server")
        self.assertFalse(action.client_status_rule_id)

    def test_so_does_a_rule_that_goes_with_its_company(self):
        """A deletion by the database does not delete actions either."""
        rule = self.env["client.status.rule"].create(
            {"name": "Passing", "to_status_id": self.vip.id}
        )
        action = self.env["ir.actions.server"].create(
            {
                "name": "Greet",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "state": "code",
                "usage": "client_status_rule",
                "client_status_rule_id": rule.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM client_status_rule WHERE id = %s", [rule.id])
        self.env.invalidate_all()
        self.assertTrue(action.exists())
