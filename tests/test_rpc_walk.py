"""Everything of ours that RPC may call, by everybody, with whatever arguments."""

import logging
import time

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from odoo.models import MAGIC_COLUMNS

from .engine_case import EngineCase
from .rpc_walk import (
    HOSTILE,
    WRONG,
    Walker,
    is_about_model,
    parameters,
    public_methods,
)

_logger = logging.getLogger(__name__)
SECRET = "Zurückhaltung"
REASON = "Wechselreiterei"
NOBODY = 2**31 - 1
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
# What follows from what a role may write: where that may be written, so may these.
FOLLOWS = {
    "res.partner": {
        "client.change",
        "client.metric",
        "client.metric.queue",
        "client.block.gate",
        "client.bulk.operation",
        "locks of the gates",
    },
    "client.metric": {"client.metric.queue", "client.status.rule.failure"},
    "client.status": {"client.block.gate"},
    "account.move": {"client.metric.queue", "client.change", "locks of the gates"},
    "calendar.event": {"client.metric.queue"},
    "sale.order": {"locks of the gates"},
    "res.company": {"client.metric", "client.change"},
}
# What decides much by itself.
KEYS = {
    "active",
    "blocks_documents",
    "client_blocked",
    "client_blocked_reason",
    "client_rating",
    "client_status_id",
    "company_id",
    "criterion_id",
    "move_type",
    "name",
    "partner_id",
    "state",
}
# Reading figures goes with asking for fresh ones.
READERS_REFRESH = {"client.metric", "client.metric.queue", "client.metric.turn"}


@tagged("post_install", "-at_install")
class TestWalk(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_secrets()
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
        cls.env.invalidate_all()
        cls.walker = Walker(cls.env(context={}))
        cls.methods = public_methods(cls.env)
        cls.samples = {model: cls._sample(model) for model, _name in cls.methods}

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
        newest = records.search([], limit=4, order="id DESC")
        return newest | records.search([], limit=2, order="id")

    def test_everybody_calls_everything(self):
        self.assertGreater(len(self.methods), 60)
        faults = []
        for role, user in self.roles.items():
            walk = _Role(self, role, user)
            with mute_logger(
                "odoo.sql_db",
                "odoo.addons.base.models.ir_rule",
                "odoo.addons.base.models.ir_access",
                "odoo.models",
                "odoo.orm.models",
                "odoo.domains",
            ):
                for model, name in self.methods:
                    began, calls = time.time(), self.walker.calls
                    faults += walk.over(model, name)
                    print(role, model, name, self.walker.calls - calls, round(time.time() - began, 2), flush=True)
        _logger.info(
            "%s calls of %s methods by %s roles",
            self.walker.calls,
            len(self.methods),
            len(self.roles),
        )
        self.assertFalse(faults, "\n" + "\n".join(sorted(set(faults))))


class _Role:
    """One user, what it may touch, and its calls."""

    def __init__(self, test, role, user):
        self.walker, self.samples = test.walker, test.samples
        self.role, self.user = role, user
        self.env = test.env(user=user.id, context={}, su=False)
        self.may_touch = self._may_touch()

    def _may_touch(self):
        allowed = {
            name
            for name, model in self.env.items()
            if not model._abstract
            and any(model.has_access(what) for what in ("create", "write", "unlink"))
        }
        for model in allowed & FOLLOWS.keys():
            allowed = allowed | FOLLOWS[model]
        if self.env["client.metric"].has_access("read"):
            allowed |= READERS_REFRESH
        return allowed

    def over(self, model, name):
        """:return: what is wrong with a method, a sentence each"""
        records = self.env[model]
        faults = []
        cases = self._cases(records, name)
        for number, arguments in enumerate(self._arguments(records, name)):
            for what, ids, allowed in cases:
                # Each argument with each of the ids, and each context with some.
                context = HOSTILE if number % 2 or what == "foreign" else {}
                full = [*ids, *arguments]
                outcome = self.walker.call(self.user, model, name, full, context)
                for fault in self._judge(outcome, allowed, model):
                    text = f"{self.role}: {model}.{name}({what}) {fault}"
                    faults.append(f"{text}; {arguments!r:.60}")
        return faults

    def _cases(self, records, name):
        """:return: what they are, ids, and which models may be touched, each"""
        if is_about_model(records, name):
            return [("", [], self.may_touch)]
        sample = self.samples[records._name].with_env(self.env)
        seen = sample._filtered_access("read") if sample else sample
        cases = [("none", [[]], set()), ("nobody", [[NOBODY]], set())]
        if sample - seen:
            cases.append(("foreign", [(sample - seen)[:1].ids], set()))
        if len(sample - seen) > 1:
            cases.append(("several foreign", [(sample - seen).ids], set()))
        if seen:
            cases.append(("seen", [seen[:1].ids], self.may_touch))
        return cases

    def _arguments(self, records, name):
        count = parameters(records, name)
        if not count:
            return [[]]
        cases = [[wrong] * count for wrong in WRONG]
        if name == "create":
            cases += [[[vals]] for vals in self._values(records)]
        if name == "write":
            cases += [[vals] for vals in self._values(records)]
        return cases

    def _values(self, records):
        """:return: values for fields of ours, and for all that our code looks at"""
        values = {
            field.name: self._value(records, field)
            for field in records._fields.values()
            if field.store
            and field.name not in MAGIC_COLUMNS
            and not field.type.endswith("2many")
            and (
                any(one.startswith("client_") for one in field._modules)
                or field.name in ("state", "move_type", "partner_id")
            )
        }
        if records._rec_name == "name":
            values["name"] = "Changed"
        single = [{name: value} for name, value in values.items() if name in KEYS]
        return [values, dict.fromkeys(values, False), *single]

    def _value(self, records, field):
        if field.type == "many2one":
            target = self.samples.get(field.comodel_name)
            return target[:1].id if target else 1
        if field.name == "state":
            return "sale" if records._name == "sale.order" else "posted"
        if field.type == "selection":
            options = field.get_values(records.env(su=True))
            return options[-1] if options else "x"
        if field.type in ("date", "datetime"):
            return "2026-01-01"
        if field.type in ("char", "text", "html"):
            return "x"
        return 1 if field.type != "boolean" else True

    def _judge(self, outcome, allowed, model):
        if outcome.touched - allowed:
            yield f"touches {', '.join(sorted(outcome.touched - allowed))}"
        if outcome.signals and model not in allowed:
            yield f"signals {', '.join(sorted(outcome.signals))}"
        for text in filter(None, (outcome.error and str(outcome.error), outcome.result)):
            if SECRET in text or REASON in text:
                yield "tells of a client that is not to be seen"
        if outcome.fault:
            yield f"fails with {outcome.fault}"
