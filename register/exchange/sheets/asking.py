"""Our own sheets as the page of columns and the command line ask for them."""

from functools import partial

from register.exchange.reading.columns import Column as Asked
from register.exchange.reading.columns import column_key
from register.exchange.sheets.cell_values import UnreadableError, value_of
from register.exchange.sheets.columns import DAY, FLAG, FORMS, ID, IDENTIFIERS, WORD, WORDS, Column, Sheet

WORDS_SHOWN = 6
"""Of the words that a column takes, how many are named beside it; the guidance has all."""


def asked_columns(sheet: Sheet) -> tuple[Asked, ...]:
    """Return the columns of a sheet as an import asks for them."""
    return tuple(
        Asked(
            column_key(column.title),
            _about(column),
            is_needed=column.is_needed and column.kind != ID,
            also=column.also,
            is_day=column.kind == DAY,
            tells_apart=column.kind == IDENTIFIERS or (column.key == "id" and column.kind == ID),
            words=_words(column),
            unread=partial(_unread, column),
        )
        for column in sheet.columns
        if not column.is_told
    )


def _unread(column: Column, text: str) -> str:
    """Return why a cell cannot be read, as a clause that says what to do; empty when it can."""
    try:
        value_of(column, text)
    except UnreadableError as error:
        return str(error)
    return ""


def _words(column: Column) -> tuple[str, ...]:
    return ("yes", "no") if column.kind == FLAG else tuple(w.name for w in column.words) if column.kind == WORD else ()


def _about(column: Column) -> str:
    """Return what stands in a column's cells, with the words that are taken there and whether a new row needs it."""
    form = FORMS[column.kind]
    if column.words:
        shown = "; ".join(word.name for word in column.words[:WORDS_SHOWN])
        others = len(column.words) - WORDS_SHOWN
        shown += f"; and {others} others" if others > 0 else ""
        form = f"{'some' if column.kind == WORDS else 'one'} of {shown}"
    needed = "A new row needs it." if column.is_needed else ""
    return " ".join(part for part in (f"{form[0].upper()}{form[1:]}.", column.help, needed) if part)
