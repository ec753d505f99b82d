"""Decorators for methods that buttons call. Any user can call them by RPC."""

from functools import wraps

from odoo.exceptions import UserError
from odoo.tools.misc import clean_context


def for_one(operation):
    """Decorator of a method on one record. It checks the access rights first, and does
    nothing without a record.

    :param str operation: the operation that the user must be allowed to do
    """

    def decorate(method):
        @wraps(method)
        def call(self, *args, **kwargs):
            self.check_access(operation)
            if len(self) > 1:
                raise UserError(self.env._("Choose one record, not several."))
            return method(self, *args, **kwargs) if self else False

        return call

    return decorate


def for_all(operation):
    """Decorator of a method on any number of records. It checks the access rights
    first, and does nothing without records.
    """

    def decorate(method):
        @wraps(method)
        def call(self, *args, **kwargs):
            self.check_access(operation)
            return method(self, *args, **kwargs) if self else False

        return call

    return decorate


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
