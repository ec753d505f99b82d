import logging
from contextlib import nullcontext

import psycopg2

from ...engine.partner.assign import assign, differing
from ...engine.rules.candidates import condition
from ..safety.words import in_words, labelled

_logger = logging.getLogger(__name__)

# The fields that a simple rule reads and writes in its only statement.
READ_BY_SIMPLE_RULE = (
    "client_status_id",
    "client_status_pinned",
    "client_type_id",
    "commercial_partner_id",
)


class VisitedStatuses:
    """The statuses that clients have had in one run of the rules, including runs that
    the actions of these rules cause.

    The actions get it as a value in the context. RPC callers can send the context key,
    but not such an object.
    """

    KEY = "client_visited_statuses"

    def __init__(self):
        self._visited = {}

    @classmethod
    def of(cls, env):
        """:return: the object of the run whose actions caused this, or None"""
        visited = env.context.get(cls.KEY)
        return visited if isinstance(visited, cls) else None

    def by(self, client, company):
        """:return: set of ids of the statuses of a client, to add to"""
        return self._visited.setdefault((company.id, client), set())


class RuleRunner:
    """Runs status rules in one company, one after the other.

    If a rule fails, the failure is logged; the other rules and the posting go on. No
    rule returns a client to a status that the client has just left.

    :param env: environment of the user who caused the run
    :param company: `res.company`
    :param visited: `VisitedStatuses` of this run; None when no other rule and no action
        can follow
    :param bool at_once: in the transaction of a document, which does not wait until
        very many contacts are written
    """

    def __init__(self, env, company, visited=None, at_once=False):
        self.env = env(su=True)
        self.company = company.sudo()
        self.visited = visited
        self.contacts_later = self._queue_contacts if at_once else None

    def run(self, spec, find, res_model):
        """Run one rule and its actions.

        :param spec: `RuleSpec` of the rule
        :param find: function of the spec; :return: dict of the clients that have an
            occasion, with the id of the document for each
        :param str res_model: model of the documents
        """
        changed = self._run_safely(spec, find, res_model)
        if changed and spec.has_actions:
            self.run_actions(spec, changed)

    def _run_safely(self, spec, find, res_model):
        """:return: ids of the clients whose status changed; none if the rule failed"""
        # Flush first, so that an error in a pending write is not an error of the rule.
        if spec.is_simple:
            self.env["res.partner"].flush_model(READ_BY_SIMPLE_RULE)
        else:
            self.env.flush_all()
        clients = {}
        # A simple rule is one statement without a filter that can be wrong. It needs no
        # savepoint, which would make each posting slower.
        guard = nullcontext() if spec.is_simple else self.env.cr.savepoint()
        try:
            with guard:
                clients = find(spec)
                return self.set_status(spec, clients, res_model)
        except Exception as error:
            # Either there is a conflict with another transaction, and Odoo repeats the
            # posting; or there is no savepoint to roll back to.
            if isinstance(error, psycopg2.OperationalError) or (
                spec.is_simple and isinstance(error, psycopg2.Error)
            ):
                raise
            self._report(spec, error, clients)
            return []

    @in_words
    def set_status(self, spec, clients, res_model):
        """Set the status of a rule on the `clients` that the rule changes.

        :param spec: `RuleSpec` of the rule
        :param clients: dict of document ids by id of the commercial partner
        :param str res_model: model of the documents
        :return: ids of the clients whose status changed
        """
        if not clients:
            return []
        target = self.env["client.status"].browse(spec.target)
        wanted = condition(self.env, spec, self.company)
        if self.visited:
            clients = self._without_loops(spec, clients, wanted)
        changed = assign(
            self.env,
            "client_status_id",
            clients,
            target,
            self.company,
            condition=wanted,
            type_change=spec.type_change
            and self.env["client.type"].browse(spec.type_change),
            blocks=spec.target in target._blocking_ids(),
            contacts_later=self.contacts_later,
            origin="rule",
            rule_id=spec.id,
            res_model=res_model,
        )
        if self.visited:
            for client in changed:
                self.visited.by(client, self.company).add(spec.target)
        return changed

    def _queue_contacts(self, clients):
        pairs = [(client, self.company.id) for client in clients]
        self.env["client.metric.queue"]._add(pairs, reason="contacts")

    def _without_loops(self, spec, clients, wanted):
        """:return: dict of the clients that the rule changes, without those that it
        would return to a status that they have just had
        """
        target = self.env["client.status"].browse(spec.target)
        query = differing(
            self.env,
            "client_status_id",
            clients,
            target,
            self.company,
            condition=wanted,
        )
        changing, returning = {}, {}
        for client, old in self.env.execute_query(query):
            visited = self.visited.by(client, self.company)
            visited.add(old)
            group = returning if spec.target in visited else changing
            group[client] = clients[client]
        if returning:
            message = self.env._(
                "This rule makes a loop: it would take clients back to “%s”, the "
                "status that another rule has just changed.",
                target.name,
            )
            self._log_failure(spec, message, returning)
        return changing

    def run_actions(self, spec, clients):
        """Run the rule's server actions once, for the clients that it has changed.

        They run with superuser rights, because an administrator made them.
        """
        # No keys from the context of the caller, because some change what actions do.
        context = {
            "lang": self.env.lang,
            "tz": self.env.user.tz,
            "active_model": "res.partner",
            "active_id": clients[0],
            "active_ids": list(clients),
            "allowed_company_ids": self.company.ids,
            # For the rules that run because of the actions.
            VisitedStatuses.KEY: self.visited,
        }
        for action in self._rule(spec).action_server_ids:
            self.env.flush_all()
            try:
                with self.env.cr.savepoint():
                    action.with_context(context).run()  # pylint: disable=context-overridden
            except psycopg2.OperationalError:
                raise
            except Exception as error:
                self._report(spec, error, clients, action)

    def _report(self, spec, error, clients, action=None):
        """Write a failure to the server log and to the form of the rule."""
        _logger.exception(
            "Status rule %s (id %s) failed for clients %s",
            self._rule(spec).name,
            spec.id,
            list(clients)[:100],
        )
        message = str(error) or type(error).__name__
        if action:
            message = labelled(self.env, action.name, message)
        self._log_failure(spec, message, clients)

    def _log_failure(self, spec, message, clients):
        failures = self.env["client.status.rule.failure"]
        failures._log(self._rule(spec), message, clients, self.company)

    def _rule(self, spec):
        return self.env["client.status.rule"].browse(spec.id)
