"""Base classes of the tests: two companies, their accounting and their users."""

import csv
import importlib.util
import io
from contextlib import contextmanager
from pathlib import Path

from odoo import Command, fields
from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools import file_path

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
}
IMPORT_OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True}


class ClientCase(TransactionCase):
    """Two companies, a user of each group, and the statuses and types of the addon.

    By default everything happens in `company`. `env` has superuser rights; `as_user`
    returns records with the rights of a user.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Bureau Lavaux"})
        cls.other_company = cls.env["res.company"].create({"name": "Agence Meuse"})
        context = {**QUIET, "allowed_company_ids": cls.company.ids}
        cls.env = cls.env(context={**cls.env.context, **context})
        cls.Partner = cls.env["res.partner"]
        cls.Change = cls.env["client.change"]
        for name in ("prospect", "active", "vip", "inactive"):
            setattr(cls, name, cls._ours(f"client_status_{name}"))
        for name in ("prospect", "client", "supplier"):
            setattr(cls, f"type_{name}", cls._ours(f"client_type_{name}"))
        cls.region = cls._ours("client_criterion_1")
        cls.sector = cls._ours("client_criterion_2")

    @classmethod
    def _ours(cls, name):
        return cls.env.ref(f"client_segmentation.{name}")

    @classmethod
    def new_user(cls, login, groups, companies=None, **values):
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            **values,
        )

    @classmethod
    def new_employee(cls, **values):
        """An internal user who does not work with clients."""
        return cls.new_user("employee", "base.group_user", **values)

    @classmethod
    def new_client_user(cls, login="client_user", **values):
        """A user of the client file, who may export it."""
        groups = "base.group_partner_manager,base.group_allow_export"
        return cls.new_user(login, groups, **values)

    @classmethod
    def new_manager(cls, login="client_manager", **values):
        groups = "base.group_partner_manager,client_segmentation.group_client_manager"
        return cls.new_user(login, groups, **values)

    @classmethod
    def new_accountant(cls, **values):
        """A user who invoices, but may not change contacts."""
        return cls.new_user("accountant", "account.group_account_invoice", **values)

    @classmethod
    def new_portal_user(cls, **values):
        return cls.new_user("portal_user", "base.group_portal", **values)

    @classmethod
    def new_client(cls, name="Weber Holzbau", **values):
        return cls.Partner.create({"name": name, "is_company": True, **values})

    @classmethod
    def new_contact(cls, client, name="Anna Weber", **values):
        return cls.Partner.create({"name": name, "parent_id": client.id, **values})

    @classmethod
    def new_value(cls, criterion, name):
        return cls.env["client.criterion.value"].create(
            {"name": name, "criterion_id": criterion.id}
        )

    @classmethod
    def speak(cls, *codes):
        """Make languages available."""
        for code in codes:
            cls.env["res.lang"]._activate_lang(code)

    def as_user(self, records, user, company=None):
        """:return: the records with the rights of `user`, in `company`"""
        company = company or user.company_id
        records = records.with_user(user).with_company(company)
        return records.with_context(allowed_company_ids=company.ids, lang=user.lang)

    def status_of(self, client, company=None):
        return client.with_company(company or self.company).client_status_id

    def history(self, client, qualifier=None):
        """:return: the journal lines of a client, the oldest first"""
        self.env.flush_all()
        domain = [("partner_id", "=", client.id)]
        if qualifier:
            domain.append(("qualifier", "=", qualifier))
        return self.Change.search(domain, order="id")

    @contextmanager
    def assertRefused(self, error, words):
        """Assert that the code inside raises an error with this text.

        The database is rolled back at the end, so an assertion about the database after
        this context manager can never fail.
        """
        with self.assertRaises(error) as refused:
            yield refused
        self.assertRegex(str(refused.exception), words)

    def migrate(self, name):
        """Run a script of `migrations`, as during an update."""
        self.env.flush_all()
        top = Path(file_path("client_segmentation/migrations"))
        [path] = top.glob(f"*/*-{name}.py")
        spec = importlib.util.spec_from_file_location(name, path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def form(self, record, view="client_segmentation.client_action"):
        """:return: the form that the menu *Clients* opens"""
        action = self.env.ref(view)
        form = action.view_ids.filtered(lambda line: line.view_mode == "form")
        return Form(record, view=form.view_id)


class InvoicingCase(ClientCase):
    """Both companies have the accounts and journals that an invoice needs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_books(cls.company)
        cls._open_books(cls.other_company)

    @classmethod
    def _open_books(cls, company):
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        accounts = {
            kind: env["account.account"].create(
                {"name": name, "code": code, "account_type": kind}
            )
            for code, kind, name in (
                ("110000", "asset_receivable", "Debtors"),
                ("200000", "liability_payable", "Creditors"),
                ("300000", "income", "Sales"),
                ("400000", "expense", "Purchases"),
            )
        }
        for kind, code, account in (
            ("sale", "INV", "income"),
            ("purchase", "BILL", "expense"),
        ):
            env["account.journal"].create(
                {
                    "name": kind,
                    "code": code,
                    "type": kind,
                    "default_account_id": accounts[account].id,
                }
            )
        for side in ("receivable", "payable"):
            kind = ("asset_" if side == "receivable" else "liability_") + side
            env["ir.default"].set(
                "res.partner",
                f"property_account_{side}_id",
                accounts[kind].id,
                company_id=company.id,
            )

    @classmethod
    def draft(cls, client, move_type="out_invoice", company=None, **values):
        """:return: a document of 100 that is not posted yet"""
        moves = cls.env["account.move"].with_company(company or cls.company)
        return moves.create(
            {
                "move_type": move_type,
                "partner_id": client.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create({"name": "Consulting", "price_unit": 100})
                ],
                **values,
            }
        )

    @classmethod
    def invoice(cls, client, move_type="out_invoice", company=None, **values):
        """:return: a posted document of 100"""
        move = cls.draft(client, move_type, company, **values)
        move.action_post()
        return move


class SearchCase(ClientCase):
    """A few clients, and the search of the client list."""

    def setUp(self):
        super().setUp()
        self.mine = self.Partner

    def add(self, name, **values):
        client = self.new_client(name, **values)
        self.mine += client
        return client

    def found(self, text, operator="ilike"):
        domain = [("id", "in", self.mine.ids), ("display_name", operator, text)]
        return self.Partner.search(domain)

    def assertFinds(self, client, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(self.found(text), client)

    def assertFindsNothing(self, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertFalse(self.found(text))


class ImportCase(ClientCase):
    """A user of the client file imports a file in Odoo's import screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.env["res.partner.category"].create([{"name": "Fair"}, {"name": "Press"}])
        cls.vaud = cls.new_value(cls.region, "Vaud")
        cls.health = cls.new_value(cls.sector, "Health")

    def do_import(self, header, *rows, user=None, **options):
        """:return: the result of the import of these rows"""
        wizard = self._wizard(header, rows, user or self.user)
        matches = wizard.parse_preview({**IMPORT_OPTIONS})["matches"]
        fields = [
            "/".join(matches[index]) if index in matches else False
            for index in range(len(header))
        ]
        self.assertNotIn(False, fields, "the screen recognises every column")
        return wizard.execute_import(fields, header, {**IMPORT_OPTIONS, **options})

    def _wizard(self, header, rows, user):
        sheet = io.StringIO()
        csv.writer(sheet).writerows([header, *rows])
        wizards = self.as_user(self.env["base_import.import"], user)
        return wizards.create(
            {
                "res_model": "res.partner",
                "file": sheet.getvalue().encode(),
                "file_type": "text/csv",
            }
        )

    def imported(self, header, *rows, **options):
        """:return: the imported clients; the import must not fail"""
        result = self.do_import(header, *rows, **options)
        self.assertFalse(result["messages"])
        return self.Partner.browse(result["ids"])

    def assertSheetRefused(self, column, value, *words, header=None):
        """One invalid cell in the third row: nothing is imported."""
        rows = [["One", ""], ["Two", ""], ["Three", value], ["Four", ""]]
        before = self.Partner.search_count([])
        result = self.do_import(["Name", column], *rows)
        self.assertFalse(result["ids"])
        errors = [line for line in result["messages"] if line["type"] == "error"]
        self.assertEqual(len(errors), 1)
        self.assertEqual(errors[0]["rows"], {"from": 2, "to": 2})
        for word in (value, *words):
            self.assertIn(word, errors[0]["message"])
        self.assertEqual(self.Partner.search_count([]), before)
