"""How alike two organisations look, in words for whoever has to say whether they are one.

A name alone never joins two organisations: it only proposes that a person looks at them. Different numbers in one
register, such as two company numbers, say that they are two bodies, however alike their names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from register.exchange.matching.short_forms import spelt_out
from register.exchange.reading.names import fingerprint

DIFFERENT, LATER = "different", "later"
JUDGEMENTS = (DIFFERENT, LATER)

ALIKE: Final = 90.0
"""Of 100, by rapidfuzz's ratio of sorted words: from here on two names are worth a look."""
COMMON: Final = 60
"""A word in more names than this, such as "council", brings nobody together by itself."""
ONE_NUMBER = frozenset({"GB-COH", "GB-CHC", "GB-SC", "GB-NIC", "GB-NHS", "GB-LAE", "GB-LAS", "GB-PLA", "GB-LANI"})
"""Registers in which one body has one number."""

LEGAL_FORMS = frozenset({"limited", "public", "company", "cic", "cio", "llp", "community", "interest", "incorporated"})
"""Words that say what a body is in law: people leave them out and put them in."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Candidate:
    """What is compared of an organisation."""

    id: int
    names: tuple[str, ...]
    """Its name first, then its other names."""
    place: str | None = None
    numbers: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The names in the form in which they are compared: spelt out, without what the body is in law."""
        return tuple(_bare(spelt_out(fingerprint(name))) for name in self.names)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two organisations that may be one, and why."""

    one_id: int
    other_id: int
    score: float
    """0 to 100."""
    words: str

    @property
    def pair(self) -> Pair:
        """The two ids, the smaller first."""
        return self.one_id, self.other_id


def _bare(mark: str) -> str:
    return " ".join(word for word in mark.split() if word not in LEGAL_FORMS) or mark


def proposals(candidates: Sequence[Candidate], settled: Iterable[Pair] = ()) -> list[Proposal]:
    """Return the pairs that look alike, the most alike first; `settled` pairs, smaller id first, are left out."""
    by_id = {one.id: one for one in candidates}
    done = set(settled)
    found = [
        proposal
        for pair in sorted(_worth_comparing(candidates) - done)
        if (proposal := compare(by_id[pair[0]], by_id[pair[1]]))
    ]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.pair))


def compare(one: Candidate, other: Candidate) -> Proposal | None:
    """Return why two organisations may be one, None when they are not alike or are known to be two."""
    if _known_to_be_two(one.numbers, other.numbers):
        return None
    score, mine, theirs = max(
        (fuzz.token_sort_ratio(mark, mark_of_other), name, name_of_other)
        for name, mark in zip(one.names, one.marks, strict=True)
        for name_of_other, mark_of_other in zip(other.names, other.marks, strict=True)
    )
    if score < ALIKE:
        return None
    return Proposal(one.id, other.id, score, _words(one, other, score, (mine, theirs)))


def _known_to_be_two(mine: frozenset[tuple[str, str]], theirs: frozenset[tuple[str, str]]) -> bool:
    here, there = ({scheme for scheme, _ in numbers} & ONE_NUMBER for numbers in (mine, theirs))
    return any(not _of(mine, scheme) & _of(theirs, scheme) for scheme in here & there)


def _of(numbers: frozenset[tuple[str, str]], scheme: str) -> set[str]:
    return {value for one, value in numbers if one == scheme}


def _words(one: Candidate, other: Candidate, score: float, names: tuple[str, str]) -> str:
    marks = [fingerprint(name) for name in names]
    said = f"Names alike to {score:.0f} of 100"
    if marks[0] == marks[1]:
        said = "The same name"
    elif _bare(marks[0]) == _bare(marks[1]):
        said = "The same name but for the legal form"
    elif _same_words(*marks):
        said = "The same words, in another order or some of them written short"
    if names != (one.names[0], other.names[0]):
        said += f": “{names[0]}” and “{names[1]}”"
    if one.place and other.place:
        said += ", the same place" if one.place == other.place else f", but {one.place} and {other.place}"
    return f"{said}."


def _same_words(mine: str, theirs: str) -> bool:
    return sorted(_bare(spelt_out(mine)).split()) == sorted(_bare(spelt_out(theirs)).split())


def _worth_comparing(candidates: Sequence[Candidate]) -> set[Pair]:
    """Return the pairs that share a whole name or a word that is not common: far fewer than all."""
    found: set[Pair] = set()
    for ids in _sharing(candidates).values():
        if len(ids) <= COMMON:
            found.update(_pairs(ids))
    return found


def _sharing(candidates: Sequence[Candidate]) -> Mapping[str, set[int]]:
    sharing: dict[str, set[int]] = defaultdict(set)
    for one in candidates:
        for mark in one.marks:
            for key in (mark, *mark.split()):
                sharing[key].add(one.id)
    return sharing


def _pairs(ids: Iterable[int]) -> Iterator[Pair]:
    return combinations(sorted(ids), 2)
