from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import ClientCase, InvoicingCase


@tagged("post_install", "-at_install")
class TestTwoLineName(ClientCase):
    """A client has a second name line, and its name stays what it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spital = cls.new_client("Kantonsspital", client_name2="Einkauf")

    def in_drop_down(self, partner, **context):
        return partner.with_context(formatted_display_name=True, **context).display_name

    def test_drop_downs_show_the_second_line_muted(self):
        # What stands between the dashes is what the web client mutes.
        self.assertEqual(self.in_drop_down(self.spital), "Kantonsspital \t --Einkauf--")

    def test_drop_downs_show_clients_without_second_line_as_ever(self):
        self.assertEqual(self.in_drop_down(self.new_client("Weber")), "Weber")

    def test_drop_downs_show_a_contact_under_its_client(self):
        contact = self.new_contact(self.spital, "Eva Roth", client_name2="Labor")
        self.assertEqual(self.in_drop_down(contact), "Kantonsspital \t --Eva Roth--")

    def test_drop_downs_that_show_the_email_still_do(self):
        self.spital.email = "einkauf@spital.example"
        self.assertEqual(
            self.in_drop_down(self.spital, show_email=True),
            "Kantonsspital \t --einkauf@spital.example--",
        )

    def test_drop_downs_follow_a_change_of_the_second_line(self):
        self.in_drop_down(self.spital)
        self.spital.client_name2 = "Apotheke"
        self.assertEqual(
            self.in_drop_down(self.spital), "Kantonsspital \t --Apotheke--"
        )

    def test_the_name_stays_the_first_line(self):
        self.assertEqual(self.spital.name, "Kantonsspital")
        self.assertEqual(self.spital.complete_name, "Kantonsspital")
        self.assertEqual(self.spital.display_name, "Kantonsspital")

    def test_a_contact_is_called_after_the_first_line_of_its_client(self):
        contact = self.new_contact(self.spital, "Eva Roth")
        self.assertEqual(contact.complete_name, "Kantonsspital, Eva Roth")

    def test_a_contact_has_no_second_line_by_its_client(self):
        self.assertFalse(self.new_contact(self.spital, "Eva Roth").client_name2)

    def test_the_second_line_is_exported(self):
        rows = self.spital.export_data(["name", "client_name2"])["datas"]
        self.assertEqual(rows, [["Kantonsspital", "Einkauf"]])

    def test_the_second_line_is_searched_on_its_own_too(self):
        domain = [("client_name2", "ilike", "einkauf")]
        self.assertIn(self.spital, self.Partner.search(domain))


@tagged("post_install", "-at_install")
class TestPrintedName(InvoicingCase):
    """Documents print the second line when their company wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spital = cls.new_client(
            "Kantonsspital",
            client_name2="Einkauf",
            street="Rämistrasse 100",
            zip="8091",
            city="Zürich",
        )
        cls.company.client_print_name2 = True

    def address(self, partner, company=None, **options):
        partner = partner.with_company(company or self.company)
        return partner._display_address(**options).split("\n")

    def printed(self, partner, company=None, fields=("name", "address")):
        """:return: lines of what `t-options={"widget": "contact"}` prints"""
        contact = self.env["ir.qweb.field.contact"]
        partner = partner.with_company(company or self.company)
        options = {"fields": list(fields), "no_marker": True}
        return self.lines(contact.value_to_html(partner, options))

    def lines(self, html):
        text = html2plaintext(html)
        return [line.strip() for line in text.splitlines() if line.strip()]

    def printed_invoice(self, invoice):
        report = self.env["ir.actions.report"]
        html, _type = report._render_qweb_html("account.report_invoice", invoice.ids)
        return self.lines(html.decode())

    def test_the_second_line_comes_before_the_street(self):
        lines = self.address(self.spital)
        self.assertEqual(lines[:2], ["Kantonsspital", "Einkauf"])
        self.assertEqual(lines[2], "Rämistrasse 100")

    def test_without_the_company_line_it_comes_first(self):
        lines = self.address(self.spital, without_company=True)
        self.assertEqual(lines[:2], ["Einkauf", "Rämistrasse 100"])

    def test_it_comes_after_the_company_that_somebody_works_for(self):
        freelance = self.Partner.create(
            {
                "name": "Eva Roth",
                "company_name": "Roth Design",
                "client_name2": "Atelier",
                "street": "Gasse 1",
            }
        )
        lines = self.address(freelance)
        self.assertEqual(lines[:3], ["Roth Design", "Atelier", "Gasse 1"])

    def test_it_stands_between_name_and_street_of_a_printed_contact(self):
        self.assertEqual(
            self.printed(self.spital)[:3],
            ["Kantonsspital", "Einkauf", "Rämistrasse 100"],
        )

    def test_a_percent_sign_in_it_is_printed(self):
        self.spital.client_name2 = "100 % Bio %(city)s"
        self.assertEqual(self.printed(self.spital)[1], "100 % Bio %(city)s")

    def test_a_contact_without_second_line_is_printed_as_ever(self):
        weber = self.new_client("Weber", street="Gasse 1")
        self.assertEqual(self.printed(weber)[:2], ["Weber", "Gasse 1"])

    def test_a_company_that_does_not_want_it_does_not_print_it(self):
        self.company.client_print_name2 = False
        self.assertNotIn("Einkauf", self.address(self.spital))
        self.assertEqual(
            self.printed(self.spital)[:2], ["Kantonsspital", "Rämistrasse 100"]
        )

    def test_each_company_decides_for_itself(self):
        self.assertIn("Einkauf", self.printed(self.spital))
        self.assertNotIn("Einkauf", self.printed(self.spital, self.other_company))
        self.assertIn("Einkauf", self.printed(self.spital))
        address = self.spital.with_company(self.company).contact_address
        self.assertIn("Einkauf", address)
        address = self.spital.with_company(self.other_company).contact_address
        self.assertNotIn("Einkauf", address)

    def test_an_invoice_prints_it_under_the_name(self):
        lines = self.printed_invoice(self.invoice(self.spital))
        start = lines.index("Kantonsspital")
        self.assertEqual(
            lines[start : start + 3], ["Kantonsspital", "Einkauf", "Rämistrasse 100"]
        )

    def test_an_invoice_of_a_company_that_does_not_want_it_leaves_it_out(self):
        self.company.client_print_name2 = False
        lines = self.printed_invoice(self.invoice(self.spital))
        self.assertIn("Kantonsspital", lines)
        self.assertNotIn("Einkauf", lines)

    def test_invoices_of_two_companies_are_printed_as_each_wants(self):
        """Both at once, by somebody who works in the first company at the moment."""
        invoices = self.invoice(self.spital)
        invoices += self.invoice(self.spital, company=self.other_company)
        lines = self.printed_invoice(invoices)
        self.assertEqual(lines.count("Kantonsspital"), 2)
        self.assertEqual(lines.count("Einkauf"), 1)
        self.assertIn("Einkauf", self.printed_invoice(invoices[0]))
        self.assertNotIn("Einkauf", self.printed_invoice(invoices[1]))

    def test_an_invoice_read_on_the_portal_follows_its_own_company(self):
        portal = self.new_portal_user(companies=self.other_company)
        invoice = self.invoice(self.spital).with_user(portal).sudo()
        contact = self.env["ir.qweb.field.contact"].with_user(portal)
        contact = contact.with_context(allowed_company_ids=self.other_company.ids)
        html = contact.record_to_html(invoice, "partner_id", {"fields": ["address"]})
        self.assertIn("Einkauf", self.lines(html))
