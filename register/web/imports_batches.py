"""What was brought in: the page of a batch, and undoing it."""

import json
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from register.database import db
from register.exchange.bringing.batch_lookups import batch_of
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.outcomes import NOUNS
from register.exchange.bringing.standing_lookups import standing_outcome
from register.exchange.imports import IMPORT_BY_KEY
from register.exchange.reading.choices import DAYS, NUMBERS
from register.exchange.reading.decoding import NAME_OF_ENCODING
from register.exchange.reading.grids import DELIMITERS
from register.refusals import Refusal
from register.web.forms import EditForm
from register.web.imports import IMPORT, blueprint
from register.web.imports_outcome import COUNTS, INTERRUPTED
from register.web.imports_running import start_undoing, undoing
from register.web.security import allow, me

__all__ = ["blueprint"]  # with the views of this file beside those of `imports`


def _batch_or_404(batch_id: int) -> ImportBatch:
    return batch_of(me(), batch_id) or abort(404)


@blueprint.get("/batches/<int:batch_id>")
@allow(IMPORT)
def batch(batch_id: int) -> ResponseReturnValue:
    """Show what one import did: from which file, how it was read, what became of its records."""
    found = _batch_or_404(batch_id)
    kind = IMPORT_BY_KEY.get(found.kind)
    return render_template(
        "imports/batch.html",
        batch=found,
        kind_name=kind.name if kind else found.kind,
        rows=_counts(found),
        facts=_facts(found),
        columns=_columns(json.loads(found.choices)),
    )


def _columns(choices: dict[str, Any]) -> dict[str, str]:
    """Return where each column was found, in words: its title in the file, or what it said in every row."""
    values = {key: f"“{value}” in every row" for key, value in choices.get("values", {}).items()}
    return {key: title or "not in this file" for key, title in choices.get("columns", {}).items()} | values


def _counts(found: ImportBatch) -> list[tuple[str, list[int]]]:
    counts = json.loads(found.counts)
    rows = [(noun.capitalize(), [counts[noun][name] for name in COUNTS]) for noun in NOUNS if noun in counts]
    return [(noun, numbers) for noun, numbers in rows if any(numbers)]


def _facts(found: ImportBatch) -> list[tuple[str, str]]:
    """Return how the file was read and kept, as far as somebody chose it."""
    choices = json.loads(found.choices)
    told = [
        ("Letters", NAME_OF_ENCODING.get(choices.get("encoding"), "")),
        ("Between cells", DELIMITERS.get(choices.get("delimiter"), "")),
        ("Sheet", choices.get("sheet", "")),
        ("Days", dict(DAYS).get(choices.get("days"), "")),
        ("Numbers of records", dict(NUMBERS).get(choices.get("numbers"), "")),
        ("Titles in row", str(choices.get("header_row", ""))),
        ("From", choices.get("since", "")),
        ("Until", choices.get("until", "")),
        ("Mode", {"create": "added only", "update": "updated only"}.get(choices.get("mode"), "added and updated")),
        ("Rows refused", "the others were kept, row by row" if choices.get("row_by_row") else "none: all or nothing"),
    ]
    return [(label, value) for label, value in told if value]


@blueprint.route("/batches/<int:batch_id>/undo", methods=["GET", "POST"])
@allow(IMPORT)
def undo(batch_id: int) -> ResponseReturnValue:
    """Ask, then take an import back."""
    found = _batch_or_404(batch_id)
    form = EditForm(version=found.version)
    here = url_for("imports.batch", batch_id=batch_id)
    obstacles: list[str] = []
    if found.is_undone:
        return redirect(here)
    if form.validate_on_submit():
        try:
            if start_undoing(found, me()):
                flash("The import was undone. What it made is ended; what it changed is as it was before.", "success")
                return redirect(here)
            return redirect(url_for("imports.undo_progress", batch_id=batch_id))
        except Refusal as refusal:
            db.session.rollback()
            obstacles = _show(form, refusal.message)
    return _ask(form, found, obstacles)


def _show(form: EditForm, message: str) -> list[str]:
    """Put the first line of a refusal on a form, and return the others: what stands in the way."""
    sentence, *obstacles = message.split("\n")
    form.show(Refusal(sentence))
    return obstacles


@blueprint.get("/batches/<int:batch_id>/undoing")
@allow(IMPORT)
def undo_progress(batch_id: int) -> ResponseReturnValue:
    """Show how far the undoing of a large import is, or why it came to nothing."""
    found = _batch_or_404(batch_id)
    staged = undoing(found, me())
    if staged is None or found.is_undone:
        return redirect(url_for("imports.batch", batch_id=batch_id))
    if staged.is_running():
        way = [(found.file_name, url_for("imports.batch", batch_id=batch_id)), ("Working", None)]
        done, total = staged.progress()
        return render_template("imports/progress.html", name=found.file_name, way=way, done=done, total=total)
    told = standing_outcome(staged) or {"refusal": INTERRUPTED}
    form = EditForm(version=found.version)
    form.form_errors = []
    return _ask(form, found, _show(form, told["refusal"]))


def _ask(form: EditForm, found: ImportBatch, obstacles: list[str]) -> ResponseReturnValue:
    page = render_template("imports/undo.html", form=form, batch=found, obstacles=obstacles, rows=_counts(found))
    return page, 422 if form.is_submitted() else 200


