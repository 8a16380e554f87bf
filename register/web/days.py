"""Days as people write them and as pages say them."""

from datetime import date, datetime

from register.refusals import Refusal

FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y")
"""How a day may be written: as a browser sends it, in words, or with slashes, day first."""


def read_day(value: str | None, field: str) -> date | None:
    """Return the day that a text names, None for none. Refuses what names no day.

    >>> read_day("23 November 2026", "held_on")
    datetime.date(2026, 11, 23)
    """
    text = " ".join((value or "").split())
    if not text:
        return None
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil day has no zone
        except ValueError:
            continue
    message = "Enter a day that exists, such as 23 November 2026."
    raise Refusal(message, field)


def said(day: date | None) -> str:
    """Return a day in full: Monday 23 November 2026."""
    return f"{day:%A %-d %B %Y}" if day else "not known"


def short(day: date | None) -> str:
    """Return a day without its weekday: 23 November 2026."""
    return f"{day:%-d %B %Y}" if day else "not known"


def ago(day: date, today: date) -> str:
    """Return how long ago a day was, in the largest unit that still says something: 41 days, 13 months."""
    days = (today - day).days
    if days < 0:
        return "in 1 day" if days == -1 else f"in {-days} days"
    if days < DAYS_TO_COUNT:
        return "today" if days == 0 else "1 day" if days == 1 else f"{days} days"
    return f"{round(days / 30.44)} months"


DAYS_TO_COUNT = 400
