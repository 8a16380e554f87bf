"""What a column of our own sheets is: its title, what stands in its cells, and what to tell whoever fills them."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from register.exchange.reading.columns import column_key
from register.partnerships.kinds import Kind

TEXT, PARAGRAPHS, DAY, PENCE, NUMBER, WORD, WORDS, FLAG, LIST, IDENTIFIERS, ID, NAME, NAMES = KINDS = (
    "text", "paragraphs", "day", "pence", "number", "word", "words", "flag", "list", "identifiers", "id", "name",
    "names",
)  # fmt: skip
"""What cells hold. `id`: our number, or in a new row any key of the file's own; `name`: the name of another record,
beside the column of its id; `names`: several records, each as `#12 Name`."""

FORMS: Mapping[str, str] = {
    TEXT: "text",
    PARAGRAPHS: "text, of several lines where needed",
    DAY: "a day, such as 2026-04-01",
    PENCE: "pounds, such as 4200000.00",
    NUMBER: "a whole number",
    WORD: "one of the column’s words",
    WORDS: "some of the column’s words, with ; between them",
    FLAG: "yes or no",
    LIST: "texts with ; between them",
    IDENTIFIERS: "scheme and number, such as GB-COH 01234567, with ; between several",
    ID: "our number; in a new row empty, or a key of your own such as new-1",
    NAME: "a name, needed only where the number is empty",
    NAMES: "records such as #12, or their exact names, with ; between them",
}
"""The form of each sort of cell, in words."""


class Column(NamedTuple):
    """One column of a sheet."""

    key: str
    """What the code calls it."""
    title: str
    kind: str = TEXT
    help: str = ""
    words: tuple[Kind, ...] = ()
    is_needed: bool = False
    """Whether a new row has to have it."""
    is_told: bool = False
    """Whether it is written for readers only: what stands there is not read back."""
    of: str = ""
    """The sheet that an id, a name or names refer to."""
    also: tuple[str, ...] = ()
    """Other titles by which people's own lists call it, in the form of `column_key`."""


class Sheet:
    """One sheet: a table of its own in a workbook, a file of its own as CSV."""

    def __init__(self, key: str, about: str, columns: tuple[Column, ...]) -> None:
        self.key, self.about, self.columns = key, about, columns

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by what the code calls them."""
        return {column.key: column for column in self.columns}

    @cached_property
    def by_title(self) -> dict[str, Column]:
        """The columns by their titles, in the form in which titles are compared."""
        return {column_key(column.title): column for column in self.columns}
