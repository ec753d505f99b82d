from odoo.tests import tagged

from ..common import ImportCase
from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestPlaceImport(CompletionCase, ImportCase):
    """An import fills in what is empty, and nothing else."""

    HEADER = ("Name", "ZIP", "City", "Country")

    def rows(self, *rows, header=HEADER, **options):
        return self.imported(list(header), *(list(row) for row in rows), **options)

    def test_it_fills_what_is_empty(self):
        [client] = self.rows(["Weber", "1010", "", "Iceland"])
        self.assertEqual(client.city, "Nordstadt")
        self.assertEqual(client.state_id, self.south_state)
        self.assertEqual(client.lang, "de_DE")
        self.assertFalse(client.client_language_confirmed)

    def test_what_is_in_the_file_stays(self):
        header = ("Name", "ZIP", "City", "Country", "Language")
        one, two = self.rows(
            ["Weber", "1010", "Hinterhof", "Iceland", "French / Français"],
            ["Huber", "1010", "", "Iceland", ""],
            header=header,
        )
        self.assertEqual(one.city, "Hinterhof")
        self.assertEqual(one.state_id, self.south_state)
        self.assertEqual(one.lang, "fr_FR")
        self.assertTrue(one.client_language_confirmed)
        self.assertEqual(two.city, "Nordstadt")
        self.assertFalse(two.lang)

    def test_the_town_finds_the_country(self):
        one, two = self.rows(["One", "1010", "fjord", ""], ["Two", "9010", "", ""])
        self.assertEqual(one.country_id, self.abroad)
        self.assertEqual(one.city, "fjord")
        self.assertFalse(two.country_id)  # nothing says that it is abroad

    def test_of_several_places_the_town_decides(self):
        one, two, three = self.rows(
            ["One", "1030", "", "Iceland"],
            ["Two", "1030", "unterdorf", "Iceland"],
            ["Three", "1020", "Zweistadt", "Iceland"],
        )
        self.assertFalse(one.city)
        self.assertFalse(one.state_id)
        self.assertEqual(two.state_id, self.south_state)
        self.assertEqual(two.lang, "de_DE")
        self.assertEqual(three.state_id, self.south_state)
        self.assertNotEqual(three.lang, "de_DE")  # bilingual: nothing is suggested

    def test_existing_clients(self):
        client = self.new_client("Weber", ref="W1", city="Hinterhof", lang="fr_FR")
        other = self.new_client("Huber", ref="H1")
        other.lang = False
        header = ("External ID", "ZIP", "Country")
        ids = [client.export_data(["id"])["datas"][0][0] for client in client + other]
        self.rows(*([one, "1010", "Iceland"] for one in ids), header=header)
        self.assertEqual(client.city, "Hinterhof")
        self.assertEqual(client.lang, "fr_FR")
        self.assertEqual(other.city, "Nordstadt")
        self.assertEqual(other.state_id, self.south_state)
        self.assertEqual(other.lang, "de_DE")
        self.assertFalse(other.client_language_confirmed)

    def test_only_an_import_does_it(self):
        client = self.as_user(self.Partner, self.user).create(
            {"name": "Weber", "zip": "1010", "country_id": self.home.id}
        )
        self.assertFalse(client.city)
        context = {"import_file": True, "client_import": True}
        client = self.as_user(self.Partner, self.user).with_context(**context)
        client = client.create({"name": "Huber", "zip": "1010"})
        self.assertFalse(client.city)

    def test_many_rows_need_no_more_queries(self):
        """The places of all rows are looked up at once."""
        self.queries(["1010", "1050"], 5)  # fill the caches
        more = [
            self.queries(["1010", "1050"], size) - self.queries(["", ""], size)
            for size in (5, 50)
        ]
        self.assertEqual(more[0], more[1])

    def queries(self, zips, size):
        """:return: number of queries of an import of `size` clients"""
        rows = [
            [f"Client {number}", zips[number % len(zips)], "Iceland"]
            for number in range(size)
        ]
        partners = self.as_user(self.Partner, self.user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = partners.load(["name", "zip", "country_id"], rows)
        self.env.flush_all()
        self.assertEqual(len(result["ids"]), size)
        return self.env.cr.sql_log_count - before
