"""What is missing from the register: one row for each gap that an auditor asks after."""

from collections.abc import Sequence
from typing import Final, NamedTuple

MOST_LISTED: Final = 100


class Item(NamedTuple):
    """One case of a gap."""

    name: str
    detail: str
    place: str
    """The endpoint of the page it leads to: "partnership", "interaction" or "flag"."""
    target: tuple[str, ...]


class Gap(NamedTuple):
    """A gap: how many there are of how many, and the first of them."""

    key: str
    title: str
    means: str
    cases: int
    of: int
    items: Sequence[Item]

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.cases > len(self.items)
