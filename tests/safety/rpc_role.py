"""What a role may call and change, and all ways to call it."""

from copy import deepcopy

from odoo.models import MAGIC_COLUMNS

from .rpc_walk import HOSTILE, LOCKS, WRONG, is_about_model, parameters

NOBODY = 2**31 - 1
# What follows from what a role may write: where that may be written, so may these.
FOLLOWS = {
    "res.partner": {
        "client.change",
        "client.metric",
        "client.metric.queue",
        "client.block.gate",
        "client.bulk.operation",
        LOCKS,
    },
    "client.metric": {"client.metric.queue", "client.status.rule.failure"},
    "client.status": {"client.block.gate"},
    "account.move": {"client.metric.queue", "client.change", LOCKS},
    "calendar.event": {"client.metric.queue"},
    "sale.order": {LOCKS},
    "res.company": {"client.metric", "client.change"},
    "client.review": {"client.review.list", "client.review.line"},
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
# What administrators of the client file decide about their company, by these methods
# only: they may not write companies.
MANAGER = "client_segmentation.group_client_manager"
DECISIONS = {
    ("client.first.steps", name): {"res.company"}
    for name in ("panel", "close", "keep_limits")
}
# Reading figures goes with asking for fresh ones.
READERS_REFRESH = {"client.metric", "client.metric.queue", "client.metric.turn"}


class Role:
    """One user, what it may touch, and its calls."""

    def __init__(self, env, walker, samples, name, user):
        self.walker, self.samples = walker, samples
        self.name, self.user = name, user
        self.env = env(user=user.id, context={}, su=False)
        self.may_touch = self._may_touch()
        self._wizards = {}

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

    def over(self, model, name, secrets):
        """:return: what is wrong with a method, a sentence each"""
        records = self.env[model]
        faults = []
        cases = self._cases(records, name)
        for number, arguments in enumerate(self._arguments(records, name)):
            for what, ids, allowed in cases:
                # Each argument with each of the ids, and each context with some.
                context = HOSTILE if number % 2 or what == "foreign" else {}
                full = deepcopy([*ids, *arguments])
                outcome = self.walker.call(self.user, model, name, full, context)
                for fault in self._judge(outcome, allowed, model, secrets):
                    text = f"{self.name}: {model}.{name}({what}) {fault}"
                    faults.append(f"{text}; {arguments!r:.60}")
        return faults

    def _cases(self, records, name):
        """:return: what they are, ids, and which models may be touched, each"""
        if is_about_model(records, name):
            return [("", [], self.may_touch | self._decisions(records, name))]
        sample = self._sample(records)
        seen = sample._filtered_access("read") if sample else sample
        foreign = sample - seen
        cases = [("none", [[]], set()), ("nobody", [[NOBODY]], set())]
        if foreign:
            cases.append(("foreign", [foreign[:1].ids], set()))
        if len(foreign) > 1:
            cases.append(("several foreign", [foreign.ids], set()))
        if seen:
            cases.append(("seen", [seen[:1].ids], self.may_touch))
        if len(seen) > 1:
            cases.append(("several", [seen.ids], self.may_touch))
        return cases

    def _decisions(self, records, name):
        is_manager = self.user.has_group(MANAGER)
        return DECISIONS.get((records._name, name), set()) if is_manager else set()

    def _sample(self, records):
        if not records.is_transient():
            return self.samples[records._name].with_env(self.env)
        if records._name not in self._wizards:
            self._wizards[records._name] = self._new_wizards(records)
        return self._wizards[records._name]

    def _new_wizards(self, records):
        """:return: wizards of this user, about a client that it sees and another"""
        wizards = records.browse()
        if not records.has_access("create"):
            return wizards
        partners = self.samples["res.partner"].with_env(self.env)
        seen = partners._filtered_access("read")
        for client in (seen[:1], (partners - seen)[:1]):
            values = {
                field.name: self._value(records, field)
                for field in records._fields.values()
                if field.required and field.store and field.name not in MAGIC_COLUMNS
            }
            if "partner_id" in values:
                values["partner_id"] = client.id
            if "company_id" in values:
                values["company_id"] = self.user.company_id.id
            if "move_id" in values:  # Odoo sends posted invoices only
                moves = self.samples["account.move"].sudo()
                posted = moves.filtered(lambda move: move.state == "posted")
                values["move_id"] = posted[:1].id
            wizards |= records.sudo().create(values).sudo(False)
        self.env.flush_all()
        self.walker.look()
        return wizards

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

    def _judge(self, outcome, allowed, model, secrets):
        if outcome.touched - allowed:
            yield f"touches {', '.join(sorted(outcome.touched - allowed))}"
        if outcome.signals and model not in allowed:
            yield f"signals {', '.join(sorted(outcome.signals))}"
        for text in filter(
            None, (outcome.error and str(outcome.error), outcome.result)
        ):
            if any(secret in text for secret in secrets):
                yield "tells of a client that is not to be seen"
        if outcome.fault:
            yield f"fails with {outcome.fault}"
