"""What can be answered to a flag, and the states a flag is in: one row each."""

from typing import NamedTuple


class AnswerKind(NamedTuple):
    """One way to answer a flag."""

    key: str
    name: str
    means: str
    """What it does, said where it is chosen."""


ANSWERS = (
    AnswerKind("acknowledged", "Acknowledge it", "Somebody has seen it and looks into it. It stays where it is."),
    AnswerKind("planned", "Plan something", "An action, an owner and the day to look again. Past that day it rises."),
    AnswerKind("deferred", "Defer it", "Nothing now, for a reason, until a day. Then it opens again by itself."),
    AnswerKind("closed", "Close it", "Nothing is to be done, for a reason. It opens again when its reasons change."),
)
ANSWER_BY_KEY = {answer.key: answer for answer in ANSWERS}


class FlagState(NamedTuple):
    """One state of a flag, as lists filter it."""

    key: str
    name: str


STATES = (
    FlagState("open", "Not answered yet"),
    FlagState("again", "Open again"),
    FlagState("acknowledged", "Acknowledged"),
    FlagState("planned", "Plan in hand"),
    FlagState("overdue", "Plan overdue"),
    FlagState("deferred", "Deferred"),
    FlagState("closed", "Closed"),
)
NAME_OF_STATE = {state.key: state.name for state in STATES}
SETTLED = frozenset({"deferred", "closed"})
"""In these nothing is to be done now."""
