"""Base class of the tests of quality: clients with things missing or wrong."""

from ..common import InvoicingCase

COMPLETE = {
    "email": "info@weber.ch",
    "phone": "+41 27 322 11 44",
    "lang": "en_US",
    "street": "Rue du Rhône 1",
    "zip": "1950",
    "city": "Sion",
    "vat": "CHE-109.322.551 MWST",
}


class QualityCase(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls.env["client.quality"]
        cls.switzerland = cls.env.ref("base.ch")

    @classmethod
    def new_complete(cls, name="Weber Holzbau", **values):
        """:return: a client whose file is complete, but for `values`"""
        complete = {**COMPLETE, "country_id": cls.switzerland.id}
        if "client_language_confirmed" in cls.Partner._fields:
            complete["client_language_confirmed"] = True
        return cls.new_client(name, **{**complete, **values})

    @classmethod
    def age(cls, partners, day="2015-01-01"):
        """Pretend that partners were created, and got their e-mail, on this day."""
        cls.env.flush_all()
        for query in (
            "UPDATE res_partner SET create_date = %s WHERE id = ANY(%s)",
            "UPDATE client_quality SET email_date = %s WHERE partner_id = ANY(%s)",
        ):
            cls.env.cr.execute(query, [day, partners.ids])
        cls.env.invalidate_all()

    def names(self, client, user=None):
        """:return: set of the names of the findings of a client, as the form shows"""
        client = self.as_user(client, user) if user else client
        client.invalidate_recordset()
        details = client.client_finding_details["findings"]
        return {finding["name"] for finding in details}

    def right_value(self, client, name):
        """:return: the right value that the form offers for a finding"""
        client.invalidate_recordset()
        for finding in client.client_finding_details["findings"]:
            if finding["name"] == name:
                return finding.get("right")
        self.fail(f"{name} was not found")
        return None

    def found(self, clients, value, operator="="):
        self.env.flush_all()
        domain = [("id", "in", clients.ids), ("client_findings", operator, value)]
        return self.Partner.search(domain, order="id")
