import logging
from contextlib import nullcontext

import psycopg2

from odoo import api, models

from ...engine.partner.assign import assign, differing
from ...engine.partner.gate import seen_status
from ...engine.rules import candidates as status
from ..safety.words import in_words

_logger = logging.getLogger(__name__)

# What the figures and the calendar tell, and not a document that has just been posted.
BY_FIGURES = ("first_meeting", "inactive", "business_again", "became_vip", "left_vip")


class VisitedStatuses:
    """Where clients have been in one run of the rules, and in what its actions set off.

    For the actions it is a value of the context: whoever calls by RPC can send the key,
    but no such object.
    """

    KEY = "client_visited_statuses"

    def __init__(self):
        self._visited = {}

    @classmethod
    def of(cls, env):
        """:return: that of the run whose actions set this off, or None"""
        visited = env.context.get(cls.KEY)
        return visited if isinstance(visited, cls) else None

    def by(self, client, company):
        """:return: set of ids of the statuses of a client, to add to"""
        return self._visited.setdefault((company.id, client), set())


class ClientStatusRule(models.Model):
    """Running the rules.

    `_run` is for what has just been posted, in its transaction; `_run_after_refresh`
    for what the figures tell, in the transaction of the refresh. A rule that fails is
    written down and stops neither the others nor the posting. One rule after the
    other gets its clients; none takes them back to a status that they have just left.
    """

    _inherit = "client.status.rule"

    @api.model
    def _run(self, trigger, res_model, occasions):
        """Run the rules of a trigger, as far as the clients' companies want them.

        :param str trigger: what has happened
        :param str res_model: model of the documents
        :param occasions: `(company, id of a commercial partner, id of a document)` each
        """
        by_company = {}
        for company, client, document in occasions:
            if client:
                # The first document of a client is the one that the journal names.
                by_company.setdefault(company, {}).setdefault(client, document)
        for company, clients in by_company.items():
            company = company.sudo()
            clients = self._without_settled(trigger, company, clients)
            if clients:
                self._run_rules(
                    company, (trigger,), lambda terms, own=clients: own, res_model
                )

    @api.model
    def _without_settled(self, trigger, company, clients):
        """:return: `clients` without those whose status has just been seen, and is none
        that a rule of the trigger changes: most of those who have ordered before
        """
        all_terms = self._terms_for((trigger,), company.id)
        blocking = self.env["client.status"]._blocking_ids()
        left = {}
        for client, document in clients.items():
            seen = seen_status(self.env, client, company)
            if not seen or any(terms.concerns(*seen, blocking) for terms in all_terms):
                left[client] = document
        return left

    @api.model
    def _run_after_refresh(self, company, events, clients=None):
        """Run the rules that wait for what the figures tell.

        :param company: `res.company` whose figures are fresh
        :param events: what changed class, `engine.refresh.ClassChange`
        :param clients: ids of the refreshed clients, or None for all
        """
        today = self.env["client.metric"]._today(company)
        moved = {
            trigger: [
                client
                for event in events
                if event.name == "revenue_class" and getattr(event, side) == "vip"
                for client in event.partner_ids
            ]
            for trigger, side in (("became_vip", "new"), ("left_vip", "old"))
        }

        def due(terms):
            own = moved.get(terms.trigger, clients)
            if own is not None and not own:
                return {}
            query = status.due(self.env, terms, company, today, clients=own)
            rows = self.env.execute_query(query)
            return {client: document for client, _old, document in rows}

        self._run_rules(company, BY_FIGURES, due)

    @api.model
    def _run_rules(self, company, triggers, find, res_model=None):
        """Run the rules of some triggers in their order.

        :param find: function of `Terms` that gives the clients of a rule, as a dict
            with the id of the document for each
        :param res_model: model of the documents; that of the trigger when missing
        """
        if not company.client_automation:
            return
        all_terms = self._terms_for(triggers, company.id)
        visited = VisitedStatuses.of(self.env)
        if visited is None and (
            len(all_terms) > 1 or any(terms.has_actions for terms in all_terms)
        ):
            visited = VisitedStatuses()
        for terms in all_terms:
            model = res_model or status.DOCUMENT_MODELS.get(
                terms.trigger, "account.move"
            )
            rule = self.sudo().browse(terms.id)
            changed = rule._run_safely(terms, company, find, model, visited)
            if changed and terms.has_actions:
                rule._run_actions(changed, company, visited)

    def _run_safely(self, terms, company, find, res_model, visited):
        """:return: ids of the clients whose status changed; none if the rule failed"""
        # What others have left to write must fail as it would without this rule.
        if terms.is_simple:
            # Read by the rule's only statement; it writes nothing through the ORM.
            self.env["res.partner"].flush_model(
                [
                    "client_status_id",
                    "client_status_pinned",
                    "client_type_id",
                    "commercial_partner_id",
                ]
            )
        else:
            self.env.flush_all()
        clients = {}
        # A simple rule is one statement of ours, in which nobody's filter can be wrong:
        # a posting is not made to pay for a savepoint.
        guard = nullcontext() if terms.is_simple else self.env.cr.savepoint()
        try:
            with guard:
                clients = find(terms)
                return self._move(terms, company, clients, res_model, visited)
        except Exception as error:
            # Another transaction was faster, and Odoo tries the posting again; or there
            # is no savepoint to go back to.
            if isinstance(error, psycopg2.OperationalError) or (
                terms.is_simple and isinstance(error, psycopg2.Error)
            ):
                raise
            self._report(error, clients, company)
            return []

    @in_words
    def _move(self, terms, company, clients, res_model, visited=None):
        """Move those `clients` that the rule is for to its status.

        :param terms: `engine.status.Terms` of the rule
        :param clients: id of a document by id of the commercial partner
        :param visited: `VisitedStatuses` of this run, None when no rule follows
        :return: ids of the clients whose status changed
        """
        self.ensure_one()
        if not clients:
            return []
        target = self.env["client.status"].browse(terms.target)
        wanted = status.condition(self.env, terms, company)
        if visited:
            clients = self._without_loops(terms, company, clients, wanted, visited)
        types = self.env["client.type"].browse(terms.along or ())
        changed = assign(
            self.env,
            "client_status_id",
            clients,
            target,
            company,
            condition=wanted,
            along=("client_type_id", *types) if types else None,
            blocks=target.id in target._blocking_ids(),
            origin="rule",
            rule_id=self.id,
            res_model=res_model,
        )
        if visited:
            for client in changed:
                visited.by(client, company).add(terms.target)
        return changed

    def _without_loops(self, terms, company, clients, wanted, visited):
        """:return: those of the clients that the rule changes and does not take back to
        where they come from
        """
        target = self.env["client.status"].browse(terms.target)
        query = differing(
            self.env, "client_status_id", clients, target, company, condition=wanted
        )
        going, back = {}, {}
        for client, old in self.env.execute_query(query):
            been = visited.by(client, company)
            been.add(old)
            (back if terms.target in been else going)[client] = clients[client]
        if back:
            message = self.env._(
                "Goes round in circles: it would take clients back to “%s”, the "
                "status that another rule has just changed.",
                target.name,
            )
            self._log_failure(message, back, company)
        return going

    def _run_actions(self, clients, company, visited):
        """Run the rule's server actions once, for the clients that it has changed.

        They run with all rights, whoever has posted: an administrator made them.
        """
        # No key of whoever posts: Odoo lets some decide what an action does.
        context = {
            "lang": self.env.lang,
            "tz": self.env.user.tz,
            "active_model": "res.partner",
            "active_id": clients[0],
            "active_ids": list(clients),
            "allowed_company_ids": company.ids,
            # What they set off knows where the clients come from.
            VisitedStatuses.KEY: visited,
        }
        for action in self.sudo().action_server_ids:
            self.env.flush_all()
            try:
                with self.env.cr.savepoint():
                    action.with_context(context).run()  # pylint: disable=context-overridden
            except psycopg2.OperationalError:
                raise
            except Exception as error:
                self._report(error, clients, company, action)

    def _report(self, error, clients, company, action=None):
        """Write a failure down where the people see it, and in the log."""
        _logger.exception(
            "Status rule %s (id %s) failed for clients %s",
            self.name,
            self.id,
            list(clients)[:100],
        )
        message = str(error) or type(error).__name__
        if action:
            message = f"{action.name}: {message}"
        self._log_failure(message, clients, company)

    def _log_failure(self, message, clients, company):
        self.env["client.status.rule.failure"]._log(self, message, clients, company)
