"""Texts in the language of the user: errors of the engine, labels with a value."""

from functools import wraps

from odoo.exceptions import UserError

from ...engine.errors import EngineError, RowsMissing, ValueGone


def in_words(method):
    """Decorator of a model's method that calls the engine. An `EngineError` becomes a
    `UserError` in the language of the user.
    """

    @wraps(method)
    def call(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except EngineError as error:
            raise UserError(_words(self.env, error)) from error

    return call


def labelled(env, label, value):
    """:return: “label: value” in the language of the environment"""
    return env._("%(label)s: %(value)s", label=label, value=value)


def _words(env, error):
    if isinstance(error, RowsMissing):
        return env._(
            "Rows of the table “%s” are missing: ask an administrator to upgrade "
            "the app Client Segmentation.",
            error.model,
        )
    if isinstance(error, ValueGone):
        return env._("The value to set no longer exists.")
    return str(error)
