"""Days as the files of other people write them, and in which order a column of them has day and month."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from register.exchange.reading.documents import civil_day

TIME = r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?"
IN_NUMBERS = re.compile(rf"(\d{{1,2}})([/. -])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){TIME}")
YEAR_FIRST = re.compile(rf"(\d{{4}})([/.])(\d{{1,2}})\2(\d{{1,2}}){TIME}")
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +", re.IGNORECASE)
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?", re.IGNORECASE)
WORDS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y", "%d %B %y")
MONTHS = ("%B %Y", "%b %Y", "%b-%y", "%B-%y", "%b-%Y")
COUNTED = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
"""A day as spreadsheets count them, from 1954 to 2119; it is what is left where a cell lost its form."""
FIRST_COUNTED = date(1899, 12, 30)
MOST_MONTHS = 12
SLIPS = 10
NOT_A_DAY = "this is not a date; write it as 2023-04-01 or 01/04/2023"
SWAPPED = 3
"""Days held as such and days held as text, from which on the sign of a swap is no chance."""


def day_of_cell(text: str, *, is_end: bool = False) -> date:
    """Return the day that a cell names, day first where it is written in numbers; raise ValueError for none.

    A month alone is its first day, or its last where something ends.

    >>> [day_of_cell(text).isoformat() for text in ("24/07/2014", "3rd Sept 2020", "45292")]
    ['2014-07-24', '2020-09-03', '2024-01-01']
    """
    if is_year_first(text):
        return civil_day(text)
    if found := IN_NUMBERS.fullmatch(text):
        return date(_year(found[4]), int(found[3]), int(found[1]))
    if found := YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := COUNTED.fullmatch(text):
        return FIRST_COUNTED + timedelta(int(found[1]))
    return _in_words(text, is_end=is_end) or civil_day(text)


def is_year_first(text: str) -> bool:
    """Whether a cell begins as 2024-04-03 does, which can be read in one way alone."""
    return text[4:5] == "-" and text[:4].isdecimal()


def _year(written: str) -> int:
    """Return a year in full: of two digits, one from 1970 to 2069."""
    year = int(written)
    return year if len(written) > 2 else year + (1900 if year >= 70 else 2000)  # noqa: PLR2004 - two digits, and 1970


def _in_words(text: str, *, is_end: bool) -> date | None:
    plain = ORDINAL.sub(r"\1", WEEKDAY.sub("", text, count=1)).replace(",", " ").replace("Sept ", "Sep ")
    plain = " ".join(plain.split())
    for form in WORDS:
        if found := _parsed(plain, form):
            return found
    month = next((found for form in MONTHS if (found := _parsed(plain, form))), None)
    return month.replace(day=monthrange(month.year, month.month)[1]) if month and is_end else month


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil day has no time zone
    except ValueError:
        return None


@dataclass(frozen=True)
class DayOrder:
    """In which order the days of a column have day and month, with one of each sort of cell to show it by."""

    day_first: str = ""
    """A cell that is a day only when it is read day first, such as 24/07/2014."""
    month_first: str = ""
    """One that is a day only when it is read month first, such as 07/24/2014."""
    either: str = ""
    """One that could be both, such as 03/04/2014."""
    is_chosen: bool = False
    """Whether a person said how those that could be both are meant."""
    reads_month_first: bool = False
    is_mixed: bool = False
    """Whether so many are written either way that nothing says how a cell that could be both is meant."""

    @property
    def is_plain(self) -> bool:
        """Whether all cells can be read as they are, day first."""
        return not (self.month_first or self.reads_month_first)

    def unclear(self, text: str) -> str:
        """Return why a cell cannot be read, as a clause that says what to do; empty when it can."""
        found = IN_NUMBERS.fullmatch(text) if self.day_first and self.month_first and not self.is_chosen else None
        if not found:
            return ""
        first, second = int(found[1]), int(found[3])
        if max(first, second) <= MOST_MONTHS:
            return self._could_be(_year(found[4]), first, second) if self.is_mixed and first != second else ""
        if self.is_mixed or (second > MOST_MONTHS) == self.reads_month_first:
            return ""
        way, shown = ("month first", self.month_first) if self.reads_month_first else ("day first", self.day_first)
        return f"the other dates of this column are written {way}, such as {shown}; write this one as 2023-04-01"

    def _could_be(self, year: int, first: int, second: int) -> str:
        one, other = _said(year, second, first), _said(year, first, second)
        both = f"the column has dates day first, such as {self.day_first}, and month first, such as {self.month_first}"
        return f"this could be {one} or {other}, since {both}; write it as 2023-04-01"

    def plain(self, text: str) -> str:
        """Return a cell as a day that can be read in one way alone; other texts as they are."""
        found = IN_NUMBERS.fullmatch(text)
        if not found:
            return text
        first, second = int(found[1]), int(found[3])
        if min(first, second) > MOST_MONTHS:
            return text
        month_first = second > MOST_MONTHS or (first <= MOST_MONTHS and self.reads_month_first)
        month, day = (first, second) if month_first else (second, first)
        return f"{_year(found[4]):04}-{month:02}-{day:02}"

    def notice(self, title: str) -> str:
        """Return what is to be said of a column, empty where there is nothing to decide."""
        told = self._told()
        return f"Column {title}: {told}" if told else ""

    def _told(self) -> str:
        way, other = ("month first", "day first") if self.reads_month_first else ("day first", "month first")
        if self.is_mixed:
            both = f"some of its dates are written day first, as {self.day_first}, and some month first, as "
            said = f"{both}{self.month_first}."
            return f"{said} Those that could be both were read {way}, as was chosen." if self.is_chosen else said
        if self.month_first and self.reads_month_first:
            return f"its dates are written month first, as {self.month_first} shows, and were read so."
        if not self.either or self.day_first or self.is_chosen:
            return ""
        read = day_of_cell(self.plain(self.either))
        said = f"nothing shows whether its dates are written day first or month first. They were read {way}, so that "
        return f"{said}{self.either} is {_said(read.year, read.month, read.day)}. Choose “{other}” where that is wrong."


def _said(year: int, month: int, day: int) -> str:
    return f"{day} {date(year, month, 1):%B} {year}"


def order_of(texts: Iterable[str]) -> DayOrder:
    """Return in which order the days of a column are written, as far as its cells show it.

    One in ten or fewer that are written the other way are slips, which do not unsettle the column.
    """
    day_first: list[str] = []
    month_first: list[str] = []
    either = ""
    for text in texts:
        if is_year_first(text) or not (found := IN_NUMBERS.fullmatch(text.strip())):
            continue
        first, second = int(found[1]), int(found[3])
        if first > MOST_MONTHS:
            day_first.append(text)
        elif second > MOST_MONTHS:
            month_first.append(text)
        elif first != second:
            either = either or text
    few, many = sorted((len(day_first), len(month_first)))
    return DayOrder(
        "".join(day_first[:1]).strip(),
        "".join(month_first[:1]).strip(),
        either.strip(),
        reads_month_first=len(month_first) > len(day_first),
        is_mixed=few * SLIPS > many,
    )


def swap_of(texts: Iterable[str]) -> bool:
    """Whether a column looks as if a spreadsheet had swapped day and month wherever it could.

    A spreadsheet that is set to month first takes 03/04/2024 for 4 March, and leaves 24/07/2024 a text: no day that it
    holds as such is later in its month than the 12th, and no text has a day earlier than the 13th.
    """
    held = written = 0
    for text in texts:
        if is_year_first(text) and text[8:10].isdecimal():
            held += 1
            if int(text[8:10]) > MOST_MONTHS:
                return False
        elif found := IN_NUMBERS.fullmatch(text.strip()):
            written += 1
            if int(found[1]) <= MOST_MONTHS:
                return False
    return held >= SWAPPED and written >= SWAPPED
