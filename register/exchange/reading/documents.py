"""Documents as branches that are asked for what they should hold, with what is wrong named by its path."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from register.clock import LONDON
from register.exchange.reading.findings import Findings, Problem
from register.text import CONTROL, LINE, PARAGRAPHS

END_OF_DAY = time(23, 59)
LARGEST_AMOUNT = Decimal(10) ** 12
"""Pounds; a deal of more is refused as a slip."""

NUMBER = re.compile(r"-?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.[0-9]{1,20})?")
"""1000.00 and 1,000.00, as some portals write numbers between quote marks."""

NO_YEARS = ("0000", "0001", "9999")
"""Years that programs write where nobody told them a date."""


@dataclass(frozen=True)
class Branch:
    """One object of a document, and where it stands: at which place of its list, along which path."""

    findings: Findings
    row: int
    path: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def branch(self, key: str) -> "Branch":
        """Return the object under a key; an empty one when there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.refuse(key, value, "this should be an object in braces")
        return self._under(key, value)

    def branches(self, key: str) -> list["Branch"]:
        """Return the objects in the list under a key; none when there is no list."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, value, "this should be a list in square brackets")
            return []
        for place, item in enumerate(value):
            if not isinstance(item, dict):
                self.refuse(f"{key}/{place}", item, "this should be an object in braces")
        return [self._under(f"{key}/{place}", item) for place, item in enumerate(value) if isinstance(item, dict)]

    def words(self, key: str) -> list[str]:
        """Return the texts in the list under a key."""
        value = self.values.get(key)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def line(self, key: str) -> str:
        """Return the text under a key on one line, its blanks folded; empty when there is none."""
        return " ".join(self.text(key, LINE).split())

    def text(self, key: str, limit: int = PARAGRAPHS) -> str:
        """Return the text under a key, empty when there is none; what cannot be kept is taken out and noted."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, bool | dict | list):
            self.refuse(key, value, "this should be a text")
            return ""
        plain = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
        return self._fitting(key, plain.strip(), limit)

    def amount(self, key: str) -> Decimal | None:
        """Return the number under a key, None when there is none that a sum of money could be."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            value = self._written_out(key, value)
            if value is None:
                return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(key, value, "this should be a number")
            return None
        if not 0 <= value <= LARGEST_AMOUNT:
            self.note(key, value, "this cannot be a sum of money, and was left out")
            return None
        return Decimal(value)

    def day(self, key: str) -> date | None:
        """Return the civil day in London of the date and time under a key."""
        text = self.line(key)
        if not text:
            return None
        if text[:4] in NO_YEARS:
            self.note(key, text, "this stands where no date is known, and was left out")
            return None
        try:
            return civil_day(text)
        except (ValueError, OverflowError):
            self.refuse(key, text, "this is not a date; write it as 2023-04-01 or 2023-04-01T00:00:00Z")
            return None

    def _written_out(self, key: str, text: str) -> Decimal | None:
        """Return the number that a text is, with or without what sets thousands apart; None, noted, for any other."""
        if NUMBER.fullmatch(text.strip()):
            return Decimal(text.strip().replace(",", ""))
        if text.strip():
            self.note(key, text, "this is a text that is no number, and was left out")
        return None

    def refuse(self, key: str, value: object, reason: str) -> None:
        """Name something that refuses the file."""
        self.findings.add_problem(self._problem(key, value, reason))

    def note(self, key: str, value: object, reason: str) -> None:
        """Name something that was borne."""
        self.findings.add_note(self._problem(key, value, reason))

    def _problem(self, key: str, value: object, reason: str) -> Problem:
        shown = str(value) if isinstance(value, str | int | Decimal) else ""
        return Problem(self.findings.sheet, self.row, self.path + key, CONTROL.sub("?", shown), reason)

    def _under(self, key: str, value: object) -> "Branch":
        values = value if isinstance(value, dict) else {}
        return Branch(self.findings, self.row, f"{self.path}{key}/", values)

    def _fitting(self, key: str, text: str, limit: int) -> str:
        if CONTROL.search(text):
            self.note(key, text, "this has control characters, which were taken out")
            text = CONTROL.sub(" ", text).strip()
        if len(text) > limit:
            self.note(key, text, f"this has {len(text):,} characters, and was cut to {limit:,}")
            text = text[: limit - 1].rstrip() + "…"
        return text


def civil_day(text: str) -> date:
    """Return the day that a date or a date and time means to people in London.

    An end of 23:59:59 means the day as written, whichever zone the portal put behind it; other instants are taken to
    London, since midnight there in summer is written as 23:00 of the day before in UTC.

    >>> civil_day("2025-07-31T23:59:59Z").isoformat(), civil_day("2025-06-30T23:00:00Z").isoformat()
    ('2025-07-31', '2025-07-01')
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or instant.time() >= END_OF_DAY:
        return instant.date()
    return instant.astimezone(LONDON).date()
