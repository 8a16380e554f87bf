"""Instants are in UTC, days are London's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register.clock import Clocks, clocks_now, day_of, now, pretending, today


def test_now_is_aware_and_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_midnight_in_london(instant: datetime, day: date) -> None:
    assert day_of(instant) == day
    with pretending(instant):
        assert today() == day
        assert now() == instant


def test_pretending_ends_even_after_a_failure() -> None:
    past = datetime(2001, 1, 1, tzinfo=UTC)
    with pytest.raises(KeyError), pretending(past):
        raise KeyError
    assert now() > past


@pytest.mark.parametrize(
    ("known", "before"),
    [
        (date(2026, 1, 1), datetime(2026, 1, 2, 0, 0, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
    ],
)
def test_known_on_a_day_means_by_its_last_moment_in_london(known: date, before: datetime) -> None:
    assert Clocks(date(2026, 7, 1), known).known_before == before


def test_clocks_are_now_only_today_and_as_known_now() -> None:
    assert clocks_now().is_now
    assert clocks_now().known_before is None
    assert not Clocks(today() - timedelta(days=1)).is_now
    assert not Clocks(today(), today()).is_now
