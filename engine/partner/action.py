"""Bulk actions: changes of many clients at once.

An `Action` is one item of the catalogue `client.bulk.operation._actions`. It names the
field of `res.partner` that it changes. The wizard, the operation, the journal and the
undo derive from it. A field with a list of values only needs a `SetField`.

The values of an operation are a dict that JSON can store, made by `Action.values`.
"""

from dataclasses import KW_ONLY, dataclass

from odoo.models import BaseModel
from odoo.tools import SQL

from ..errors import ValueGone
from . import block, tags, undo
from .assign import assign, differing


@dataclass(frozen=True)
class Action:
    """Base class of all actions.

    :param name: key of the action, which operations store
    :param field: name of the field of `res.partner` that it changes
    :param label: label of the action; default is made from the label of the field
    :param value: name of the field of `client.bulk.wizard` where users choose the
        value; default is the name of `field`
    :param missing: error text if users have chosen no value; there is a default
    :param undo_is: name of the action that the undo is equal to. An undo needs the
        rights of that action. Default is this action
    :param at_once: maximum number of clients that change in one transaction
    :param groups: only users in these groups may do it, like `groups` of a field
    """

    name: str
    field: str
    _: KW_ONLY
    label: str = None
    value: str = None
    missing: str = None
    undo_is: str = None
    at_once: int = None
    groups: str = None

    # Whether the field belongs to the client, not to each contact.
    of_clients = True
    # Whether users choose a value, whether the value can be empty, and whether a client
    # loses other values.
    has_value = True
    can_be_empty = False
    removes_others = False
    # Whether each client gets a value of its own, and whether an operation can be
    # undone. What is final, users have to confirm.
    is_own_value = False
    can_undo = True
    is_final = False

    @property
    def value_field(self):
        """:return: name of the wizard's field, None if there is nothing to choose"""
        return (self.value or self.field) if self.has_value else None

    def values(self, chosen):
        """:return: the values of an operation

        :param chosen: id, list of ids, key of an option or text
        """
        return {"value": chosen}

    def sets(self, values):
        """:return: dict of the values that all clients get, by name of the field"""
        raise NotImplementedError

    def differing(self, env, values, partners, company):
        """:return: SQL of a SELECT of the `id` of the partners that `apply` changes"""
        raise NotImplementedError

    def apply(self, env, values, partners, company, **journal):
        """Change partners. If the action is `of_clients`, they are commercial partners.

        :param partners: ids
        :param journal: `origin`, `res_model`, `res_id` of the journal lines
        :return: ids of the partners that changed
        """
        raise NotImplementedError

    def undo(self, env, operation, partners, company, **journal):
        """Undo the changes of an operation (id) with this action, see `undo`. The other
        parameters are the same as in `apply`.
        """
        return undo.undo_field(env, self.field, operation, partners, company, **journal)

    def count_changes(self, env, values, partners, company):
        """:return: how many of the partners `apply` would change"""
        changes = self.differing(env, values, partners, company)
        [[count]] = env.execute_query(SQL("SELECT COUNT(*) FROM (%s) changes", changes))
        return count


@dataclass(frozen=True, kw_only=True)
class SetField(Action):
    """Set a many2one or selection of clients, shared or dependent on the company.

    :param can_be_empty: whether users may also empty it
    """

    can_be_empty: bool = False

    def sets(self, values):
        return {self.field: values.get("value")}

    def differing(self, env, values, partners, company):
        value = self._value(env, values)
        return differing(env, self.field, partners, value, company)

    def apply(self, env, values, partners, company, **journal):
        value = self._value(env, values)
        if isinstance(value, BaseModel) and value and not value.exists():
            raise ValueGone
        clients = dict.fromkeys(partners, journal.pop("res_id", None))
        return assign(env, self.field, clients, value, company, **journal)

    def _value(self, env, values):
        """:return: the value for `assign`: a record, or the key of an option"""
        field = env["res.partner"]._fields[self.field]
        if field.type == "many2one":
            return env[field.comodel_name].sudo().browse(values["value"])
        return values["value"]


@dataclass(frozen=True, kw_only=True)
class ChangeTags(Action):
    """Change the tags of each selected partner, also of contacts.

    :param mode: see `tags.MODES`
    """

    mode: str
    field: str = "category_id"
    value: str = "tag_ids"

    of_clients = False

    @property
    def removes_others(self):
        return self.mode == "replace"

    def values(self, chosen):
        return {"tags": chosen}

    def sets(self, values):
        return {}

    def differing(self, env, values, partners, company):
        return tags.differing(env, self.mode, partners, values["tags"])

    def apply(self, env, values, partners, company, **journal):
        existing = env["res.partner.category"].sudo().browse(values["tags"]).exists()
        if not existing:
            raise ValueGone
        return tags.tag(env, self.mode, partners, existing.ids, **journal)

    def undo(self, env, operation, partners, company, **journal):
        return undo.undo_tags(env, operation, partners, **journal)


@dataclass(frozen=True, kw_only=True)
class Block(Action):
    """Block clients with a reason, or unblock them.

    :param blocks: whether it blocks them
    """

    blocks: bool
    field: str = "client_blocked"
    value: str = "reason"

    @property
    def has_value(self):
        return self.blocks

    def values(self, chosen):
        return {"reason": chosen if self.blocks else None}

    def sets(self, values):
        return {self.field: self.blocks}

    def differing(self, env, values, partners, company):
        return differing(env, self.field, partners, self.blocks, company)

    def apply(self, env, values, partners, company, **journal):
        clients = dict.fromkeys(partners, journal.pop("res_id", None))
        reason = values["reason"] if self.blocks else None
        return block.block(env, clients, company, reason, **journal)

    def undo(self, env, operation, partners, company, **journal):
        return undo.undo_blocks(env, operation, partners, company, **journal)
