from odoo.exceptions import AccessError
from odoo.tests import tagged

from .quality_case import QualityCase


@tagged("post_install", "-at_install")
class TestFieldUsage(QualityCase):
    """Administrators see which fields of the client file nobody fills in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()
        cls.env["ir.rule"].create(
            {
                "name": "Only these",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('ref', '=like', 'USE%')]",
            }
        )
        for number in range(4):
            cls.new_client(
                f"Client {number}",
                ref=f"USE{number}",
                website="https://weber.ch" if number else False,
                client_likes="Wine" if number == 3 else "",
            )
        cls.new_client("Hidden", ref="other", client_problems="Quarrel")

    def lines(self, user=None):
        usage = self.as_user(self.env["client.field.usage"], user or self.manager)
        action = usage.action_open()
        return {
            line.field_name: line for line in usage.search(action["domain"], order="id")
        }

    def test_the_share_of_clients_with_a_value(self):
        lines = self.lines()
        self.assertEqual(lines["website"].share, 75)
        self.assertEqual(lines["ref"].share, 100)
        self.assertEqual(lines["client_likes"].filled_count, 1)
        self.assertEqual(lines["client_likes"].client_count, 4)
        self.assertTrue(lines["client_likes"].is_personal)
        self.assertTrue(lines["client_likes"].last_date)

    def test_what_nobody_fills_in_comes_first(self):
        lines = [*self.lines().values()]
        self.assertFalse(lines[0]._order.startswith("id"))
        ordered = lines[0].search([("id", "in", [line.id for line in lines])])
        self.assertEqual(ordered[0].share, 0)
        self.assertFalse(ordered[0].last_date)

    def test_hidden_clients_do_not_count(self):
        self.assertEqual(self.lines()["client_problems"].filled_count, 0)

    def test_it_is_one_query_for_any_number_of_fields(self):
        usage = self.as_user(self.env["client.field.usage"], self.manager)
        names = [field.name for field in usage._fields_counted()]
        self.assertGreater(len(names), 20)
        self.assertEqual(len(names), len(set(names)))

    def test_only_managers_may(self):
        for user in (
            self.new_client_user(),
            self.new_employee(),
            self.new_portal_user(),
        ):
            with self.assertRaises(AccessError):
                self.lines(user)
