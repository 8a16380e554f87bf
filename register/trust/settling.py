"""What would change a standing's word: found by adding meetings and asking the figure itself."""

from typing import Final, NamedTuple

from register.trust.figure import Standing, standings

FAIR, VERY_GOOD, VERY_POOR = 0.5, 1.0, 0.0
"""The good part of a meeting rated 3, 5 or 1 throughout."""

MOST: Final = 60
"""Meetings tried: more than a year of weekly ones is no forecast of anything."""


class Change(NamedTuple):
    """After how many meetings, all held today and rated alike, the word would be another."""

    meetings: int
    word: str


def changes_with(standing: Standing, part: float, most: int = MOST) -> list[Change]:
    """Return each change of the word that 1, 2, 3 … meetings of a good part `part` would make, in order.

    What is lent stays as it is. Example: a standing with no evidence and .5 lent is "not known"; two fair meetings
    still leave half of it not known and the third makes it "mixed": `[Change(3, "mixed")]`.
    """
    counts = range(1, most + 1)
    goods = [standing.good + number * part for number in counts]
    bads = [standing.bad + number * (1 - part) for number in counts]
    word, found = standing.word, []
    for number, reached in zip(counts, standings(goods, bads, [standing.lent] * most), strict=True):
        if reached.word != word:
            word = reached.word
            found.append(Change(number, word))
    return found
