"""The time: instants in UTC, civil days in Europe/London."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """Return the civil day in London, by which people date what happened."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the London day on which an aware instant falls."""
    return instant.astimezone(LONDON).date()


def day_words(day: date) -> str:
    """Return a day as pages and sentences say it, such as "3 September 2026"."""
    return f"{day.day} {day:%B %Y}"


def end_of(day: date) -> datetime:
    """Return the instant, in UTC, at which a London day is over: what was recorded that day was recorded before it."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


@contextmanager
def pretending(instant: datetime) -> Iterator[None]:
    """Let `now` answer `instant` inside the block: for the example register, which tells a past, and for tests."""
    token = _pretended.set(instant)
    try:
        yield
    finally:
        _pretended.reset(token)


class Clocks(NamedTuple):
    """The two clocks of a question: as it was on a day, as the register knew it at the end of a day."""

    on: date
    known: date | None = None
    """None: as it is known now."""

    @property
    def is_now(self) -> bool:
        """Whether the question is about today, as known now."""
        return self.known is None and self.on >= today()

    @property
    def known_before(self) -> datetime | None:
        """The instant before which something must have been recorded to count; None: any."""
        if self.known is None:
            return None
        return end_of(self.known)


FIRST_DAY = date(1900, 1, 1)
"""Nothing that the register knows happened earlier, and evidence cannot be reckoned backwards without an end."""


def clocks_asked(on: date | None, known: date | None) -> Clocks:
    """Return the clocks that somebody asks for: no day means now, a day to come today, one too early the first day."""
    return Clocks(
        max(FIRST_DAY, min(on or today(), today())),
        None if known is None or known >= today() else max(FIRST_DAY, known),
    )


def clocks_now() -> Clocks:
    """Return today, as known now."""
    return Clocks(today())
