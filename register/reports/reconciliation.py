"""The register of two dates against one another: what there was, what came, what went, what there is.

Opening + came + opened again - ended = closing, for what can end; opening + came = closing, for what is only added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

CAME, AGAIN, ENDED, BRIEF, CHANGED = "came", "opened again", "ended", "came and ended", "changed"
WORDS: Final = (CAME, AGAIN, ENDED, BRIEF, CHANGED)


class State(NamedTuple):
    """A record on one of the two dates."""

    name: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that was not the same on both dates."""

    record_id: int
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One kind of record on two dates."""

    opening: int
    closing: int
    """Counted by itself, and not from what moved."""
    moved: tuple[Moved, ...]

    def count(self, word: str) -> int:
        """Return how many records moved in a way."""
        return sum(one.word == word for one in self.moved)

    @property
    def reckoned(self) -> int:
        """What the opening and what moved come to."""
        return self.opening + self.count(CAME) + self.count(AGAIN) - self.count(ENDED)

    @property
    def adds_up(self) -> bool:
        """Whether that is what there is."""
        return self.reckoned == self.closing


def reconciled(earlier: Mapping[int, State], later: Mapping[int, State], touched: Iterable[int]) -> Reconciled:
    """Return two dates against one another; `touched` are the records with an entry between them.

    Each mapping holds what the register knew of on its date, ended records too.
    """
    moved = [
        Moved(key, later[key].name, word)
        for key in sorted(later) if (word := _word(earlier.get(key), later[key])) is not None
    ]
    named = {one.record_id for one in moved}
    changed = [
        Moved(key, later[key].name, CHANGED) for key in sorted(set(touched)) if key in later and key not in named
    ]
    return Reconciled(
        sum(state.is_open for state in earlier.values()), sum(state.is_open for state in later.values()),
        (*moved, *changed),
    )


def _word(before: State | None, now: State) -> str | None:
    if before is None:
        return CAME if now.is_open else BRIEF
    if before.is_open == now.is_open:
        return None
    return AGAIN if now.is_open else ENDED
