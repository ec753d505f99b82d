"""Base class of the tests of the reports: documents of all kinds, and the ledger."""

from contextlib import contextmanager

from odoo import Command

from ..metric.engine_case import EngineCase

DIMENSIONS = (
    "commercial_partner_id",
    "client_type_id",
    "client_organisation",
    "client_criterion_1_id",
    "client_criterion_2_id",
    "client_status_id",
    "client_revenue_class",
    "client_payment_class",
    "client_engagement",
    "client_region_id",
    "client_parent_region_id",
    "client_canton_id",
    "client_lang",
    "country_id",
    "invoice_user_id",
    "company_id",
)


class ReportCase(EngineCase):
    """Three clients in two companies and two currencies, with invoices, credit notes
    and receipts of three years.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company | cls.other_company
        cls.vaud = cls.new_value(cls.region, "Vaud")
        cls.health = cls.new_value(cls.sector, "Health")
        cls.fair, cls.press = cls.env["res.partner.category"].create(
            [{"name": "Fair"}, {"name": "Press"}]
        )
        ch = cls.env.ref("base.ch")
        states = cls.env["res.country.state"].search([("country_id", "=", ch.id)])
        by_code = {state.code: state for state in states}
        cls.aargau = by_code["AG"]
        cls.large = cls.new_client(
            "Large",
            client_criterion_1_id=cls.vaud.id,
            client_criterion_2_id=cls.health.id,
            client_organisation="public",
            category_id=[Command.set((cls.fair | cls.press).ids)],
            country_id=ch.id,
            state_id=by_code["AG-FR"].id,
        )
        cls.medium = cls.new_client(
            "Medium",
            client_type_id=cls.type_supplier.id,
            category_id=[Command.set(cls.fair.ids)],
            country_id=ch.id,
            state_id=cls.aargau.id,
        )
        cls.small = cls.new_client("Small", is_company=False)
        cls._make_documents()

    @classmethod
    def _make_documents(cls):
        contact = cls.new_contact(cls.large)
        cls.bill(cls.large, 5000, (333.35, 10), ago=20)
        cls.bill(contact, 1234.55, ago=200, currency_id=cls.euro.id)
        cls.bill(cls.large, 700, ago=500)
        cls.bill(cls.medium, 999.95, ago=100, move_type="out_receipt")
        cls.reverse(cls.bill(cls.medium, 400, ago=90), amount=150.45, ago=60)
        cls.bill(cls.small, 80, ago=1000)
        cls.bill(cls.small, 61.3, ago=5, invoice_user_id=cls.seller.id)
        for client, amount in ((cls.large, 2222.2), (cls.small, 47.15)):
            cls.bill(client, amount, ago=30, company=cls.other_company)
        cls.bill(
            cls.medium,
            310,
            ago=450,
            company=cls.other_company,
            currency_id=cls.franc.id,
        )
        # What does not count.
        cls.draft(cls.large)
        cls.draft(cls.large).button_cancel()
        cls.invoice(cls.large, "in_invoice")
        for company in cls.both:
            cls.Metric._refresh(company)

    def report(self, name, companies=None):
        """:return: the report of some companies; default is `company`"""
        companies = companies or self.company
        context = {"allowed_company_ids": companies.ids}
        return self.env[name].with_context(**context).with_company(companies[0])

    def ledger(self, documents):
        """:return: untaxed income that these documents booked, by currency code"""
        income = {}
        for line in documents.sudo().line_ids:
            if line.account_id.internal_group == "income":
                code = line.company_currency_id.name
                income[code] = income.get(code, 0) - line.balance
        return income

    def documents(self, companies):
        """:return: what counts: posted customer documents of our clients"""
        return self.env["account.move"].search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
            ]
        )

    @contextmanager
    def read_only(self):
        """What is done inside could be done on a replica: it writes nothing."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False)
        self.env.cr.execute("SET LOCAL transaction_read_only = on")
        try:
            yield
        finally:
            savepoint.close(rollback=True)
