"""The forms of an import: the file, and every choice about how it is read and what is done with it."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from register.exchange.imports import ImportKind
from register.exchange.reading.choices import MODES, Choices
from register.exchange.reading.columns import Column, guessed
from register.exchange.reading.grids import DELIMITERS, Grid
from register.exchange.reading.uploads import ENCODINGS
from register.web.forms import DayField, Form

BY_ITSELF = "As the file says"
NOT_THERE = "–"
"""What stands for a column that the file does not have; no title is a dash alone."""
HIGHEST_HEADER = 1_000


class UploadForm(Form):
    """A file."""

    file = FileField("The file")


class ReadingForm(Form):
    """How a file is read, which column is which, and what is done with its rows."""

    encoding = SelectField(
        "How its letters are written",
        choices=[SelectChoice("", BY_ITSELF), *(SelectChoice(key, said) for key, said in ENCODINGS)],
        default="",
    )
    delimiter = SelectField(
        "What stands between cells",
        choices=[SelectChoice("", BY_ITSELF), *(SelectChoice(said, said.capitalize()) for said in DELIMITERS.values())],
        default="",
    )
    sheet = SelectField("Sheet", validate_choice=False, default="")
    header_row = IntegerField(
        "Row with the titles",
        [Optional(), NumberRange(1, HIGHEST_HEADER, f"Enter a row from 1 to {HIGHEST_HEADER:,}.")],
    )
    mode = RadioField(
        "What should it do?",
        choices=[SelectChoice(key, said.capitalize()) for key, said in MODES],
        default="both",
    )
    row_by_row = RadioField(
        "What if some rows are refused?",
        choices=[
            SelectChoice("", "Then nothing is imported: all of it or nothing"),
            SelectChoice("y", "Import the others, row by row"),
        ],
        default="",
    )
    partnership_id = SelectField("Partnership", coerce=int, default=0, validate_choice=False)
    since = DayField("From (optional)")
    until = DayField("Until (optional)")


def mapping_form(kind: ImportKind, titles: Sequence[str], chosen: dict[str, str]) -> type[ReadingForm]:
    """Return the form of a table, with a field for each column of the import that offers the titles of the file."""
    proposed = guessed(kind.columns, titles, chosen)
    offered = [SelectChoice(title, title) for title in titles if title]
    fields: dict[str, Any] = {
        field_of(column): SelectField(
            column.title,
            description=column.about,
            choices=[SelectChoice(NOT_THERE, "– not in this file –"), *offered],
            default=proposed.get(column.key, NOT_THERE),
            validate_choice=False,
        )
        for column in kind.columns
    }
    return type("MappingForm", (ReadingForm,), fields)


def field_of(column: Column) -> str:
    """Return the name of a column's field."""
    return f"column-{column.key}"


def shown_choices(form: ReadingForm, choices: Choices) -> None:
    """Fill a form with what was chosen so far."""
    form.encoding.data = choices.encoding or ""
    form.delimiter.data = DELIMITERS.get(choices.delimiter or "", "")
    form.sheet.data = choices.sheet or ""
    form.header_row.data = choices.header_row
    form.mode.data = choices.mode
    form.row_by_row.data = "y" if choices.row_by_row else ""
    form.partnership_id.data = choices.partnership_id or 0
    form.since.data, form.until.data = choices.since, choices.until


def chosen_by(form: ReadingForm, kind: ImportKind, grid: Grid | None) -> Choices:
    """Return the choices that a form makes; columns only where they were offered for the sheet and header it names."""
    delimiter = next((sign for sign, said in DELIMITERS.items() if said == form.delimiter.data), None)
    return Choices(
        encoding=form.encoding.data or None,
        delimiter=delimiter,
        sheet=form.sheet.data or None,
        header_row=form.header_row.data,
        columns=_columns(form, kind, grid) if grid else {},
        since=form.since.data,
        until=form.until.data,
        partnership_id=form.partnership_id.data or None,
        mode=form.mode.data,
        row_by_row=bool(form.row_by_row.data),
    )


def _columns(form: ReadingForm, kind: ImportKind, grid: Grid) -> dict[str, str]:
    """Return the titles that were chosen; what was not sent, or is none of the file's, is left to the file."""
    sent = {column.key: form[field_of(column)].data for column in kind.columns if field_of(column) in form}
    return {
        key: "" if title == NOT_THERE else title
        for key, title in sent.items()
        if title == NOT_THERE or title in grid.titles
    }
