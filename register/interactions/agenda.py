"""What the next meeting should take up: promises, trouble that is not settled, and what nobody rated lately."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from register.clock import Clocks
from register.interactions.commitment_lookups import CommitmentState, open_commitments
from register.interactions.lookups import last_rated, last_trouble
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.trust.schemes import Determinant, determinant_of, scheme_of
from register.trust.voices_lookups import disagreements

LATELY = timedelta(days=90)
"""A determinant rated within three months is known well enough not to be asked again."""


class Unrated(NamedTuple):
    """What nobody rated lately of one organisation."""

    organisation_id: int
    determinants: tuple[Determinant, ...]
    last: date | None
    """The latest day on which one of these was rated; None: never."""


class Unheard(NamedTuple):
    """An organisation whose own view was not heard lately."""

    organisation_id: int
    last: date | None


class Disagreement(NamedTuple):
    """What people rated two points apart or more, within half a year."""

    rater_id: int
    ratee_id: int
    determinant: Determinant
    points: int


class Agenda(NamedTuple):
    """What to take up next with the partners, seen from one of them."""

    promises: list[CommitmentState]
    """Open promises, the longest overdue first."""
    trouble: Interaction | None
    """The last incident or dispute of the last 180 days."""
    unrated: list[Unrated]
    unheard: list[Unheard]
    disagreements: list[Disagreement]

    @property
    def overdue(self) -> int:
        """How many promises are past their date."""
        return sum(state.is_overdue for state in self.promises)


def agenda_of(partnership: Partnership, we_id: int | None, others: Iterable[int], clocks: Clocks) -> Agenda:
    """Return what to take up next. `we_id` is the organisation that asks, `others` the partners it asks about."""
    rated = last_rated(partnership.id, clocks)
    since = clocks.on - LATELY
    unrated, unheard = [], []
    for other in others:
        days = {
            determinant: rated.get((we_id or 0, other, determinant.key))
            for determinant in scheme_of(partnership.scheme).determinants
        }
        old = {determinant: day for determinant, day in days.items() if day is None or day <= since}
        if old:
            unrated.append(Unrated(other, tuple(old), max((day for day in old.values() if day), default=None)))
        heard = max((day for (rater, ratee, _), day in rated.items() if (rater, ratee) == (other, we_id)), default=None)
        if heard is None or heard <= since:
            unheard.append(Unheard(other, heard))
    return Agenda(
        open_commitments([partnership.id], clocks), last_trouble(partnership.id, clocks), unrated, unheard,
        _disagreements(partnership.id, we_id, clocks),
    )


def _disagreements(partnership_id: int, we_id: int | None, clocks: Clocks) -> list[Disagreement]:
    """Return what voices disagree on between the one who asks and others, the one who asks rating first."""
    found = [
        Disagreement(one.rater_id, one.ratee_id, determinant_of(spread.determinant), round(spread.apart))
        for one, some in disagreements(partnership_id, clocks).items() if we_id in one[1:] for spread in some
    ]
    return sorted(found, key=lambda one: (one.rater_id != we_id, one.rater_id, one.ratee_id))
