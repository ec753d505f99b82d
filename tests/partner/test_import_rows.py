from odoo.tests import tagged

from ..common import ImportCase


@tagged("post_install", "-at_install")
class TestImportRows(ImportCase):
    """Each error names its row, and an import creates no status and no type."""

    def errors(self, header, *rows, **options):
        """:return: pairs of the row, counted from 0, and the text of each error"""
        before = self.Partner.search_count([])
        result = self.do_import(header, *rows, **options)
        self.assertFalse(result["ids"])
        self.assertEqual(self.Partner.search_count([]), before)
        self.messages = result["messages"]
        return [(line["rows"]["from"], line["message"]) for line in self.messages]

    def test_a_value_that_does_not_exist(self):
        errors = self.errors(
            ["Name", "Client Status", "Client Rating", "Region"],
            ["One", "", "", ""],
            ["Two", "Aktive", "7", "Nowhere"],
            ["Three", "Aktive", "", ""],
        )
        self.assertEqual([row for row, _text in errors], [1, 1, 1, 2])
        for row, text in errors:
            self.assertIn(f"(row {row + 1})", text)

    def test_an_error_in_no_column(self):
        """The screen shows `record` as the number of the row."""
        [(row, text)] = self.errors(
            ["Name", "Blocked", "Reason for Blocking"],
            ["One", "", ""],
            ["Two", "1", "Unpaid"],
            ["Three", "1", ""],
            ["Four", "", ""],
        )
        self.assertEqual(row, 2)
        self.assertIn("Say why “Three” is blocked", text)
        self.assertEqual(self.messages[0]["record"], 3)

    def test_several_errors_in_no_column(self):
        errors = self.errors(
            ["Name", "Blocked"], ["One", ""], ["Two", "1"], ["Three", ""], ["Four", "1"]
        )
        self.assertEqual([row for row, _text in errors], [1, 3])

    def test_the_rows_of_a_file_in_parts(self):
        rows = [[f"Client {number}", ""] for number in range(5)]
        rows[3][1] = "Aktive"
        [(row, text)] = self.errors(["Name", "Client Status"], *rows, skip=2, limit=2)
        self.assertEqual(row, 3)
        self.assertIn("(row 4)", text)

    def test_no_status_and_no_type_is_created(self):
        for heading, model, names in (
            ("Client Status", "client.status", "Prospect, Active, VIP, Inactive"),
            ("Client Type", "client.type", "Prospect, Client, Supplier"),
        ):
            values = self.env[model]
            count = values.search_count([])
            name = f"{model.replace('.', '_')}_id"
            [(row, text)] = self.errors(
                ["Name", heading],
                ["One", "New 100 %"],
                user=self.new_manager(login=f"manager_{name}"),
                name_create_enabled_fields={name: True},
            )
            self.assertIn("'New 100 %'", text)
            self.assertIn(f"Choose one of: {names}", text)
            self.assertEqual(values.search_count([]), count)

    def test_of_a_long_list_the_first_names_are_shown(self):
        for number in range(30):
            self.new_value(self.region, f"Region {number:02}")
        [(row, text)] = self.errors(["Name", "Region"], ["One", "Nowhere"])
        self.assertIn("Region 05", text)
        self.assertNotIn("Region 25", text)
        self.assertNotIn("Health", text)
        self.assertIn("…", text)

    def test_an_unknown_status_may_be_skipped_or_left_empty(self):
        rows = ["One", "VIP"], ["Two", "Aktive"]
        header, name = ["Name", "Client Status"], "client_status_id"
        clients = self.imported(header, *rows, import_set_empty_fields=[name])
        self.assertEqual(clients.mapped("client_status_id"), self.vip + self.prospect)
        clients = self.imported(header, *rows, import_skip_records=[name])
        self.assertEqual(clients.mapped("name"), ["One"])
