from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...engine.place import load
from ...models.place.client_place import LOADED
from .place_case import PlaceCase


@tagged("post_install", "-at_install")
class TestLoad(PlaceCase):
    """Places come from files; what people have changed stays."""

    def sion(self):
        return self.Place.search([("zip", "=", "1950"), ("name", "=", "Sion")])

    def versions(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT array_agg(xmin::text || ctid::text ORDER BY id) FROM client_place"
        )
        return self.env.cr.fetchone()

    def test_an_update_without_changes_writes_nothing(self):
        before = self.versions()
        self.Place._load_shipped()
        self.assertEqual(self.versions(), before)
        # Even if the files are compared row by row.
        load.load(self.env.cr)
        self.assertEqual(self.versions(), before)

    def test_an_update_writes_what_differs(self):
        client = self.at("1950", "Sion", self.ch)
        self.env.flush_all()
        sion = self.sion()
        self.env.cr.execute(
            "UPDATE client_place SET language = 'de' WHERE id = %s", [sion.id]
        )
        self.env.cr.execute(
            """
            INSERT INTO client_place (country_id, zip, name, origin, is_own, active)
            VALUES (%s, '1951', 'Gone', 'CH|1951|Gone', FALSE, TRUE)
            """,
            [self.ch.id],
        )
        self.env["ir.config_parameter"].set_param(LOADED, "an earlier one")
        self.Place._load_shipped()
        self.assertEqual(sion.language, "fr")
        self.assertFalse(self.Place.search([("name", "=", "Gone")]))
        self.assertEqual(client.client_place_id, sion, "the reference is lost")

    def test_places_of_people_stay(self):
        sion, own = (
            self.sion(),
            self.Place.create(
                {
                    "zip": "1950",
                    "name": "Champsec",
                    "country_id": self.ch.id,
                    "region_id": self.canton("VS").id,
                }
            ),
        )
        sion.municipality = "Sion/Sitten"
        self.assertTrue(sion.is_own and own.is_own)
        self.env["ir.config_parameter"].set_param(LOADED, "an earlier one")
        self.Place._load_shipped()
        self.assertTrue(own.exists())
        self.assertEqual(sion.municipality, "Sion/Sitten")
        self.assertEqual(len(self.sion()), 1)

    def test_clients_follow_a_new_place(self):
        client = self.at("1950", "Champsec", self.ch)
        self.assertEqual(client.client_place_id, self.sion())
        own = self.Place.create(
            {"zip": "1950", "name": "Champsec", "country_id": self.ch.id}
        )
        self.assertEqual(client.client_place_id, own)
        own.name = "Batassé"
        self.assertFalse(client.client_place_id)
        own.active = False
        self.assertEqual(client.client_place_id, self.sion())
        own.unlink()
        self.assertEqual(client.client_place_id, self.sion())

    def test_a_place_of_the_files_is_archived_rather_than_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive"):
            self.sion().unlink()

    def test_rights(self):
        employee = self.new_user("employee", "base.group_user")
        manager = self.new_user("boss", "client_segmentation.group_client_manager")
        portal = self.new_user("portal", "base.group_portal")
        sion = self.sion()
        self.assertEqual(sion.with_user(employee).name, "Sion")
        values = {"zip": "1", "name": "X", "country_id": self.ch.id}
        for action in (
            lambda: sion.with_user(employee).write({"name": "X"}),
            lambda: self.Place.with_user(employee).create([values]),
            lambda: sion.with_user(employee).unlink(),
            lambda: sion.with_user(portal).read(["name"]),
            lambda: self.Region.with_user(portal).search_read([], ["name"]),
        ):
            with self.assertRaises(AccessError):
                action()
        own = self.Place.with_user(manager).create(values)
        own.write({"name": "Y"})
        own.unlink()
        self.assertFalse(own.exists())
