"""Days and instants of the example: counted from today, on working days, never in the future."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

_SATURDAY = 5


def working_day(day: date) -> date:
    """Return the day, or the last one before it that is no weekend and not between Christmas Eve and New Year's Day."""
    while _is_free(day):
        day -= timedelta(1)
    return day


def next_working_day(day: date) -> date:
    """Return the day, or the first one after it on which people work."""
    while _is_free(day):
        day += timedelta(1)
    return day


def _is_free(day: date) -> bool:
    at_christmas = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return day.weekday() >= _SATURDAY or at_christmas


def month_start(today: date, months: int) -> date:
    """Return the first day of the month so many months from now: -1 is last month."""
    years, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(years, month + 1, 1)


def month_end(today: date, months: int) -> date:
    """Return the last day of the month so many months from now."""
    return month_start(today, months + 1) - timedelta(1)


def office_hours(day: date, random: Random) -> datetime:
    """Return an instant of the day between nine and five, in UTC."""
    return datetime.combine(day, time(9), UTC) + timedelta(minutes=random.randrange(8 * 60))


def recording(held_on: date, after: int, today: date, random: Random) -> datetime:
    """Return when something of `held_on` was recorded, `after` days later but by yesterday at the latest."""
    day = working_day(min(held_on + timedelta(after), today - timedelta(1)))
    return office_hours(max(day, held_on), random)
