"""The list of interactions with its filters: kind, partnership, organisation, days and words."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from flask import request
from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, select

from register.accounts.models import Person
from register.clock import Clocks
from register.database import db
from register.history.known import rows_as_known
from register.interactions.commitment_lookups import made_in
from register.interactions.kinds import KIND_BY_KEY
from register.interactions.lookups import as_known, attendances, attended_by, interactions_as_of, reading_counts
from register.interactions.models import Interaction
from register.partnerships.models import Member, Partnership
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import has_opened_restricted, visible_to
from register.refusals import Refusal
from register.risk.lookups import database_address, last_link
from register.web.clocks import asked_clocks
from register.web.days import read_day
from register.web.facets import (
    Facet,
    Filtering,
    Narrowing,
    Tally,
    asked_filtering,
    asked_text,
    carried,
    narrowing,
)
from register.web.paging import Page, asked_sorting, page_of
from register.web.sides import number_of

KINDS = Facet("kind", "What it was", {key: kind.name for key, kind in KIND_BY_KEY.items()})
MINE = Facet("mine", "Whose", {"yes": "Partnerships I look after"})
SORTS: dict[str, tuple[SQLColumnExpression[Any], ...]] = {
    "day": (Interaction.held_on,), "partnership": (Partnership.name, Partnership.id), "kind": (Interaction.kind,),
}


class Line(NamedTuple):
    """One row of the list."""

    interaction: Interaction
    organisations: list[Organisation]
    readings: int
    promises: int


@dataclass(frozen=True)
class Words:
    """What was typed into the filters, and what is wrong with it."""

    text: str
    partnership: str
    organisation: str
    since: date | None
    until: date | None
    errors: dict[str, str]

    @property
    def count(self) -> int:
        """How many are in force."""
        typed = (self.text, self.partnership, self.organisation, self.since, self.until)
        return sum(bool(value) for value in typed) + len(self.errors)


def interaction_list(person: Person) -> dict[str, Any]:
    """Return what the page of the list shows a person."""
    clocks, words = asked_clocks(), _asked_words(person)
    facets = asked_filtering((KINDS, MINE) if person.role == "officer" else (KINDS,))
    sorting = asked_sorting(SORTS, "-day")
    narrow = [_seen_by(person), *_conditions(words)]
    tallies = _tallied(clocks, words, narrow, person)
    query = interactions_as_of(clocks).where(*narrow, *_chosen(facets, person))
    if sorting.key != "day":
        query = query.join(Interaction.partnership)
    total = sum(number for facts, number in tallies if _fits(facts, facets))
    page = page_of(query, sorting.columns, Interaction.id, descending=sorting.descending, total=total)
    groups = facets.groups(tallies)
    return {
        "page_of_list": page, "lines": _lines(page, clocks), "sorting": sorting, "words_typed": words,
        "groups": groups, "filter_count": facets.count + words.count, "carried": carried("sort", "on", "known"),
    }


def asked_narrowing(person: Person) -> Narrowing:
    """Return what this address narrows the list to."""
    words, facets = _asked_words(person), asked_filtering((KINDS, MINE) if person.role == "officer" else (KINDS,))
    typed = {
        "Words": words.text, "Partnership": words.partnership, "Organisation": words.organisation,
        "From": str(words.since or ""), "To": str(words.until or ""),
    }  # fmt: skip
    conditions = (as_known(asked_clocks()), *_conditions(words), *_chosen(facets, person))
    return narrowing(facets, typed, *conditions)


def _asked_words(person: Person) -> Words:
    days, errors = {}, {}
    for name in ("since", "until"):
        try:
            days[name] = read_day(request.args.get(name), name)
        except Refusal as refusal:
            errors[name] = refusal.message
    return Words(
        asked_text(), _asked_partnership(person), _asked_organisation(), days.get("since"), days.get("until"), errors,
    )


def _asked_partnership(person: Person) -> str:
    """Return the partnership's name to look for; a page may link here with its id instead."""
    text = asked_text("partnership")
    if not text.isdigit():
        return text
    visible = select(Partnership.name).where(Partnership.id == number_of(text), visible_to(person))
    return db.session.scalar(visible) or text


def _asked_organisation() -> str:
    text = asked_text("organisation")
    if not text.isdigit():
        return text
    return db.session.scalar(select(Organisation.name).where(Organisation.id == number_of(text))) or text


def _conditions(words: Words) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if words.text:
        asked.append(Interaction.account.icontains(words.text, autoescape=True))
    if words.partnership:
        named = select(Partnership.id).where(Partnership.name.icontains(words.partnership, autoescape=True))
        asked.append(Interaction.partnership_id.in_(named))
    if words.organisation:
        named = select(Organisation.id).where(
            Organisation.name.icontains(words.organisation, autoescape=True)
            | Organisation.short_name.icontains(words.organisation, autoescape=True),
        )
        asked.append(attended_by(named))
    if words.since:
        asked.append(Interaction.held_on >= words.since)
    if words.until:
        asked.append(Interaction.held_on <= words.until)
    return asked


def _seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition for interactions of partnerships that a person may see.

    Said by the few that they may not: so a list is walked along its own order, and not partnership by partnership.
    """
    return Interaction.partnership_id.not_in(select(Partnership.id).where(~visible_to(person)))


def _fits(facts: Mapping[str, str | None], facets: Filtering) -> bool:
    """Say whether what a tally counts fits what was chosen."""
    return all(facts.get(name) in chosen for name, chosen in facets.chosen.items() if chosen)


def _mine(person: Person) -> ColumnElement[bool]:
    return Interaction.partnership_id.in_(
        select(Member.partnership_id).where(Member.person_id == person.id, Member.ended_at.is_(None)),
    )


def _chosen(facets: Filtering, person: Person) -> list[ColumnElement[bool]]:
    asked = [_mine(person)] if facets.chosen.get("mine") else []
    kinds = sorted(facets.chosen["kind"])
    return [*asked, Interaction.kind.in_(kinds)] if kinds else asked


MOST_TALLIED: Final = 64
_kept: dict[Hashable, list[Tally]] = {}
"""Tallies by all that they depend on, the state of the history among it: counting walks through every interaction."""


def _tallied(clocks: Clocks, words: Words, narrow: Sequence[ColumnElement[bool]], person: Person) -> list[Tally]:
    """Return the tallies as they were counted at this state of the history, counted now where they were not yet."""
    typed = (words.text, words.partnership, words.organisation, words.since, words.until)
    # An opening of the restricted records ends by itself, without a change that the history would tell of.
    key = database_address(), last_link(), clocks, person.id, has_opened_restricted(person), typed
    found = _kept.get(key)
    if found is None:
        found = _tallies(clocks, narrow, person)
        while len(_kept) >= MOST_TALLIED:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def _tallies(clocks: Clocks, narrow: Sequence[ColumnElement[bool]], person: Person) -> list[Tally]:
    """Return how many interactions of each kind there are with the typed filters in force, mine and others'."""
    rows = (
        select(Interaction.kind, case((_mine(person), "yes")).label("mine")).where(as_known(clocks), *narrow).subquery()
    )
    asked = select(rows.c.kind, rows.c.mine, func.count()).group_by(rows.c.kind, rows.c.mine)
    return [({"kind": kind, "mine": mine}, number) for kind, mine, number in db.session.execute(asked)]


def _lines(page: Page[Interaction], clocks: Clocks) -> list[Line]:
    ids = [row.id for row in page.rows]
    present, rated = attendances(ids), reading_counts(ids)
    rows_as_known((row.partnership for row in page.rows), clocks)
    rows_as_known({one.organisation for some in present.values() for one in some}, clocks)
    promised = made_in((row.lasting_id for row in page.rows), clocks)
    return [
        Line(row, list({one.organisation_id: one.organisation for one in present.get(row.id, ())}.values()),
             rated.get(row.id, 0), promised.get(row.lasting_id, 0))
        for row in page.rows
    ]
