"""What the engine raises. It knows neither people nor languages: models put these into
words, see `models.safety.words`.
"""


class EngineError(Exception):
    """Base of all errors of the engine."""


class RowsMissing(EngineError):
    """Rows are missing that are there to be locked: nobody would wait for anybody.

    :param str model: name of their model
    """

    def __init__(self, model):
        self.model = model
        super().__init__(f"rows of {model} are missing")


class ValueGone(EngineError):
    """The value that clients were to get has been deleted."""


class CatalogueError(Exception):
    """A declaration is wrong: for whoever writes the addon, and not for its users."""
