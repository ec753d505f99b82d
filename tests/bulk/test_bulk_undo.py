from odoo.exceptions import UserError
from odoo.tests import tagged

from .bulk_case import BulkCase


@tagged("post_install", "-at_install")
class TestBulkUndo(BulkCase):
    """An operation can be undone for the clients that have not changed since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.new_clients(100)

    def test_what_was_edited_by_hand_since_is_listed_and_left(self):
        """95 of 100 clients get their status back, 5 stay as they are."""
        self.clients[:50].client_status_id = self.inactive
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        edited = self.clients[10:15]
        edited.client_status_id = self.active

        undo = self.undo(operation)

        for client in self.clients - edited:
            before = self.inactive if client in self.clients[:50] else self.prospect
            self.assertEqual(self.status_of(client), before)
        for client in edited:
            self.assertEqual(self.status_of(client), self.active)
        self.assertEqual(undo.changed_count, 95)
        self.assertEqual(undo.unchanged_count, 5)
        self.assertEqual(undo.left_names, ", ".join(edited.mapped("name")))
        listed = self.Partner.search(undo.action_open_left()["domain"])
        self.assertEqual(listed, edited)

    def test_edited_and_set_back_is_touched_as_well(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        client = self.clients[0]
        client.client_status_id = self.active
        client.client_status_id = self.vip

        undo = self.undo(operation)

        self.assertEqual(self.status_of(client), self.vip)
        self.assertEqual(undo.left_names, client.name)

    def test_the_undo_can_be_undone(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        undo = self.undo(operation)
        self.assertFalse(operation.can_undo)
        with self.assertRefused(UserError, "undone already"):
            operation.action_undo()

        redo = self.undo(undo)

        self.assertEqual(self.status_of(self.clients[0]), self.vip)
        self.assertEqual(redo.changed_count, 100)
        self.undo(redo)
        self.assertEqual(self.status_of(self.clients[0]), self.prospect)

    def test_only_the_tags_that_the_operation_added_are_taken_away(self):
        self.clients[:30].category_id = self.fair
        operation = self.bulk(self.clients, "tag_add", tag_ids=self.fair + self.wine)
        self.clients[40].category_id -= self.wine
        self.clients[50].category_id -= self.fair
        self.clients[50].category_id += self.fair  # somebody wants it there

        undo = self.undo(operation)

        self.assertEqual(self.clients[:30].category_id, self.fair)
        self.assertFalse(self.clients[30:50].category_id)
        self.assertEqual(self.clients[50].category_id, self.fair)
        self.assertFalse(self.clients[51:].category_id)
        self.assertEqual(
            self.Partner.search(undo.action_open_left()["domain"]),
            self.clients[40] + self.clients[50],
        )

    def test_replaced_and_removed_tags_come_back(self):
        self.clients[:30].category_id = self.press + self.wine
        replaced = self.bulk(
            self.clients, "tag_replace", tag_ids=self.fair, confirmed=True
        )
        self.undo(replaced)
        self.assertEqual(self.clients[0].category_id, self.press + self.wine)
        self.assertFalse(self.clients[99].category_id)

        removed = self.bulk(self.clients, "tag_remove", tag_ids=self.press)
        self.assertEqual(removed.changed_count, 30)
        undo = self.undo(removed)
        self.assertEqual(self.clients[0].category_id, self.press + self.wine)
        self.assertEqual(undo.changed_count, 30)

    def test_a_value_that_is_gone_is_not_given_back(self):
        gone = self.env["client.status"].create({"name": "Trial"})
        self.clients[0].client_status_id = gone
        tag = self.env["res.partner.category"].create({"name": "Gone"})
        self.clients[0].category_id = tag
        status = self.bulk(self.clients[:2], "status", status_id=self.vip.id)
        tags = self.bulk(self.clients[:2], "tag_remove", tag_ids=tag)
        gone.unlink()
        tag.unlink()

        undo = self.undo(status)
        self.undo(tags)

        self.assertEqual(self.status_of(self.clients[0]), self.vip)
        self.assertEqual(undo.left_names, self.clients[0].name)
        self.assertEqual(self.status_of(self.clients[1]), self.prospect)

    def test_rating_and_criterion_come_back(self):
        lavaux = self.new_value(self.region, "Lavaux")
        self.clients[0].write({"client_rating": "5", "client_criterion_1_id": lavaux})
        rating = self.bulk(self.clients, "rating", rating="1")
        region = self.bulk(self.clients, "criterion_1", is_emptied=True)

        self.undo(rating)
        self.undo(region)

        self.assertEqual(self.clients[0].client_rating, "5")
        self.assertEqual(self.clients[1].client_rating, "0")
        self.assertEqual(self.clients[0].client_criterion_1_id, lavaux)

    def test_in_the_company_of_the_operation(self):
        self.user.company_ids += self.other_company
        operation = self.bulk(
            self.clients,
            "status",
            company=self.other_company,
            status_id=self.vip.id,
        )
        self.clients.client_status_id = self.active
        both = self.company + self.other_company
        operation = operation.with_context(allowed_company_ids=both.ids)

        self.undo(operation)

        client = self.clients[0]
        self.assertEqual(self.status_of(client, self.other_company), self.prospect)
        self.assertEqual(self.status_of(client), self.active)

    def test_who_may_not_write_a_client_any_more_does_not_undo_it(self):
        operation = self.bulk(self.clients, "type", type_id=self.type_supplier.id)
        self.clients[0].company_id = self.other_company

        undo = self.undo(operation)

        self.assertEqual(self.clients[0].client_type_id, self.type_supplier)
        self.assertEqual(undo.forbidden_count, 1)
        self.assertFalse(undo.forbidden_names, "the user does not even see it")
        self.assertEqual(undo.changed_count, 99)

        self.clients[0].company_id = False
        again = self.undo(operation)  # who may now does the rest

        self.assertEqual(self.clients[0].client_type_id, self.type_prospect)
        self.assertEqual((again.changed_count, again.asked_count), (1, 1))
        self.assertFalse(again.left_names)
        self.assertFalse(operation.can_undo)

    def test_one_that_has_been_undone_is_not_resumed(self):
        operation = self.bulk(self.clients, "status", status_id=self.vip.id)
        self.undo(operation)
        undo = operation.sudo().undo_ids
        undo.user_id = self.new_client_user("colleague")
        operation.sudo().state = "cancelled"
        with self.assertRefused(UserError, "has been undone"):
            operation.action_resume()
