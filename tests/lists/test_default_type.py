from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestDefaultType(ClientCase):
    """The type of new clients, whatever happens to the list of types."""

    def setUp(self):
        super().setUp()
        self.others = self.env["client.type"].search([("is_default", "=", True)])
        self.others.is_default = False
        self.first = self.new_type("First", 1)
        self.second = self.new_type("Second", 2)
        self.assertEqual(self.default(), self.first)

    def new_type(self, name, sequence, **values):
        values = {"name": name, "sequence": sequence, "is_default": True, **values}
        return self.env["client.type"].create(values)

    def default(self):
        return self.Partner.create({"name": "New"}).client_type_id

    def test_another_one_when_it_is_archived(self):
        self.first.active = False
        self.assertEqual(self.default(), self.second)
        self.first.active = True
        self.assertEqual(self.default(), self.first)

    def test_another_one_when_it_is_moved_down(self):
        self.first.sequence = 3
        self.assertEqual(self.default(), self.second)

    def test_another_one_when_it_loses_its_mark(self):
        self.first.is_default = False
        self.assertEqual(self.default(), self.second)

    def test_another_one_when_it_is_deleted(self):
        self.env["res.partner"].search([("client_type_id", "=", self.first.id)]).write(
            {"client_type_id": self.second.id}
        )
        self.first.unlink()
        self.assertEqual(self.default(), self.second)

    def test_another_one_when_one_is_put_before_it(self):
        before = self.new_type("Before", 0)
        self.assertEqual(self.default(), before)

    def test_none_when_none_has_the_mark(self):
        (self.first | self.second).is_default = False
        self.assertFalse(self.default())

    def test_other_workers_are_told_only_of_what_changes_it(self):
        invalidated = self.env.registry.cache_invalidated
        invalidated.clear()
        self.first.write({"name": "Other", "sequence": 1, "active": True})
        self.env["client.type"].create({"name": "Third"}).unlink()
        self.assertFalse(invalidated)
        self.second.sequence = 0
        self.assertIn("stable", invalidated)
        invalidated.clear()

    def queries(self, what, number):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        what(number)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def make(self, number):
        return self.Partner.create([{"name": f"New {n}"} for n in range(number)])

    def bring_in(self, number):
        result = self.Partner.load(["name"], [[f"New {n}"] for n in range(number)])
        self.assertEqual(len(result["ids"]), number, result["messages"])

    def test_queries_do_not_depend_on_the_number_of_new_partners(self):
        for what in (self.make, self.bring_in):
            with self.subTest(what.__name__):
                what(2)
                few, many = self.queries(what, 5), self.queries(what, 50)
                self.assertLessEqual(many, few)
