"""The filters at the left of a list: what can be chosen, and how many rows each choice would show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import request
from sqlalchemy import ColumnElement


class Facet(NamedTuple):
    """One group of checkboxes: the name in the address, its legend, and the words for its keys."""

    name: str
    legend: str
    words: Mapping[str, str]
    whole: bool = True
    """Whether choices that would show nothing are listed too."""


@dataclass(frozen=True)
class Choice:
    """One checkbox; `count` says how many rows it would show."""

    value: str
    label: str
    count: int
    checked: bool


class Group(NamedTuple):
    """One group as the page shows it."""

    legend: str
    name: str
    choices: list[Choice]


class Narrowing(NamedTuple):
    """What a list is narrowed to, for what is made of the whole list and not of one page."""

    conditions: tuple[ColumnElement[bool], ...]
    words: str


Chosen = Mapping[str, frozenset[str]]
Tally = tuple[Mapping[str, str | None], int]
"""How many rows share some keys: ({"kind": "internal", "stage": "running"}, 3)."""


@dataclass(frozen=True)
class Filtering:
    """What the address asks a list for."""

    facets: Sequence[Facet]
    chosen: Chosen
    defaults: Chosen = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many groups differ from how the list opens."""
        return sum(self.chosen[facet.name] != self.defaults.get(facet.name, frozenset()) for facet in self.facets)

    @property
    def words(self) -> str:
        """What is chosen, as `Kind: Shared service, Internal collaboration; State: Open`."""
        return "; ".join(
            f"{facet.legend}: {', '.join(name for key, name in facet.words.items() if key in self.chosen[facet.name])}"
            for facet in self.facets
            if self.chosen[facet.name]
        )

    def groups(self, tallies: Sequence[Tally]) -> list[Group]:
        """Return the groups; each choice counts what it would show beside the choices of the other groups."""
        return [
            _group(facet, counted(facet.name, tallies, self.chosen), self.chosen[facet.name]) for facet in self.facets
        ]


def asked_filtering(facets: Sequence[Facet], defaults: Mapping[str, Iterable[str]] | None = None) -> Filtering:
    """Return the filters of this request; keys that a facet does not know are left out.

    `defaults` says what a group is when nothing of it is chosen, such as {"state": ["open"]}.
    """
    standing = {name: frozenset(keys) for name, keys in (defaults or {}).items()}
    chosen = {}
    for facet in facets:
        asked = frozenset(request.args.getlist(facet.name)) & facet.words.keys()
        chosen[facet.name] = asked or standing.get(facet.name, frozenset())
    return Filtering(facets, chosen, standing)


def counted(name: str, tallies: Iterable[Tally], chosen: Chosen) -> Counter[str | None]:
    """Return how many rows each key of one group would show, with the choices of all other groups in force."""
    others = {other: keys for other, keys in chosen.items() if other != name and keys}
    counts: Counter[str | None] = Counter()
    for keys, number in tallies:
        if all(keys[other] in wanted for other, wanted in others.items()):
            counts[keys[name]] += number
    return counts


def _group(facet: Facet, counts: Counter[str | None], chosen: frozenset[str]) -> Group:
    return Group(
        facet.legend,
        facet.name,
        [
            Choice(key, label, counts[key], key in chosen)
            for key, label in facet.words.items()
            if facet.whole or counts[key] or key in chosen
        ],
    )


def narrowing(filtering: Filtering, texts: Mapping[str, str], *conditions: ColumnElement[bool]) -> Narrowing:
    """Return what a list is narrowed to: its filters, and the texts that were typed, by what they look for."""
    typed = [f"{label}: {text}" for label, text in texts.items() if text]
    return Narrowing(conditions, "; ".join(part for part in (filtering.words, *typed) if part))


def asked_text(name: str = "q") -> str:
    """Return a text of the address as it can be searched for: without control characters, and not endless."""
    plain = "".join(letter if letter.isprintable() else " " for letter in request.args.get(name, ""))
    return " ".join(plain.split())[:LONGEST_TEXT]


LONGEST_TEXT = 100


def carried(*names: str) -> list[tuple[str, Any]]:
    """Return arguments of this address that a filter form has to carry on, such as the sorting and the clocks."""
    return [(name, value) for name in names for value in request.args.getlist(name)]
