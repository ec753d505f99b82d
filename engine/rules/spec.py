"""A status rule as plain data. It is cached, so a posting does not read the rule."""

import ast
from dataclasses import dataclass
from datetime import datetime

from odoo.fields import Domain


@dataclass(frozen=True)
class RuleSpec:
    """The values of one status rule.

    :param trigger: name of its `Trigger`
    :param target: id of the status that it sets
    :param sources: ids of the statuses that it changes; empty for all of them
    :param type_change: ids of the old and the new client type, or None
    :param domain: filter on the client, as text
    :param starts_at: the rule ignores earlier events
    :param author: id of the user who wrote the filter; the filter has the rights of
        this user
    """

    id: int
    trigger: str
    target: int
    sources: tuple
    type_change: tuple | None
    domain: str
    months: int
    starts_at: datetime
    has_actions: bool
    author: int

    @property
    def is_simple(self):
        """:return: whether the rule has neither a filter nor actions"""
        return not self.domain and not self.has_actions

    def concerns(self, status, pinned, blocking):
        """Check the part of `candidates.condition` that needs no query.

        :param status: id of a client's status, or None
        :param pinned: whether the status is pinned
        :param blocking: ids of the statuses that block documents
        :return: whether the rule can change this status
        """
        return (
            not pinned
            and status != self.target
            and status not in blocking
            and (not self.sources or status in self.sources)
        )


def filter_domain(text):
    """:return: `Domain` of a filter as the domain widget writes it
    :raise ValueError, SyntaxError: when the text is not a domain
    """
    return Domain(ast.literal_eval(text or "[]"))


def has_filter(text):
    """:return: whether the filter of a rule leaves some clients out"""
    return bool(text) and str(text).strip() != "[]"
