"""The sides of a log form: the organisation one speaks for, and the others of the partnership."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request

from register.clock import Clocks
from register.partnerships.lookups import all_participations, organisations, participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.trust.schemes import Determinant, scheme_of

MOST_FOLDS = 6
"""With more partners than these, one chooses whom to rate: a page of twenty folds helps nobody."""
SPEAKS_FIRST = ("commissioner", "lead", "funder")
"""Whose officers use the register, most often."""
RATED = re.compile(r"(?:did|told)-(\d{1,9})-")


@dataclass(frozen=True)
class Sides:
    """Who takes part in what the form logs."""

    partnership: Partnership
    organisations: Mapping[int, Organisation]
    """All that can be chosen, in order of joining."""
    taking_part: tuple[int, ...]
    """Those that take part on the day."""
    we: Organisation
    """The organisation that the person speaks for."""
    rated: tuple[Organisation, ...]
    """The others that have a fold of their own."""

    @property
    def others(self) -> list[Organisation]:
        """All but ours."""
        return [body for body in self.organisations.values() if body.id != self.we.id]

    @property
    def has_many(self) -> bool:
        """Whether one has to choose whom to rate."""
        return len(self.others) > MOST_FOLDS

    @property
    def determinants(self) -> tuple[Determinant, ...]:
        """What the partnership's readings ask."""
        return scheme_of(self.partnership.scheme).determinants


def sides_of(
    partnership: Partnership, day: date, we_id: int | None = None, *, chosen: Iterable[int] = (),
    rated: Iterable[int] = (),
) -> Sides | None:
    """Return the sides on a day, None while nobody takes part.

    `chosen` are organisations to offer although they take no part on that day, so that they can be taken out again;
    `rated` those that have a fold although there are many.
    """
    wanted = {*rated, *rated_in_form(), *map(number_of, request.values.getlist("about"))}
    rows = all_participations(partnership.id)
    names = organisations(row.organisation_id for row in rows)
    live = tuple(dict.fromkeys(row.organisation_id for row in participations([partnership.id], Clocks(day))))
    offered = {row.organisation_id for row in rows} & {*live, *chosen, *wanted}
    bodies = {row.organisation_id: names[row.organisation_id] for row in rows if row.organisation_id in offered}
    if not bodies:
        return None
    roles = {row.organisation_id: row.role for row in rows}
    we = bodies.get(we_id or 0) or min(bodies.values(), key=lambda body: _rank(roles[body.id]))
    return Sides(partnership, bodies, live, we, tuple(_rated(bodies, we, wanted)))


def _rank(role: str) -> int:
    return SPEAKS_FIRST.index(role) if role in SPEAKS_FIRST else len(SPEAKS_FIRST)


def _rated(bodies: Mapping[int, Organisation], we: Organisation, wanted: set[int]) -> list[Organisation]:
    """Return whom the form has folds for: the few others, or those chosen; never without what was typed."""
    others = [body for body in bodies.values() if body.id != we.id]
    if len(others) <= MOST_FOLDS:
        wanted = wanted | {body.id for body in others}
    return [body for body in bodies.values() if body.id in wanted]


def rated_in_form() -> set[int]:
    """Return the organisations about which the sent form says something."""
    found = ((RATED.match(name), value) for name, value in request.form.items())
    return {int(match[1]) for match, value in found if match and value.strip()}


def number_of(text: str | None) -> int:
    """Return the id that a form names; 0, which nothing has, for anything else."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else 0  # noqa: PLR2004 - fits four bytes


MORE = re.compile(r"promise-\d+-(?:what|due_on)|kept|contacts|contact_role|contact_name|organisation_name")


def says_more() -> bool:
    """Say whether the sent form says anything that only means the partnership it was drawn for."""
    typed = (name for name, value in request.form.items() if value.strip())
    return bool(rated_in_form()) or any(MORE.fullmatch(name) for name in typed)
