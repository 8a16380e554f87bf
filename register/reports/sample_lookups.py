"""The populations that samples are drawn from: what the register held at the end of a day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from register.clock import end_of
from register.database import db
from register.history.models import HistoryEntry
from register.interactions.models import Interaction
from register.partnerships.models import Partnership


class Population(NamedTuple):
    """Something that samples can be drawn of."""

    key: str
    name: str
    words: str
    ids: Callable[[ColumnElement[bool], ColumnElement[bool], date], Sequence[int]]


def _interactions(visible: ColumnElement[bool], _readable: ColumnElement[bool], day: date) -> Sequence[int]:
    return db.session.scalars(
        select(Interaction.id).join(Partnership, Partnership.id == Interaction.partnership_id).where(
            visible, Interaction.first_version_id.is_(None), Interaction.recorded_at < end_of(day),
        ),
    ).all()


def _partnerships(visible: ColumnElement[bool], _readable: ColumnElement[bool], day: date) -> Sequence[int]:
    known_before = end_of(day)
    return db.session.scalars(select(Partnership.id).where(visible, Partnership.created_at < known_before)).all()


def _entries(_visible: ColumnElement[bool], readable: ColumnElement[bool], day: date) -> Sequence[int]:
    is_head = HistoryEntry.sequence == HistoryEntry.part_of
    before = HistoryEntry.at < end_of(day)
    return db.session.scalars(select(HistoryEntry.sequence).where(readable, is_head, before)).all()


POPULATIONS = (
    Population("interaction", "Interactions", "as first logged, corrections not counted again", _interactions),
    Population("partnership", "Partnerships", "closed ones too", _partnerships),
    Population("entry", "Acts of the history", "each by its first entry", _entries),
)
POPULATION_BY_KEY: Mapping[str, Population] = {population.key: population for population in POPULATIONS}
