"""Methods that a button calls, and with it anybody over RPC."""

from functools import wraps

from odoo.exceptions import UserError
from odoo.tools.misc import clean_context


def for_one(operation):
    """A method of one record: rights on it come first, and nothing is done on none.

    :param str operation: what the user must be allowed to do with the record
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
    """A method of any number of records: rights first, and nothing is done on none."""

    def decorate(method):
        @wraps(method)
        def call(self, *args, **kwargs):
            self.check_access(operation)
            return method(self, *args, **kwargs) if self else False

        return call

    return decorate


def without_defaults(records):
    """:return: the records without the defaults that a caller has put into the context:
    nobody but the addon decides what it stores
    """
    context = clean_context(records.env.context)
    return records.with_context(context)  # pylint: disable=context-overridden


def check_id(value):
    """:return: `value`, an id of a record; a ValueError when it is none"""
    if not _is_id(value):
        raise ValueError(value)
    return value


def known_ids(value):
    """:return: list of the ids in a value that came by RPC, without what is none"""
    if not isinstance(value, (list, tuple)):
        return []
    return [one for one in value if _is_id(one)]


def _is_id(value):
    return type(value) is int and 0 < value < 2**31
