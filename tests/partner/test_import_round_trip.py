from odoo.tests import tagged

from ..common import ImportCase


@tagged("post_install", "-at_install")
class TestRoundTrip(ImportCase):
    """What is exported comes in again."""

    FIELDS = (
        "id",
        "name",
        "client_name2",
        "category_id",
        "client_type_id",
        "client_organisation",
        "client_criterion_1_id",
        "client_criterion_2_id",
        "client_rating",
        "client_status_id",
        "client_status_pinned",
        "client_key_note",
        "client_since",
        "client_source_id",
        "client_likes",
    )

    def setUp(self):
        super().setUp()
        self.client = self.new_client(
            client_name2="Filiale Bern",
            category_id=[(6, 0, self.env["res.partner.category"].search([]).ids)],
            client_type_id=self.type_supplier.id,
            client_organisation="public",
            client_criterion_1_id=self.vaud.id,
            client_criterion_2_id=self.new_value(self.sector, "Vaud").id,
            client_rating="5",
            client_status_id=self.vip.id,
            client_status_pinned=True,
            client_key_note="First line\nsecond line",
            client_since="2019-03-01",
            client_source_id=self.env["utm.source"].create({"name": "Friend"}).id,
            client_likes="Concerts",
        )
        self.env.flush_all()

    def values(self):
        record = self.client.read(self.FIELDS[1:])[0]
        return {name: record[name] for name in self.FIELDS[1:]}

    def export(self, names):
        client = self.as_user(self.client, self.user)
        rows = client.export_data(names)["datas"]
        return [["" if cell is False else str(cell) for cell in row] for row in rows]

    def load(self, names, rows):
        self.assertEqual(self.imported(names, *rows), self.client)
        self.env.invalidate_all()

    def test_what_comes_in_unchanged_changes_nothing(self):
        values, lines = self.values(), self.history(self.client)
        self.load(self.FIELDS, self.export(self.FIELDS))
        self.assertEqual(self.values(), values)
        self.assertEqual(self.history(self.client), lines)

    def test_what_was_changed_since_is_what_it_was(self):
        values, rows = self.values(), self.export(self.FIELDS)
        self.client.write(
            {
                "client_name2": False,
                "category_id": [(5,)],
                "client_type_id": self.type_client.id,
                "client_organisation": "company",
                "client_criterion_1_id": False,
                "client_criterion_2_id": False,
                "client_rating": "0",
                "client_status_id": self.prospect.id,
                "client_status_pinned": False,
                "client_likes": False,
            }
        )
        self.load(self.FIELDS, rows)
        self.assertEqual(self.values(), values)

    def test_external_ids_work_as_well_as_names(self):
        names = ["id"] + [f"client_{what}_id/id" for what in ("type", "status")]
        rows = self.export(names)
        self.assertIn("client_segmentation.client_type_supplier", rows[0])
        self.client.write(
            {"client_type_id": self.type_client.id, "client_status_id": False}
        )
        self.load(names, rows)
        self.assertEqual(self.client.client_type_id, self.type_supplier)
        self.assertEqual(self.status_of(self.client), self.vip)
