"""What grants in JSON are written otherwise than the standard says, brought into its form before they are read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from register.exchange.reading.day_columns import decided
from register.exchange.reading.days import day_of_cell, order_of
from register.exchange.reading.findings import Findings, Problem

LISTS = ("recipientOrganization", "fundingOrganization", "plannedDates")
"""What the standard has as a list, and some write as the one object that would be in it."""
DAYS = ("awardDate", "startDate", "endDate")
DAY = len("2024-04-03")

Holder = dict[str, Any]
"""An object with days in it."""


def in_lists(grant: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a grant whose parties and dates stand in lists."""
    return {key: [value] if key in LISTS and isinstance(value, dict) else value for key, value in grant.items()}


def plain_days(grants: Sequence[Holder], findings: Findings, chosen: str | None) -> None:
    """Write the days of grants as the standard has them, day first or month first as all grants together show.

    What could be both, and what is no day, stays as it is, for the reader to name.
    """
    held = [(row, holder, key) for row, grant in enumerate(grants, start=1) for holder, key in _days_of(grant)]
    orders = decided({key: order_of(holder[key] for _, holder, at in held if at == key) for key in DAYS}, chosen)
    for key, order in orders.items():
        findings.notices += [notice] if (notice := order.notice(key)) else []
    for row, holder, key in held:
        text = " ".join(holder[key].split())
        if reason := orders[key].unclear(text):
            findings.add_problem(Problem(findings.sheet, row, key, text, reason))
            holder[key] = None
        else:
            holder[key] = _plainly(orders[key].plain(text))


def _plainly(text: str) -> str:
    """Return a day as `2024-04-03`, what is written so already or is none as it is."""
    if text[:DAY].count("-") > 1:
        return text
    try:
        return day_of_cell(text).isoformat()
    except (ValueError, OverflowError):
        return text


def _days_of(grant: Holder) -> Iterator[tuple[Holder, str]]:
    """Yield the days of a grant by the objects that they stand in."""
    if isinstance(grant.get("awardDate"), str):
        yield grant, "awardDate"
    planned = in_lists(grant).get("plannedDates")
    for dates in planned if isinstance(planned, list) else ():
        if isinstance(dates, dict):
            yield from ((dates, key) for key in ("startDate", "endDate") if isinstance(dates.get(key), str))
