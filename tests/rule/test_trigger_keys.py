"""Databases of an earlier version: triggers with another key."""

from odoo.tests import tagged
from odoo.tools import SQL

from .rule_case import SHIPPED, RuleCase

OLD_KEYS = {
    "invoice_posted": "first_invoice",
    "payment_received": "first_payment",
    "meeting_held": "first_meeting",
}
OPTION = "selection__client_status_rule__trigger__"


@tagged("post_install", "-at_install")
class TestTriggerKeys(RuleCase):
    def setUp(self):
        super().setUp()
        self.field = self.env["ir.model.fields"]._get("client.status.rule", "trigger")
        self.options = {new: self.option(new) for new in OLD_KEYS}
        self.env.flush_all()
        for new, old in OLD_KEYS.items():
            for table, column, prefix in (
                ("client_status_rule", "trigger", ""),
                ("ir_model_fields_selection", "value", ""),
                ("ir_model_data", "name", OPTION),
            ):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %(table)s SET %(column)s = %(old)s"
                        " WHERE %(column)s = %(new)s",
                        table=SQL.identifier(table),
                        column=SQL.identifier(column),
                        old=f"{prefix}{old}",
                        new=f"{prefix}{new}",
                    )
                )
        self.env.invalidate_all()

    def option(self, key):
        return self.env.ref(f"client_segmentation.{OPTION}{key}")

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
            self.assertEqual(self.option(new), option)
            self.assertEqual(option.value, new)
            self.assertEqual(option.field_id, self.field)

    def test_saved_filters_and_default_values_follow(self):
        saved = self.env["ir.filters"].create(
            [
                {
                    "name": f"{model} {quote}",
                    "model_id": model,
                    "domain": f"[('name', '=', {quote}first_invoice{quote})]",
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
                "[('name', '=', \"invoice_posted\")]",
                "[('name', '=', 'first_invoice')]",
                "[('name', '=', \"first_invoice\")]",
            ],
        )
        defaults = self.env["ir.default"]._get_model_defaults("client.status.rule")
        self.assertEqual(defaults["trigger"], "meeting_held")

    def test_a_second_update_changes_nothing(self):
        self.update()
        self.update()
        self.assertEqual(self.rules["meeting_held"].trigger, "meeting_held")
