"""The status of clients whose history began before the rules: at the installation, and
for clients that get the history of others (a contact that joins, a merge).

They get the status and the type that the rules *would have set* along the way, as far
as the documents of today tell it:

- A rule counts if its event has happened some time (an order was posted, a payment came
  in, a meeting was held), or if its condition is true today (no business for months, in
  a class). Its filter is checked with the data of today.
- The rules run in their order, again and again, until none changes the status; no rule
  returns to an earlier status. So each rule starts from the status that another one has
  set, as along the way.
- Nobody knows when a client left a class, or came back after a pause: rules that wait
  for this are left out. What came after them is known: the client is in business.
- Only clients that nobody has given a status yet: they have the default status, it is
  not pinned, and the journal does not say that a person or a rule has set it. The type
  does not change if the journal says that somebody has set it.
- Server actions do not run, and nobody gets a message.

All clients with the same rules get the same status. There are few such groups, so
Python finds the status of a group, and SQL the group of a client.
"""

from typing import NamedTuple

from odoo.tools import SQL

from ..partner.field import PartnerField
from .candidates import among
from .declaration import OccasionScope
from .occasions import NEVER
from .spec import filter_domain
from .untouched import STATUS, note_business, type_to_change, untouched


class Outcome(NamedTuple):
    """What the rules make of a client.

    `status` and `type` are ids; `rule` is the id of the last rule that changed the
    status, None if none has.
    """

    status: int | None
    type: int | None
    rule: int | None = None


class Beginning:
    """The clients of a company with what the rules would have made of their history.

    :param Scope scope: the company, its current day, and the clients
    :param specs: the `RuleSpec` of all rules that are on, in their order
    :param triggers: dict of `Trigger` by name
    :param blocking: ids of the statuses that block documents
    :param default_type: id of the type of new clients, or None
    :param bool is_new: at the installation, when nobody has a status or type yet
    """

    def __init__(
        self,
        scope,
        specs,
        triggers,
        blocking,
        *,
        default_type=None,
        is_new=False,
    ):
        self.scope, self.company = scope, scope.company
        self.env = scope.company.env
        self.specs = [s for s in specs if triggers[s.trigger].history != NEVER]
        self.triggers, self.blocking, self.is_new = triggers, blocking, is_new
        self.field = PartnerField(self.env, STATUS, self.company)
        default = self.field.field.get_company_dependent_fallback(self.field.partners)
        self.default, self.default_type = default.id or None, default_type

    def groups(self):
        """:return: list of tuples: ids of clients, old and new `Outcome`; without the
        clients that no rule changes
        """
        self._collect()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rules, type_id, ARRAY_AGG(partner_id)
                  FROM client_beginning GROUP BY rules, type_id
                """
            )
        )
        self._drop()
        result = []
        for rules, type_id, clients in rows:
            old, new = Outcome(self.default, type_id), self.outcome(rules, type_id)
            if new.rule:
                result.append((clients, old, new))
        return result

    def store(self, table):
        """Insert `partner_id`, `company_id`, `status_id` and `type_id` of the clients
        that the rules change into a table, for a million of them.

        :param SQL table: its name
        """
        self._collect()
        query = SQL("SELECT DISTINCT rules, type_id FROM client_beginning")
        groups = [
            (rules, type_id, self.outcome(rules, type_id))
            for rules, type_id in self.env.execute_query(query)
        ]
        for rules, type_id, new in groups:
            if not new.rule:
                continue
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO %s (partner_id, company_id, status_id, type_id)
                    SELECT partner_id, %s, %s, %s FROM client_beginning
                     WHERE rules = %s AND type_id IS NOT DISTINCT FROM %s
                    """,
                    table,
                    self.company.id,
                    new.status,
                    new.type,
                    rules,
                    type_id,
                )
            )
        self._drop()

    def outcome(self, rules, type_id):
        """:param rules: number of the rules that count: the sum of the powers of two of
            their places in the order
        :return: `Outcome` for clients with the default status and this type
        """
        counting = [
            spec for place, spec in enumerate(self.specs) if int(rules) >> place & 1
        ]
        status, last, visited = self.default, None, {self.default}
        changed = True
        while changed:
            changed = False
            for spec in counting:
                if spec.target in visited:
                    continue
                if not spec.concerns(status, False, self.blocking):
                    continue
                changed, status, last = True, spec.target, spec.id
                visited.add(status)
                if spec.type_change and spec.type_change[0] == type_id:
                    type_id = spec.type_change[1]
        return Outcome(status, type_id, last)

    def _collect(self):
        """Create the table `client_beginning`, one row per client with rules that
        count.
        """
        note_business(self.env, self.scope)
        self.env.flush_all()
        self._insert(late=False)
        if any(self.triggers[spec.trigger].comes_late for spec in self.specs):
            self._insert(late=True)

    def _insert(self, late):
        parts = [
            self._clients_of(spec, SQL("%s::numeric", str(2**place)))
            for place, spec in enumerate(self.specs)
            if self.triggers[spec.trigger].comes_late == late
        ]
        none = SQL("SELECT NULL::int AS client_id, 0::numeric AS rule WHERE FALSE")
        if late:
            parts.append(
                SQL("SELECT partner_id AS client_id, rules AS rule FROM earlier")
            )
            self.env.cr.execute("ALTER TABLE client_beginning RENAME TO earlier")
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMP TABLE client_beginning AS
                SELECT partner_id, rules, %(type)s AS type_id
                  FROM (SELECT client_id AS partner_id, SUM(rule) AS rules
                          FROM (%(parts)s) event
                         WHERE %(is_client)s
                      GROUP BY client_id) collected
                       %(client)s
                """,
                parts=SQL(" UNION ALL ").join(parts or [none]),
                is_client=self.scope.is_client(SQL("client_id")),
                **self._columns(),
            )
        )
        if late:
            self.env.cr.execute("DROP TABLE earlier")
        self.env.cr.execute("ANALYZE client_beginning")

    def _columns(self):
        """:return: dict of SQL: the `type` of a client, and a join with `client`"""
        if self.is_new:
            return {"type": SQL("%s::int", self.default_type), "client": SQL()}
        client = untouched(self.env, self.field, self.field.typed(self.default))
        return {"type": type_to_change(), "client": client}

    def _clients_of(self, spec, number):
        """:return: SQL of a SELECT of the clients for which a rule counts"""
        trigger = self.triggers[spec.trigger]
        scope = OccasionScope(
            self.env,
            self.company,
            self.scope.as_of,
            spec.months,
            self.scope.clients,
            None,
            self._open(spec) if trigger.comes_late else (),
        )
        query = (trigger.history or trigger.occasions)(scope)
        if spec.domain:
            domain = filter_domain(spec.domain)
            mine = among(self.env, self.company, domain, spec.author)
            query = SQL(
                """
                SELECT client_id FROM (%s) event
                  JOIN res_partner client ON client.id = event.client_id AND %s
                """,
                query,
                mine,
            )
        return SQL("SELECT DISTINCT client_id, %s AS rule FROM (%s) e", number, query)

    def _open(self, spec):
        """:return: ids of the clients with documents that a rule would change after the
        rules that `client_beginning` has already
        """
        number = 2 ** self.specs.index(spec)
        groups = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT rules, type_id FROM client_beginning
                 UNION
                SELECT 0, %s::int
                """,
                self.default_type,
            )
        )
        matters = [
            rules
            for rules, type_id in groups
            if self.outcome(int(rules) + number, type_id)
            != self.outcome(rules, type_id)
        ]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT metric.partner_id
                  FROM client_metric metric
             LEFT JOIN client_beginning earlier USING (partner_id)
                 WHERE metric.company_id = %s
                   AND COALESCE(earlier.rules, 0) = ANY(%s::numeric[])
                   AND %s
                """,
                self.company.id,
                matters,
                self.scope.of_clients(SQL("metric.partner_id")),
            )
        )
        return [client for (client,) in rows]

    def _drop(self):
        self.env.cr.execute("DROP TABLE client_beginning")
