"""Databases of an earlier version: triggers with another key."""

from odoo.tests import tagged

from .rule_case import SHIPPED, RuleCase

OLD_KEYS = {
    "invoice_posted": "first_invoice",
    "payment_received": "first_payment",
    "meeting_held": "first_meeting",
}
XML_ID = "client_segmentation.selection__client_status_rule__trigger__"


@tagged("post_install", "-at_install")
class TestTriggerKeys(RuleCase):
    def setUp(self):
        super().setUp()
        self.field = self.env["ir.model.fields"]._get("client.status.rule", "trigger")
        self.options = {
            new: self.env.ref(f"{XML_ID}{new}") for new in OLD_KEYS
        }
        self.env.flush_all()
        for new, old in OLD_KEYS.items():
            for query in (
                "UPDATE client_status_rule SET trigger = %s WHERE trigger = %s",
                "UPDATE ir_model_fields_selection SET value = %s WHERE value = %s",
                "UPDATE ir_model_data SET name = 'selection__client_status_rule__trigger"
                "__' || %s WHERE name = 'selection__client_status_rule__trigger__' || %s",
            ):
                self.env.cr.execute(query, [old, new])
        self.env.invalidate_all()

    def update(self):
        self.migrate("trigger_keys")
        self.env.registry.clear_all_caches()

    def test_rules_keep_what_they_wait_for(self):
        self.update()
        self.assertEqual(
            {name: rule.trigger for name, rule in self.rules.items()},
            {name: name for name in SHIPPED},
        )

    def test_the_options_stay_the_same_records(self):
        self.update()
        for new, option in self.options.items():
            self.assertEqual(self.env.ref(f"{XML_ID}{new}"), option)
            self.assertEqual(option.value, new)
            self.assertEqual(option.field_id, self.field)

    def test_saved_filters_and_default_values_follow(self):
        saved = self.env["ir.filters"].create(
            [
                {
                    "name": f"{model} {quote}",
                    "model_id": model,
                    "domain": f"[({quote}name{quote}, '=', {quote}first_invoice{quote})]",
                }
                for model in ("client.status.rule", "res.partner")
                for quote in ("'", '"')
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO ir_default (field_id, json_value)"
            " VALUES (%s, '\"first_meeting\"')",
            [self.field.id],
        )
        self.update()
        self.assertEqual(
            saved.mapped("domain"),
            [
                "[('name', '=', 'invoice_posted')]",
                "[(\"name\", '=', \"invoice_posted\")]",
                "[('name', '=', 'first_invoice')]",
                "[(\"name\", '=', \"first_invoice\")]",
            ],
        )
        defaults = self.env["ir.default"]._get_model_defaults("client.status.rule")
        self.assertEqual(defaults["trigger"], "meeting_held")

    def test_a_second_update_changes_nothing(self):
        self.update()
        self.update()
        self.assertEqual(self.rules["meeting_held"].trigger, "meeting_held")
