"""Databases of an earlier version: authors of filters, client names, record rules."""

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

    def test_the_rules_on_classes_in_the_journal_go(self):
        rules = self.journal_rules("client_engagement")
        self.migrate("journal_rights")
        self.assertFalse(rules.exists())
        self.migrate("journal_rights")  # nothing is there any more, and nothing fails

    def test_a_rule_on_the_journal_that_somebody_changed_stays(self):
        rules = self.journal_rules("client_status_id")
        self.migrate("journal_rights")
        self.assertEqual(rules.exists(), rules)

    def journal_rules(self, last):
        """:return: the rules that earlier versions shipped, the first one perhaps with
        another name of a field
        """
        names = ("client_revenue_class", "client_payment_class", last)
        domains = {
            "client_change_rule_user": f"[('qualifier', 'not in', {names})]",
            "client_change_rule_revenue": "[(1, '=', 1)]",
        }
        model = self.env["ir.model"]._get_id("client.change")
        rules = self.env["ir.rule"]
        for name, domain in domains.items():
            rule = rules.create(
                {"name": name, "model_id": model, "domain_force": domain}
            )
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": f"client_segmentation.{name}", "record": rule}]
            )
            rules |= rule
        return rules
