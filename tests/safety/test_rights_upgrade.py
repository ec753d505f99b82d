"""Databases of an earlier version: whose filters, whose names, which rules."""

from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestRightsUpgrade(ClientCase):
    def update(self):
        self.migrate("authors_of_filters")

    def test_a_filter_is_signed_by_who_changed_its_rule_last(self):
        manager = self.new_manager()
        rules = self.as_user(self.env["client.status.rule"], manager)
        rule, empty = (
            rules.create(
                {"name": name, "to_status_id": self.vip.id, "filter_domain": text}
            )
            for name, text in (("Some", "[('is_company', '=', True)]"), ("All", "[]"))
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE client_status_rule SET filter_user_id = NULL")
        self.update()
        self.assertEqual(rule.filter_user_id, manager)
        self.assertFalse(empty.filter_user_id)

    def test_names_that_everybody_read_become_ids(self):
        clients = self.new_client("Weber") | self.new_client("Meyer")
        other = self.new_client("Huber")
        operation = self.env["client.bulk.operation"].create(
            {
                "action": "rating",
                "company_id": self.company.id,
                "user_id": self.env.uid,
                "partners": (clients | other).ids,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE client_bulk_operation ADD COLUMN forbidden_names varchar"
        )
        self.env.cr.execute(
            "UPDATE client_bulk_operation SET forbidden_names = %s WHERE id = %s",
            ["Weber, Meyer …", operation.id],
        )
        self.update()
        self.assertEqual(operation.forbidden, clients.ids)
        self.update()  # the column has gone, and nothing fails

    def test_our_rules_leave_the_company_of_clients_to_odoo_s(self):
        rule = self._ours("client_metric_rule_company")
        now = rule.domain_force
        self.assertEqual(now, "[('company_id', 'in', company_ids)]")
        rule.domain_force = (
            "[('company_id', 'in', company_ids), '|', "
            "('partner_id.company_id', '=', False), "
            "('partner_id.company_id', 'parent_of', company_ids)]"
        )
        own = self._ours("client_change_rule_company")
        own.domain_force = "[('user_id', '=', user.id)]"
        self.update()
        self.assertEqual(rule.domain_force, now)
        self.assertEqual(own.domain_force, "[('user_id', '=', user.id)]")
