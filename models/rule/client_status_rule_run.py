from odoo import SUPERUSER_ID, api, models
from odoo.tools import frozendict, ormcache

from ...engine.partner.gate import seen_status
from ...engine.rules.candidates import due
from ...engine.rules.spec import RuleSpec, has_filter
from ...engine.rules.triggers import TRIGGERS
from .runner import RuleRunner, VisitedStatuses


class ClientStatusRule(models.Model):
    """When the rules run, and their cached data.

    `_run` runs in the transaction of a posted document; `_run_after_refresh` runs in
    the transaction of a refresh of the figures. Rules and triggers are cached.

    A filter only finds what its author may read in the company of the client. Otherwise
    a user could learn about invoices of another company from the clients that a rule
    changes. A rule with a filter does nothing in companies where its author does not
    work.
    """

    _inherit = "client.status.rule"

    @api.model
    def _triggers(self):
        """The triggers that rules can wait for. To add a trigger, add its key and label
        to the field `trigger`, and its declaration here.

        :return: dict of `engine.rules.declaration.Trigger` by key of the field
        """
        return dict(TRIGGERS)

    @api.model
    @ormcache(cache="stable")
    def _trigger_catalogue(self):
        """:return: the cached result of `_triggers`"""
        return frozendict(self._triggers())

    @api.model
    def _run(self, trigger, res_model, occasions):
        """Run the rules of a trigger, in the companies whose automation is on.

        What happens in a branch also happens in the companies above it. Each of them
        has its own rules and decides its own status.

        :param str trigger: name of the trigger
        :param str res_model: model of the documents
        :param occasions: tuples `(company, id of a commercial partner, id of a
            document)`
        """
        above, by_company = self.env["res.company"]._client_tree().above, {}
        for company, client, document in occasions:
            for higher in company.browse(above(company.id)) if client else ():
                # The journal names the first document of a client.
                by_company.setdefault(higher, {}).setdefault(client, document)
        for company, clients in by_company.items():
            company = company.sudo()
            clients = self._without_settled(trigger, company, clients)
            if clients:
                self._run_rules(
                    company, (trigger,), lambda _spec, found=clients: found, res_model
                )

    @api.model
    def _without_settled(self, trigger, company, clients):
        """:return: `clients` without those whose status is cached and that no rule of
        the trigger changes. These are most clients with an earlier order
        """
        specs = self._specs(company.id, (trigger,))
        blocking = self.env["client.status"]._blocking_ids()
        unsettled = {}
        for client, document in clients.items():
            seen = seen_status(self.env, client, company)
            if not seen or any(spec.concerns(*seen, blocking) for spec in specs):
                unsettled[client] = document
        return unsettled

    @api.model
    def _run_after_refresh(self, company, changes, clients=None):
        """Run the rules that wait for the figures and the calendar.

        :param company: `res.company` whose figures have been refreshed
        :param changes: list of `engine.metric.refresh.ClassChange`
        :param clients: ids of the refreshed clients, or None for all
        """
        catalogue = self._trigger_catalogue()
        today = self.env["client.metric"]._today(company)

        def find(spec):
            trigger = catalogue[spec.trigger]
            event = trigger.class_event
            concerned = event.clients(changes) if event else clients
            if concerned is not None and not concerned:
                return {}
            query = due(self.env, trigger, spec, company, today, clients=concerned)
            rows = self.env.execute_query(query)
            return {client: document for client, _old, document in rows}

        waiting = tuple(
            name for name, trigger in catalogue.items() if not trigger.at_once
        )
        self._run_rules(company, waiting, find)

    @api.model
    def _run_rules(self, company, triggers, find, res_model=None):
        """Run the rules of some triggers in their order.

        :param find: see `RuleRunner.run`
        :param res_model: model of the documents; default is the model of the trigger
        """
        if not company.client_automation:
            return
        specs = self._specs(company.id, triggers)
        visited = VisitedStatuses.of(self.env)
        if visited is None and (
            len(specs) > 1 or any(spec.has_actions for spec in specs)
        ):
            visited = VisitedStatuses()
        runner = RuleRunner(self.env, company, visited, at_once=bool(res_model))
        catalogue = self._trigger_catalogue()
        for spec in specs:
            model = res_model or catalogue[spec.trigger].document_model
            runner.run(spec, find, model)

    @api.model
    def _specs(self, company_id, triggers):
        """The rules of some triggers that are on in a company, without those whose
        filter's author does not work there.

        :param tuple triggers: names of the triggers
        :return: tuple of `RuleSpec`, in the order of the rules
        """
        return tuple(
            spec
            for spec in self._all_specs(company_id, triggers)
            if self._may_filter(spec, company_id)
        )

    @api.model
    def _may_filter(self, spec, company_id):
        """:return: whether a rule has no filter, or its author works in a company"""
        if not spec.domain or spec.author == SUPERUSER_ID:
            return True
        author = self.env["res.users"].sudo().browse(spec.author)
        return author.active and company_id in author._get_company_ids()

    @api.model
    @ormcache("company_id", "triggers", cache="stable")
    def _all_specs(self, company_id, triggers):
        """The cached rules of some triggers that are on in a company.

        :param tuple triggers: names of the triggers
        :return: tuple of `RuleSpec`, in the order of the rules
        """
        rules = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("trigger", "in", triggers),
                    ("company_id", "in", (company_id, False)),
                ]
            )
        )
        return tuple(rule._spec() for rule in rules)

    def _spec(self):
        """:return: `RuleSpec` of this rule"""
        self.ensure_one()
        rule = self.sudo()
        filtered = has_filter(rule.filter_domain)
        return RuleSpec(
            id=rule.id,
            trigger=rule.trigger,
            target=rule.to_status_id.id,
            sources=rule.from_status_ids._ids,
            type_change=(rule.from_type_id.id, rule.to_type_id.id)
            if rule.from_type_id
            else None,
            domain=rule.filter_domain if filtered else "",
            months=rule.months,
            starts_at=rule.starts_at,
            has_actions=bool(rule.action_server_ids),
            author=rule._filter_author() if filtered else SUPERUSER_ID,
        )

    def _filter_author(self):
        return (self.filter_user_id or self.write_uid).id or SUPERUSER_ID

    def _running_state(self):
        """:return: all values that decide how these rules run"""
        return [
            (rule._spec(), rule.active, rule.company_id.id, rule.sequence)
            for rule in self
        ]

    def _tell_actions_changed(self):
        """Clear the cached rules, because they say whether a rule has actions."""
        if self:
            self.env.registry.clear_cache("stable")
