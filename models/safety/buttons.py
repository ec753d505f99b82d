"""Decorators for methods that buttons call. Any user can call them by RPC."""

from functools import wraps

from odoo.exceptions import UserError
from odoo.tools.misc import clean_context


def for_one(operation, shows=None, changes=None):
    """Decorator of a method on one record. It checks the access rights first, and does
    nothing without a record. Screens do not show its buttons to users without these
    rights, see `ir_ui_view`.

    :param str operation: the operation that the user must be allowed to do
    :param str shows: name of another model whose records the method opens
    :param str changes: name of another model whose records the method writes
    """

    def decorate(method):
        @_needs(operation, shows, changes)
        @wraps(method)
        def call(self, *args, **kwargs):
            self.check_access(operation)
            if len(self) > 1:
                raise UserError(self.env._("Choose one record, not several."))
            return method(self, *args, **kwargs) if self else False

        return call

    return decorate


def for_all(operation, shows=None, changes=None):
    """Decorator of a method on any number of records, see `for_one`."""

    def decorate(method):
        @_needs(operation, shows, changes)
        @wraps(method)
        def call(self, *args, **kwargs):
            self.check_access(operation)
            return method(self, *args, **kwargs) if self else False

        return call

    return decorate


def _needs(operation, shows, changes):
    """Decorator that stores what the user must be allowed to do, see `may_press`."""

    def decorate(call):
        others = ((shows, "read"), (changes, "write"))
        call.client_needs = (
            (None, operation),
            *((model, right) for model, right in others if model),
        )
        return call

    return decorate


def may_press(model, name):
    """:return: whether the user has the rights on models that a method needs"""
    needs = getattr(getattr(type(model), name, None), "client_needs", ())
    return all(
        model.env[other or model._name].has_access(operation)
        for other, operation in needs
    )


def without_defaults(records):
    """:return: the records without default values in the context, because a caller must
    not change what the addon stores
    """
    context = clean_context(records.env.context)
    return records.with_context(context)  # pylint: disable=context-overridden


def check_id(value):
    """:return: `value`, if it can be the id of a record

    :raise ValueError: if it cannot
    """
    if not _is_id(value):
        raise ValueError(value)
    return value


def known_ids(value):
    """:return: list of the valid ids in a value from RPC"""
    if not isinstance(value, (list, tuple)):
        return []
    return [item for item in value if _is_id(item)]


def _is_id(value):
    return type(value) is int and 0 < value < 2**31
