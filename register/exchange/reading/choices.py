"""What a person decides about a file they bring: how it is read, and what is done with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

MODES = (
    ("both", "add what is new and bring the rest up to date"),
    ("create", "add what is new and leave alone what is there"),
    ("update", "bring what is there up to date and add nothing"),
)

DAYS = (("day-first", "03/04/2024 is 3 April"), ("month-first", "03/04/2024 is 4 March"))
"""How days in numbers may be written, where a column does not show it."""
NUMBERS = (("ours", "those of this register"), ("theirs", "those of another register"))
"""Whose the numbers in our own sheets may be."""
MONTH_FIRST = "month-first"


@dataclass(frozen=True)
class Choices:
    """Every choice about an import; one that is not made is left to the file."""

    encoding: str | None = None
    """A name that Python knows, such as `cp1252`."""
    delimiter: str | None = None
    sheet: str | None = None
    """The sheet of a workbook; None is the first that is no hidden one."""
    header_row: int | None = None
    """As a spreadsheet counts; None is the first row with anything in it."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Titles of the file by the import's columns; an empty title says that the file has no such column."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What a column says in every row alike, by the import's columns: the file's own such column is not read."""
    days: str | None = None
    """Of `DAYS`: how a day in numbers is meant that could be read in two ways."""
    numbers: str | None = None
    """Of `NUMBERS`: whose the numbers of our own sheets are; None is ours, but in a register that has nothing yet."""
    since: date | None = None
    until: date | None = None
    """The window of dates for what repeats."""
    partnership_id: int | None = None
    leads: tuple[int, ...] = ()
    """People who look after new partnerships."""
    mode: str = "both"
    row_by_row: bool = False
    """Keep the rows that can be kept although others are refused."""

    @property
    def creates(self) -> bool:
        """Whether new records are added."""
        return self.mode != "update"

    @property
    def updates(self) -> bool:
        """Whether records that are there are changed."""
        return self.mode != "create"


AS_IT_IS = Choices()
"""Nothing chosen: the file says it all."""


def plain_choices(choices: Choices) -> dict[str, Any]:
    """Return the choices that were made, as plain values."""
    told = {**asdict(choices), "columns": dict(choices.columns), "values": dict(choices.values)}
    told |= {key: day.isoformat() for key in ("since", "until") if (day := getattr(choices, key))}
    return {key: value for key, value in told.items() if value != getattr(AS_IT_IS, key)}
