from odoo.addons.client_segmentation.tests.metric.engine_case import EngineCase


class ExtensionCase(EngineCase):
    """Clients of which the addon that extends ours knows more than we do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client("Weber")
        cls.meyer = cls.new_client("Meyer")
        cls.reader = cls.new_accountant()

    @classmethod
    def rent(cls, client, amount, ago=0, **values):
        """:return: a rental that is done"""
        return cls.env["test.rental"].create(
            {
                "name": f"R {amount}",
                "partner_id": client.id,
                "company_id": cls.company.id,
                "date": cls.days_ago(ago),
                "amount": amount,
                "state": "done",
                **values,
            }
        )

    def refresh(self):
        return self.Metric._refresh(self.company)

    def drain(self):
        while self.Queue._drain():
            pass

    def as_reader(self, records):
        """:return: the records for a user who sees figures, in the company"""
        return self.as_user(records, self.reader)
