"""What a validator says about a value."""

from dataclasses import dataclass

# ok: right as it is. untidy: right, but not as it should be written. wrong: malformed.
# unknown: it could not be checked.
STATES = ("ok", "untidy", "wrong", "unknown")


@dataclass(frozen=True)
class Answer:
    """The state of a value, see `STATES`, and the one right value, if there is one."""

    state: str
    fixed: str = None
