"""Two people edited one record: the second sees what they typed, what stands now, and what they both started from."""

import re
from datetime import date
from typing import NamedTuple, Protocol

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from register.history.values import Values, values_at_version
from register.web.forms import EditForm

VERSION = re.compile("[0-9]{1,9}")


class Versioned(Protocol):
    """A row that counts its versions."""

    __tablename__: str
    id: int
    version: int


class Difference(NamedTuple):
    """One field on which the two edits differ."""

    label: str
    mine: str
    theirs: str
    original: str


def conflict(form: EditForm, row: object, back: str) -> ResponseReturnValue:
    """Answer 409 with the fields that differ; the page's form holds what was typed, ready to be saved over theirs."""
    stored: Versioned = row  # type: ignore[assignment]  # every row that is edited has these
    opened = int(form.version.data) if VERSION.fullmatch(form.version.data or "") else 0
    original = values_at_version(stored.__tablename__, stored.id, opened)
    told = [field for field in form if field.name in original and field.name != "version"]
    differences = [_difference(field, stored, original) for field in told]
    return render_template(
        "errors/conflict.html",
        form=form,
        back=back,
        typed=_typed(stored.version),
        differences=[difference for difference in differences if difference.mine != difference.theirs],
    ), 409


def _difference(field: Field, row: Versioned, original: Values) -> Difference:
    choices = dict(_choices(field))
    mine, theirs, first = (
        choices.get(_said(value), _said(value))
        for value in (field.data, getattr(row, field.name), original[field.name])
    )
    return Difference(field.label.text, mine, theirs, first)


def _choices(field: Field) -> list[tuple[str, str]]:
    if not hasattr(field, "iter_choices"):
        return []
    return [(str(choice.value), str(choice.label)) for choice in field.iter_choices() if choice.value]


def _typed(version: int) -> list[tuple[str, str]]:
    """Return what was sent, as pairs for hidden inputs, now on top of the version that stands."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "version")]
    return [*sent, ("version", str(version))]


def _said(value: object) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
