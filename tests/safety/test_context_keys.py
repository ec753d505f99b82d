import ast
from pathlib import Path

from odoo import Command
from odoo.tests import tagged

from ...models.block.res_partner_choice import COMPANY_KEY
from ...models.partner.client_change import ImportRun
from ...models.rule.runner import VisitedStatuses
from ..common import InvoicingCase

ADDON = Path(__file__).parents[2]
ROOMS = ("models", "wizards", "reports", "engine", "integrations", "hooks.py")
# What RPC can hand over as a value of the context.
HOSTILE = ({}, [], False, True, 0, 1, 2**70, "x", ["a"], {"a": 1}, [[]])
# The keys that the code reads, tried below with all of these. A new one has to be
# entered here, and so is tried, too.
KEYS = {
    "active_domain",
    "active_ids",
    "client_all_selected",
    "client_class",
    "client_exact",
    "client_limits",
    "client_new_has_country",
    "client_plain_report",
    "client_criterion_number",
    "cron_id",
    "default_city",
    "default_zip",
    "formatted_display_name",
    "install_mode",
    COMPANY_KEY,
    ImportRun.KEY,
    VisitedStatuses.KEY,
}
# Of a key that Odoo's cache depends on, Odoo itself refuses what has no hash.
TRIED = KEYS - {"formatted_display_name"}
# Keys that stand in a constant, by what the code calls it.
CONSTANTS = {"cls.KEY", "COMPANY_KEY", "f'default_{name}'"}


def _keys_read():
    """:return: what the code looks up in a context, names or expressions"""
    found = set()
    for room in ROOMS:
        top = ADDON / room
        files = [top] if top.is_file() else top.rglob("*.py")
        for file in files:
            if "tests" not in file.relative_to(ADDON).parts:
                found |= set(map(_key, _lookups(ast.parse(file.read_text()))))
    return found


def _lookups(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_context(node.value):
            yield node.slice
        elif isinstance(node, ast.Compare) and any(
            isinstance(operator, ast.In | ast.NotIn) and _is_context(right)
            for operator, right in zip(node.ops, node.comparators, strict=True)
        ):
            yield node.left
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("get", "pop")
            and _is_context(node.func.value)
            and node.args
        ):
            yield node.args[0]


def _is_context(node):
    name = getattr(node, "attr", getattr(node, "id", ""))
    return name in ("context", "_context")


def _key(node):
    return node.value if isinstance(node, ast.Constant) else ast.unparse(node)


@tagged("post_install", "-at_install")
class TestContextKeys(InvoicingCase):
    """RPC callers choose the context, so it must not decide anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.new_accountant()
        cls.rules = cls.env["client.status.rule"].with_context(active_test=False)
        cls.failures = cls.env["client.status.rule.failure"]
        # Several rules of the trigger: they remember where clients have been.
        cls.first = cls._ours("client_status_rule_first_invoice")
        cls.first.copy(
            {
                "name": "Another",
                "active": True,
                "sequence": cls.first.sequence + 1,
                "from_status_ids": [Command.set(cls.active.ids)],
                "to_status_id": cls.vip.id,
                "from_type_id": False,
                "to_type_id": False,
            }
        )

    def test_every_key_that_the_code_reads_is_tried(self):
        read = _keys_read()
        self.assertIn("cron_id", read, "nothing is found at all")
        self.assertFalse(read - KEYS - CONSTANTS, "enter them in KEYS")

    def test_a_posting_does_the_same_whatever_is_in_the_context(self):
        for value in HOSTILE:
            with self.subTest(value=value):
                self._post_with(dict.fromkeys(TRIED, value))

    def _post_with(self, context):
        client = self.new_client()
        draft = self.draft(client).with_user(self.accountant)
        draft.with_context(**context).action_post()
        self.assertEqual(draft.state, "posted")
        lines = self.history(client, "client_status_id").sorted("id")
        self.assertEqual(
            lines.mapped("new_label"), ["Active", "VIP"], "both rules have run"
        )
        self.assertFalse(self.failures.search([]), "and none has failed")

    def test_what_is_read_does_not_fail_whatever_is_in_the_context(self):
        client = self.new_client()
        client.client_type_id = self.env["client.type"].search([], limit=1)
        for value in HOSTILE:
            with self.subTest(value=value):
                self._read_with(client, dict.fromkeys(TRIED, value))

    def _read_with(self, client, context):
        partners = client.with_user(self.accountant).with_context(**context)
        partners.read(["display_name", "client_status_id", "client_type_id"])
        partners.name_search("Weber")
        values = self.env["client.criterion.value"].with_user(self.accountant)
        values = values.with_context(**context)
        values.name_search("x")
        values.default_get(["criterion_id"])

    def test_only_the_code_itself_says_that_an_import_is_under_way(self):
        for value in HOSTILE:
            context = {ImportRun.KEY: value, VisitedStatuses.KEY: value}
            env = self.env(context=context)
            self.assertIsNone(ImportRun.of(env))
            self.assertIsNone(VisitedStatuses.of(env))
