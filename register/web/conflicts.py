"""Two people edited one record: the second sees what they typed, what stands now, and what they both started from."""

from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from register.history.values import values_at_version
from register.web.forms import EditForm


class Difference(NamedTuple):
    """One field on which the two edits differ."""

    label: str
    mine: str
    theirs: str
    original: str


def conflict(form: EditForm, row: object, back: str) -> ResponseReturnValue:
    """Answer 409 with the fields that differ; the form below holds what was typed, ready to be sent on top of theirs."""
    entity = type(row).__tablename__  # type: ignore[attr-defined]  # every row has one
    opened = int(form.version.data) if str(form.version.data).isdigit() else 0
    original = values_at_version(entity, row.id, opened)  # type: ignore[attr-defined]  # every row has an id
    differences = [
        Difference(field.label.text, _said(field.data), _said(getattr(row, field.name)), _said(original.get(field.name)))
        for field in form
        if field.name in original and _said(field.data) != _said(getattr(row, field.name))
    ]
    form.version.data = str(row.version)  # type: ignore[attr-defined]  # only rows with a version come here
    form.version.raw_data = None
    return render_template("errors/conflict.html", form=form, differences=differences, back=back), 409


def _said(value: object) -> str:
    if value is None or value == "":
        return "empty"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
