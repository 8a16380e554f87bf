"""Loading the example into an empty register: each step at the past instant at which somebody did it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from register.clock import pretending
from register.database import db
from register.exchange.example.county import example
from register.exchange.example.days import working_day
from register.exchange.example.organisations import BODIES, COUNCIL
from register.exchange.example.records import Contact, ExampleRegister, Interaction, Partnership
from register.exchange.example.terms import BEGAN
from register.exchange.example.writing import Writer
from register.history.recording import seal_recorded
from register.trust.model_changes import keep_released_model

SITE_NAME = next(body.name for body in BODIES if body.key == COUNCIL)
NOTICE = timedelta(29)
"""How long before a contact's last day the register learned of it."""


class Step(NamedTuple):
    """Something that somebody did, at an instant; `order` decides between steps of one instant."""

    at: datetime
    order: int
    do: Callable[[], None]


def load_example(today: date, seed: int, password: str) -> None:
    """Load the example as of a day; everybody in it signs in with `password`. Flushes, never commits."""
    load(example(today, seed), today, password)


def load(register: ExampleRegister, today: date, password: str) -> None:
    """Load an example, or a part of one whose every key is in it, in the order in which it was recorded."""
    writer = Writer(register, password)
    for step in sorted(_steps(register, today, writer), key=lambda step: (step.at, step.order)):
        with _sealed_at(step.at):
            step.do()


@contextmanager
def _sealed_at(instant: datetime) -> Iterator[None]:
    """Do what is inside as if at an instant, and seal its history then, although the commit comes once, at the end."""
    with pretending(instant):
        yield
        seal_recorded(db.session())


def _steps(register: ExampleRegister, today: date, writer: Writer) -> Iterator[Step]:
    began = working_day(today - timedelta(BEGAN))
    yield Step(_at(began, 7), 0, _keep_model)
    yield Step(_at(began, 8), 0, writer.add_people)
    yield Step(_at(began, 8), 1, writer.add_organisations)
    yield from (_leaving(contact, today, writer) for contact in register.contacts if contact.left_on is not None)
    for partnership in register.partnerships:
        yield from _steps_of_partnership(partnership, began, writer)
    for interaction in register.interactions:
        yield from _steps_of_interaction(interaction, writer)


def _keep_model() -> None:
    keep_released_model()


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _leaving(one: Contact, today: date, writer: Writer) -> Step:
    assert one.left_on is not None  # noqa: S101 - only of those who leave
    known = working_day(min(one.left_on - NOTICE, today - timedelta(1)))
    return Step(_at(known, 16), 2, partial(writer.say_leaving, one))


def _steps_of_partnership(one: Partnership, began: date, writer: Writer) -> Iterator[Step]:
    started_at = _at(max(began, working_day(one.started_on)), 8)
    yield Step(started_at, 3, partial(writer.start, one))
    for deal in one.deals:
        yield Step(max(deal.recorded_at, started_at), 4, partial(writer.revise, one, deal))
    if one.closed_on is not None:
        yield Step(_at(one.closed_on, 16), 8, partial(writer.close, one))


def _steps_of_interaction(one: Interaction, writer: Writer) -> Iterator[Step]:
    yield Step(one.recorded_at, 5, partial(writer.log, one))
    if one.correction is not None:
        yield Step(max(one.correction.recorded_at, one.recorded_at), 6, partial(writer.correct, one))
    for place, promise in enumerate(one.commitments):
        if promise.settled_at is not None:
            yield Step(max(promise.settled_at, one.recorded_at), 7, partial(writer.settle, one, place))
