"""The declaration of triggers: the events that a status rule can wait for.

An *occasion* is one event that a rule waits for. A trigger finds the occasions by a
query with one row per client:

- `client_id`: the commercial partner
- `document_id`: the document that the journal names, or NULL
- `happened`: the moment (UTC) of the occasion. A rule that is on needs it, because it
  ignores what happened before it was switched on. Only a trigger with a `class_event`
  may leave it NULL.
- `last_business`: the moment (UTC) of the client's last business: a document was posted
  for the first time, or a meeting was held. A status that a person sets by hand stays
  until there is new business. NULL means that it always stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import SQL

from .spec import RuleSpec


@dataclass(frozen=True)
class OccasionScope:
    """The company, the clients and the time in which a trigger finds occasions.

    :param env: environment, to flush the fields that the query reads
    :param company: `res.company`
    :param today: the current day of the company
    :param months: the months of the rule
    :param clients: ids of the commercial partners to look at, or None for all
    :param since: older occasions do not matter; None if all of them matter. The caller
        ignores older ones anyway, so this only helps to make the query faster.
    :param open: ids of the clients with documents whose payments matter, see
        `beginning`
    """

    env: Environment
    company: BaseModel
    today: date
    months: int
    clients: list | None
    since: datetime | None
    open: list = ()

    def includes(self, client):
        """:return: SQL of the condition that a column is one of the clients"""
        if self.clients is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s::int[])", client, list(self.clients))


@dataclass(frozen=True)
class ClassEvent:
    """A client enters or leaves a class.

    :param name: an effective class of `client.metric`, such as `revenue_class`
    :param value: the key of the class, such as `vip`
    :param entered: False if the client leaves the class
    """

    name: str
    value: str
    entered: bool = True

    def clients(self, changes):
        """:param changes: the `ClassChange` of a refresh
        :return: ids of the clients of this event
        """
        return [
            client
            for change in changes
            if change.name == self.name
            and (change.new if self.entered else change.old) == self.value
            for client in change.partner_ids
        ]


def answered_once(spec):
    """A rule answers an occasion once. A change by hand is valid until new business."""
    return SQL(
        """(change.origin != 'rule' AND change.date >= occasion.last_business
            OR change.rule_id = %s
               AND change.date >= GREATEST(occasion.happened, occasion.last_business))
        """,
        spec.id,
    )


def answered_by_any_change(_spec):
    """Every change of the status after the occasion answers it."""
    return SQL("change.date >= occasion.happened")


@dataclass(frozen=True)
class Trigger:
    """An event that a status rule can wait for.

    Its name is a key of the field `trigger` of the rule.

    :param occasions: function of an `OccasionScope`; :return: SQL of the query that the
        beginning of this file describes
    :param at_once: whether its rules run in the transaction of the document, by
        `client.status.rule._run`. Otherwise they run after each refresh of the figures.
        *Try It* uses `occasions` for both kinds.
    :param class_event: after a refresh, the rules look only at the clients of this
        event; at all refreshed clients if None
    :param answered: function of a `RuleSpec`; :return: SQL of the condition that the
        journal line `change` of the client's status has already dealt with the row
        `occasion`
    :param document_model: the model of `document_id`
    :param needs_months: whether its rules use the months
    :param history: function of an `OccasionScope`; :return: SQL of a SELECT of
        `client_id`: the clients that have had this event some time, see `beginning`.
        None if these are the clients of `occasions`; `occasions.NEVER` if today's
        documents do not tell
    :param comes_late: `beginning` asks for this event after the others, and only for
        the clients for which it matters
    """

    occasions: Callable[[OccasionScope], SQL]
    at_once: bool = False
    class_event: ClassEvent | None = None
    answered: Callable[[RuleSpec], SQL] = answered_once
    document_model: str = "account.move"
    needs_months: bool = False
    history: Callable | str | None = None
    comes_late: bool = False
