"""The forms of an import: the file, and every choice about how it is read and what is done with it."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from register.exchange.imports import ImportKind
from register.exchange.reading.choices import MODES, NUMBERS, Choices
from register.exchange.reading.columns import Column, guessed
from register.exchange.reading.decoding import ENCODINGS
from register.exchange.reading.grids import DELIMITERS, Grid
from register.exchange.reading.values import unread_value
from register.refusals import Refusal
from register.web.forms import DayField, Form

DAY_WORDS = (("day-first", "3 April, with the day first"), ("month-first", "4 March, with the month first"))
BY_ITSELF = "As the file says"
NOT_THERE = "–"
"""What stands for a column that the file does not have; no title is a dash alone."""
ONE_VALUE = "–="
"""What stands for a column that says the same in every row."""
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
    days = SelectField(
        "What 03/04/2024 is",
        choices=[SelectChoice("", "As its column shows"), *(SelectChoice(key, said) for key, said in DAY_WORDS)],
        default="",
    )
    numbers = SelectField(
        "The numbers of records in it are",
        choices=[
            SelectChoice("", "Those of this register, unless it is empty"),
            *(SelectChoice(key, said.capitalize()) for key, said in NUMBERS),
        ],
        default="",
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


def mapping_form(kind: ImportKind, titles: Sequence[str], chosen: Choices) -> type[ReadingForm]:
    """Return the form for a file with these titles: a field for each column of a table, filled with a guess."""
    if not titles or not kind.columns:
        return ReadingForm
    proposed = guessed(kind.columns, titles, chosen.columns) | dict.fromkeys(chosen.values, ONE_VALUE)
    offered = [SelectChoice(title, title) for title in titles if title]
    fields: dict[str, Any] = {}
    for column in kind.columns:
        otherwise = [SelectChoice(NOT_THERE, "– not in this file –")]
        if not column.tells_apart:
            otherwise.append(SelectChoice(ONE_VALUE, "– the same in every row –"))
            fields[value_field_of(column)] = _value_field(column, chosen.values.get(column.key, ""))
        fields[field_of(column)] = SelectField(
            column.title,
            description=column.about,
            choices=[*otherwise, *offered],
            default=proposed.get(column.key, NOT_THERE),
            validate_choice=False,
        )
    return type("MappingForm", (ReadingForm,), fields)


def _value_field(column: Column, value: str) -> StringField | SelectField:
    """Return the field for what a column says in every row."""
    label = f"{column.title}, in every row"
    if column.words:
        words = [SelectChoice("", "Choose"), *(SelectChoice(word, word) for word in column.words)]
        return SelectField(label, choices=words, default=value, validate_choice=False)
    return StringField(label, default=value)


def value_field_of(column: Column) -> str:
    """Return the name of the field for what a column says in every row."""
    return f"value-{column.key}"


def field_of(column: Column) -> str:
    """Return the name of a column's field."""
    return f"column-{column.key}"


def shown_choices(form: ReadingForm, choices: Choices) -> None:
    """Fill a form with what was chosen so far."""
    form.encoding.data = choices.encoding or ""
    form.delimiter.data = DELIMITERS.get(choices.delimiter or "", "")
    form.sheet.data = choices.sheet or ""
    form.header_row.data = choices.header_row
    form.days.data = form.days.data if choices.days is None else choices.days
    form.numbers.data = choices.numbers or ""
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
        values=_values(form, kind) if grid else {},
        days=form.days.data or None,
        numbers=form.numbers.data or None,
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
        key: "" if title in (NOT_THERE, ONE_VALUE) else title
        for key, title in sent.items()
        if title in (NOT_THERE, ONE_VALUE) or title in grid.titles
    }


def _values(form: ReadingForm, kind: ImportKind) -> dict[str, str]:
    """Return what some columns say in every row; raise Refusal for the field of one that cannot."""
    found = {}
    for column in kind.columns:
        name = value_field_of(column)
        if name not in form or form[field_of(column)].data != ONE_VALUE:
            continue
        value = " ".join((form[name].data or "").split())
        if not value:
            raise Refusal(f"{column.title}: say what it is in every row.", name)
        if reason := unread_value(column, value):
            raise Refusal(f"{column.title}, “{value}”: {reason}.", name)
        found[column.key] = value
    return found
