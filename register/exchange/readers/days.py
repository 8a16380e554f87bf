"""Days as the files of other people write them."""

import re
from datetime import date, datetime

from register.exchange.reading.documents import civil_day

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
WORDS = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %Y")
CENTURY = 2000
NOT_A_DAY = "this is not a date; write it as 2023-04-01 or 01/04/2023"


def day_of_cell(text: str) -> date:
    """Return the day that a cell names, day first where it is written in numbers; raise ValueError for none.

    >>> day_of_cell("24/07/2014").isoformat(), day_of_cell("3 Sep 2020").isoformat()
    ('2014-07-24', '2020-09-03')
    """
    if first := DAY_FIRST.fullmatch(text):
        year = int(first[3])
        return date(year if year > 99 else CENTURY + year, int(first[2]), int(first[1]))  # noqa: PLR2004 - two digits
    for form in WORDS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil day has no time zone
        except ValueError:
            continue
    return civil_day(text)
