"""The exceptions of the engine. They contain no text for users: models translate them
to user errors, see `models.safety.words`.
"""


class EngineError(Exception):
    """Base of all errors of the engine."""


class RowsMissing(EngineError):
    """Lock rows are missing, so no transaction would wait for another one.

    :param str model: name of their model
    """

    def __init__(self, model):
        self.model = model
        super().__init__(f"rows of {model} are missing")


class ValueGone(EngineError):
    """The value to set on clients has been deleted."""


class CatalogueError(Exception):
    """A declaration is wrong. This error is for developers of addons, not for users."""
