"""Base class of the tests of bulk operations: clients, and a user who changes them."""

from ..common import ClientCase


class BulkCase(ClientCase):
    """A user of the client file, and the menu Actions of the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user(email="user@example.com")
        Tag = cls.env["res.partner.category"]
        cls.fair, cls.press, cls.wine = Tag.create(
            [{"name": "Fair"}, {"name": "Press"}, {"name": "Wine"}]
        )

    @classmethod
    def new_clients(cls, count, **values):
        return cls.Partner.create(
            [
                {"name": f"Client {number:03}", "is_company": True, **values}
                for number in range(count)
            ]
        )

    def wizard(self, clients, action, user=None, company=None, **values):
        """:return: the wizard that opens on these partners, filled in"""
        partners = self.as_user(self.Partner, user or self.user, company)
        selection = {"active_model": "res.partner", "active_ids": clients.ids}
        opened = (
            partners.with_context(**selection)
            .env["client.bulk.wizard"]
            .action_open(action)
        )
        wizard = partners.env["client.bulk.wizard"].browse(opened["res_id"])
        wizard.write(values)
        return wizard

    def bulk(self, clients, action, **values):
        """Change clients; :return: the operation that did it"""
        self.wizard(clients, action, **values).action_apply()
        return self.last_operation(values.get("user"))

    def last_operation(self, user=None):
        operations = self.env["client.bulk.operation"].search([], limit=1)
        return self.as_user(operations, user or self.user)

    def undo(self, operation):
        """Undo an operation; :return: the operation that did it"""
        operation.action_undo()
        return operation.undo_ids.sorted("id")[-1]

    def allow_at_once(self, count):
        """Set the number of clients above which a change runs in the background."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("client_segmentation.bulk_limit", count)
