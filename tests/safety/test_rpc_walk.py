"""All methods of the addon that RPC may call, with all roles and any arguments."""

import logging
from unittest.mock import patch

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..metric.engine_case import EngineCase
from .rpc_reader import Reader, models_of_ours
from .rpc_role import Role
from .rpc_walk import Walker, public_methods

_logger = logging.getLogger(__name__)
SECRET = "Zurückhaltung"
REASON = "Wechselreiterei"
MANAGER = "base.group_partner_manager,client_segmentation.group_client_manager"
ROLES = {
    "portal": "base.group_portal",
    "public": "base.group_public",
    "employee": "base.group_user",
    "user": "base.group_partner_manager",
    "revenue": "client_segmentation.group_client_revenue",
    "manager": MANAGER,
    "accountant": "account.group_account_invoice",
    "salesperson": "sales_team.group_sale_salesman_all_leads",
}
# By which paths somebody may ask for the name of a hidden client.
PATHS = {
    "res.partner": (
        "display_name",
        "client_change_ids.partner_id.name",
        "client_change_ids.partner_id.commercial_partner_id.display_name",
        "client_status_id.create_uid.partner_id.client_change_ids.partner_id.name",
    ),
    "client.change": ("partner_id.name", "partner_id", "rule_id.change_ids.partner_id"),
    "client.metric": ("partner_id.name", "partner_id"),
    "client.pareto.report": ("partner_id.name",),
    "client.review": ("list_ids.line_ids.partner_id.name",),
    "client.review.list": ("line_ids.partner_id.name",),
    "client.review.line": (
        "partner_id.name",
        "partner_id",
        "list_id.line_ids.partner_id",
    ),
    "client.revenue.report": ("commercial_partner_id.name",),
    "client.revenue.comparison": ("commercial_partner_id.name",),
    "client.discount.report": ("commercial_partner_id.name",),
    "client.status.rule": (
        "change_ids.partner_id.name",
        "failure_ids.partner_ids.name",
    ),
    "client.status.rule.failure": ("partner_ids.name", "rule_id.change_ids.partner_id"),
}
LOUD = (
    "odoo.sql_db",
    "odoo.addons.base.models.ir_access",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.client_segmentation.models.rule.runner",
    "odoo.domains",
    "odoo.models",
    "odoo.orm.models",
)


@tagged("post_install", "-at_install")
class TestWalk(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_secrets()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.methods = public_methods(cls.env)
        cls.samples = {model: cls._sample(model) for model, _name in cls.methods}
        cls.roles = {
            role: new_test_user(
                cls.env,
                f"walk_{role}",
                groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role, groups in ROLES.items()
            if all(cls.env.ref(group, False) for group in groups.split(","))
        }
        cls.env.flush_all()
        clients = cls.samples["res.partner"].commercial_partner_id
        cls.walker = Walker(cls.env(context={}), clients.ids)

    @classmethod
    def _make_secrets(cls):
        """A client that a rule of the customer's own hides, and one of company B."""
        hidden = cls.new_client(f"{SECRET} hidden")
        foreign = cls.new_client(f"{SECRET} B", company_id=cls.other_company.id)
        cls.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('name', 'not like', '{SECRET}')]",
            }
        )
        operations = cls.env["client.bulk.operation"]
        for client, company in ((hidden, cls.company), (foreign, cls.other_company)):
            own = client.with_company(company)
            cls.bill(own, 777, company=company)
            cls.draft(own, company=company)
            cls._meeting(own)
            own.write({"client_blocked": True, "client_blocked_reason": REASON})
            operations.with_company(company)._start(
                "rating", {"value": "3"}, client.ids, "★★★"
            )
            rule = cls._ours("client_status_rule_first_invoice")
            rule.failure_ids._log(rule, "It failed", client.ids, company)
            cls.Metric._refresh(company)
        cls.new_client("Known to all")

    @classmethod
    def _meeting(cls, client):
        cls.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": "2026-01-05 08:00:00",
                "stop": "2026-01-05 09:00:00",
                "user_id": cls.seller.id,
                "partner_ids": [Command.set((client | cls.seller.partner_id).ids)],
            }
        )

    @classmethod
    def _sample(cls, model):
        """:return: some records of a model, the newest and the oldest"""
        records = cls.env[model].sudo().with_context(active_test=False)
        if records._abstract:
            return records
        newest = records.search([], limit=5, order="id DESC")
        return newest | records.search([], limit=2, order="id")

    def _walk(self, methods, **roles):
        """:return: what is wrong with these methods, a sentence each"""
        faults = set()
        with mute_logger(*LOUD):
            for name, user in roles.items():
                role = Role(self.env, self.walker, self.samples, name, user)
                for model, method in methods:
                    faults.update(role.over(model, method, (SECRET, REASON)))
        return sorted(faults)

    def test_everybody_calls_everything(self):
        self.assertGreater(len(self.methods), 60)
        faults = self._walk(self.methods, **self.roles)
        _logger.info(
            "%s calls of %s methods by %s roles",
            self.walker.calls,
            len(self.methods),
            len(self.roles),
        )
        self.assertFalse(faults, "\n" + "\n".join(faults))

    def test_nobody_reads_of_hidden_clients_by_what_odoo_has(self):
        told = []
        with mute_logger(*LOUD):
            for user in self.roles.values():
                reader = Reader(self.env, self.walker, user, SECRET)
                for model in models_of_ours(self.env):
                    records = self._sample(model).with_env(reader.env)
                    hidden = records - records._filtered_access("read")
                    told += reader.over(model, hidden)
                for model, paths in PATHS.items():
                    told += reader.counts(model, paths)
        self.assertFalse(told, "\n" + "\n".join(told))

    def test_a_new_method_is_walked_over(self):
        """A new method without checks is reported."""

        def count_statuses(records, word):
            """It asks for no rights, leaves a trace, and tells everybody everything."""
            records.env.cr.execute("UPDATE client_block_gate SET id = id")
            records.env.registry.clear_cache("stable")
            clients = records.env["res.partner"].sudo().search([])
            return clients.mapped("name"), word

        method = ("client.status", "count_statuses")
        own = next(
            base
            for base in type(self.env["client.status"]).mro()
            if base.__module__.endswith("models.lists.client_status")
        )
        self.assertNotIn(method, public_methods(self.env))
        with patch.object(own, method[1], count_statuses, create=True):
            self.assertIn(method, public_methods(self.env))
            faults = "\n".join(self._walk([method], portal=self.roles["portal"]))
        for wrong in ("client.block.gate", "signals stable", "not to be seen"):
            self.assertIn(wrong, faults)
