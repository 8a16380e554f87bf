"""The vocabulary of interactions and promises."""

from typing import NamedTuple

from register.partnerships.kinds import Kind


class InteractionKind(NamedTuple):
    """A kind of interaction, and whether it is a breach by itself."""

    key: str
    name: str
    is_breach: bool = False
    is_trouble: bool = False


INTERACTION_KINDS = (
    InteractionKind("meeting", "Meeting"),
    InteractionKind("call", "Call"),
    InteractionKind("workshop", "Workshop"),
    InteractionKind("site_visit", "Site visit"),
    InteractionKind("board", "Board"),
    InteractionKind("codesign", "Co-design session"),
    InteractionKind("review", "Review"),
    InteractionKind("incident", "Incident", is_trouble=True),
    InteractionKind("dispute", "Dispute", is_breach=True, is_trouble=True),
)
KIND_BY_KEY = {kind.key: kind for kind in INTERACTION_KINDS}


class Outcome(NamedTuple):
    """How a commitment ended, and how much that counts as evidence: 1 good, 0 bad, None nothing."""

    key: str
    name: str
    good: float | None
    is_breach: bool = False


OUTCOMES = (
    Outcome("kept", "Kept", 1.0),
    Outcome("late", "Kept late", 0.5),
    Outcome("broken", "Broken", 0.0, is_breach=True),
    Outcome("renegotiated", "Renegotiated", None),
    Outcome("withdrawn", "Withdrawn", None),
)
OUTCOME_BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}

VOICES = (
    Kind("own", "Our own view", "the officer's opinion, for the officer's own organisation"),
    Kind("told", "As they told us", "what the officer heard the other side say; the officer's opinion of their view"),
)

MANNERS = (
    Kind("written", "In writing", "a letter or a mail that is kept outside this register"),
    Kind("told", "They told us", "written down by whoever records it here"),
)
"""How a statement of disagreement comes."""

BREACH_SCORE = 1
"""A reading of 1 is a breach by itself."""
