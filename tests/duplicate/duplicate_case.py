"""Base class of the tests of duplicates: clients that are alike, and their pairs."""

from ..common import InvoicingCase


class DuplicateCase(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Duplicate = cls.env["client.duplicate"]
        cls.country = cls.env.ref("base.ch")
        cls.user = cls.new_client_user()
        cls.manager = cls.new_manager()

    @classmethod
    def new_person(cls, name, **values):
        return cls.Partner.create({"name": name, **values})

    def find(self):
        """Search all duplicates."""
        self.env.flush_all()
        self.Duplicate._find()

    def pair(self, one, other):
        """:return: the stored pair of two partners, or none"""
        first, second = (one | other).sorted("id")
        return self.Duplicate.search(
            [("partner_id", "=", first.id), ("other_id", "=", second.id)]
        )

    def found(self, one, other):
        """:return: the pair after a search of all duplicates"""
        self.find()
        return self.pair(one, other)

    def codes(self, pair):
        return {code.partition(":")[0] for code in (pair.reasons or "").split(",")}

    def merge(self, kept, *gone, user=None, **values):
        """Merge in Odoo's own wizard."""
        wizards = self.env["base.partner.merge.automatic.wizard"]
        if user:
            wizards = self.as_user(wizards, user)
        partners = kept.union(*gone)
        wizard = wizards.create(
            {
                "partner_ids": [(6, 0, partners.ids)],
                "dst_partner_id": kept.id,
                **values,
            }
        )
        wizard.action_merge()
        self.env.flush_all()
        self.env.invalidate_all()
        return wizard
