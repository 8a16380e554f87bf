"""Refusals of the register, each at the place of the JSON that it is about."""

import re
from collections.abc import Sequence

from werkzeug.exceptions import UnprocessableEntity

from register.interactions.checks import NewReading
from register.refusals import Refusal

READING = re.compile(r"(reading|evidence)-(\d+)-(\d+)-(.+)")
PROMISE = re.compile(r"commitments-(\d+)-(\w+)")
PROMISE_FIELDS = {"who": "promisor_id"}


class NotKept(UnprocessableEntity):
    """Part of what was sent cannot be kept."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__()
        self.errors = errors


def refuse_all(refusals: Sequence[Refusal], readings: Sequence[NewReading]) -> None:
    """Refuse what was sent when there is anything wrong, and say all of it."""
    if refusals:
        raise NotKept([{"field": place_of(one.field, readings), "detail": one.message} for one in refusals])


def place_of(field: str | None, readings: Sequence[NewReading]) -> str:
    """Return where in the JSON an input of the form stands, such as `readings.0.score`."""
    if field and (promise := PROMISE.fullmatch(field)):
        return f"commitments.{promise[1]}.{PROMISE_FIELDS.get(promise[2], promise[2])}"
    if field and (rated := READING.fullmatch(field)):
        wanted = (int(rated[2]), int(rated[3]), rated[4])
        number = next((place for place, reading in enumerate(readings) if reading[:3] == wanted), 0)
        return f"readings.{number}.{'score' if rated[1] == 'reading' else 'evidence'}"
    return field or ""
