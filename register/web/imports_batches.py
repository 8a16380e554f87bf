"""What was brought in: the page of a batch, and undoing it."""

import json

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from register.database import db
from register.exchange.batch_lookups import batch_of
from register.exchange.batch_models import ImportBatch
from register.exchange.grids import DELIMITERS
from register.exchange.imports import IMPORT_BY_KEY
from register.exchange.outcomes import NOUNS
from register.exchange.reading import NAME_OF_ENCODING
from register.exchange.undo_changes import undo_batch
from register.refusals import Refusal
from register.web.forms import EditForm
from register.web.imports import IMPORT, blueprint
from register.web.imports_outcome import COUNTS
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
        columns=json.loads(found.choices).get("columns", {}),
    )


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
            undo_batch(me().actor, found, me())
        except Refusal as refusal:
            db.session.rollback()
            sentence, *obstacles = refusal.message.split("\n")
            form.show(Refusal(sentence))
        else:
            flash("The import was undone. What it made is ended; what it changed is as it was before.", "success")
            return redirect(here)
    page = render_template("imports/undo.html", form=form, batch=found, obstacles=obstacles, rows=_counts(found))
    return page, 422 if form.is_submitted() else 200


