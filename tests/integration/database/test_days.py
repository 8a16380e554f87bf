"""Days until an instant, by the day in London on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Date, literal, select

from register.accounts.models import SignInAttempt
from register.clock import day_of
from register.database import db
from register.database.days import DaysUntil

LAST_SUNDAYS = [date(2023, 3, 26), date(2024, 3, 31), date(2026, 3, 29), date(2023, 10, 29), date(2027, 10, 31)]
INSTANTS = [
    datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC) + timedelta(days=apart)
    for day in [*LAST_SUNDAYS, date(2026, 7, 1), date(2026, 12, 31)] for apart in (-1, 0, 1) for hour in (0, 22, 23)
]


@pytest.mark.parametrize("start", [date(2022, 2, 27), date(2030, 1, 1)])
def test_an_hour_before_midnight_in_summer_is_the_next_day(app: Flask, start: date) -> None:
    for instant in INSTANTS:
        db.session.add(SignInAttempt(email="x", address=start.isoformat(), succeeded=False, at=instant))
    db.session.flush()
    counted = DaysUntil(literal(start, Date), SignInAttempt.at)
    for instant, days in db.session.execute(select(SignInAttempt.at, counted)):
        assert days == (day_of(instant) - start).days, instant
