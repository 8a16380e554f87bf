"""Bringing in files: the kinds there are, the file, what was read of it, a dry run, and the import itself."""

from typing import NoReturn

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.utils import secure_filename

from register.database import db
from register.database.models import Submission
from register.exchange.bringing.batch_lookups import batches_of
from register.exchange.bringing.refused_rows import refused_rows
from register.exchange.bringing.staging import Staged, stage, staged_of
from register.exchange.bringing.standing_lookups import standing_outcome
from register.exchange.imports import IMPORT_BY_KEY, IMPORTS, ImportKind
from register.exchange.reading.findings import Problem
from register.exchange.reading.uploads import LARGEST, MEGABYTE, Upload
from register.partnerships.models import Member
from register.refusals import Refusal
from register.web.forms import Form
from register.web.imports_forms import UploadForm
from register.web.imports_groups import GROUPS, SHEETS_ALONE
from register.web.imports_outcome import outcome_shown
from register.web.imports_reading import Preview, choose, offered, preview_of
from register.web.imports_running import CHECK, KEEP, folder_of_files, key_of, start
from register.web.security import allow, me

blueprint = Blueprint("imports", __name__, url_prefix="/import")

IMPORT = "register:import"
NAME = 120
"""Characters of a file's name that are kept, its ending among them."""


@blueprint.before_request
def _require_a_part() -> ResponseReturnValue | None:
    """Let in those who look after some partnership, as the table of permissions says of importing."""
    part = select(Member.id).where(Member.person_id == me().id, Member.ended_at.is_(None), Member.part != "named")
    if me().role == "officer" and db.session.scalar(part.limit(1)) is None:
        return render_template("imports/not_yet.html"), 403
    return None


@blueprint.get("")
@allow(IMPORT)
def index() -> ResponseReturnValue:
    """List what can be brought in, and what one has brought in."""
    names = {kind.key: kind.name for kind in IMPORTS}
    return render_template(
        "imports/index.html", groups=GROUPS, alone=SHEETS_ALONE, batches=batches_of(me()), names=names
    )


@blueprint.route("/<kind_key>", methods=["GET", "POST"])
@allow(IMPORT)
def new(kind_key: str) -> ResponseReturnValue:
    """Say what a kind of import is for, and take a file."""
    kind = _kind_or_404(kind_key)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            staged = stage(folder_of_files(), me().id, kind.key, _sent(kind, form))
        except Refusal as refusal:
            form.show(refusal)
        else:
            return redirect(url_for("imports.reading", token=staged.token))
    shown = render_template("imports/new.html", form=form, kind=kind, megabytes=LARGEST // MEGABYTE)
    return shown, 422 if form.is_submitted() else 200


def _kind_or_404(key: str) -> ImportKind:
    return IMPORT_BY_KEY.get(key) or abort(404)


def _sent(kind: ImportKind, form: UploadForm) -> Upload:
    """Return the file that was sent, once it can be read at all as the kind; raise Refusal for the field."""
    sent = form.file.data
    name = (sent.filename or "").replace("\\", "/").rpartition("/")[2] if sent else ""
    if not sent or not name:
        raise Refusal("Choose the file to bring in.", "file")
    upload = Upload("".join(filter(str.isprintable, name))[-NAME:] or "file", sent.read())
    try:
        preview_of(kind, upload)
    except Refusal as refusal:
        raise Refusal(refusal.message, "file") from refusal
    return upload


def _staged_or_404(token: str) -> Staged:
    return staged_of(folder_of_files(), me().id, token) or _gone()


def _gone() -> NoReturn:
    abort(404, "This file waits no more: it was imported, thrown away, or waited for longer than a day.")


@blueprint.route("/files/<token>", methods=["GET", "POST"])
@allow(IMPORT)
def reading(token: str) -> ResponseReturnValue:
    """Show what was read, let every choice be changed, and begin the dry run."""
    staged = _staged_or_404(token)
    kind = IMPORT_BY_KEY[staged.kind]
    form, preview = offered(staged, kind, me())
    if form.validate_on_submit():
        try:
            choose(staged, kind, form)
            if request.form.get("step") != CHECK:
                return redirect(url_for("imports.reading", token=token))
            start(staged, me(), CHECK)
        except Refusal as refusal:
            form.show(refusal)
        else:
            return redirect(url_for("imports.outcome", token=token))
    return _show_reading(staged, kind, form, preview)


def _show_reading(staged: Staged, kind: ImportKind, form: Form, preview: Preview) -> ResponseReturnValue:
    shown = render_template("imports/reading.html", staged=staged, kind=kind, form=form, preview=preview)
    return shown, 422 if form.is_submitted() else 200


@blueprint.get("/files/<token>/outcome")
@allow(IMPORT)
def outcome(token: str) -> ResponseReturnValue:
    """Show what the dry run found, or how far the work is; lead to what an import made."""
    staged = staged_of(folder_of_files(), me().id, token)
    made = db.session.get(Submission, f"import-{token}")
    if made is not None:
        if staged:
            staged.discard()
        return redirect(made.location)
    if staged is None:
        _gone()
    kind = IMPORT_BY_KEY[staged.kind]
    if staged.is_running():
        done, total = staged.progress()
        way = [(kind.name, url_for("imports.new", kind_key=kind.key)), ("Working", None)]
        return render_template("imports/progress.html", name=staged.name, way=way, done=done, total=total)
    found = outcome_shown(staged)
    if found is None:
        return redirect(url_for("imports.reading", token=token))
    return render_template("imports/outcome.html", staged=staged, kind=kind, found=found, form=Form())


@blueprint.post("/files/<token>/keep")
@allow(IMPORT)
def keep(token: str) -> ResponseReturnValue:
    """Import a file whose dry run was seen."""
    staged = _staged_or_404(token)
    found = outcome_shown(staged)
    if db.session.get(Submission, key_of(staged)) is None and found and found.can_be_kept:
        start(staged, me(), KEEP)
        made = db.session.get(Submission, key_of(staged))
        if made is not None and made.location == url_for("imports.index"):
            flash("Nothing had to be changed.", "success")
    return redirect(url_for("imports.outcome", token=token))


@blueprint.post("/files/<token>/discard")
@allow(IMPORT)
def discard(token: str) -> ResponseReturnValue:
    """Throw a file away that waits."""
    staged = _staged_or_404(token)
    if not staged.is_running():
        staged.discard()
        flash(f"{staged.name} was thrown away. Nothing of it was imported.", "success")
    return redirect(url_for("imports.index"))


@blueprint.get("/files/<token>/refused.csv")
@allow(IMPORT)
def refused(token: str) -> ResponseReturnValue:
    """Send the rows that were refused, with the reasons, to mend and bring again."""
    staged = _staged_or_404(token)
    kind = IMPORT_BY_KEY[staged.kind]
    told = standing_outcome(staged) or {}
    problems = [Problem(**one) for one in told.get("problems", ())]
    if not problems:
        abort(404)
    upload = staged.upload()
    content = refused_rows(upload, staged.choices(), problems, is_table=kind.reads_table(upload))
    name = secure_filename(staged.name.rpartition(".")[0]) or "file"
    headers = {"Content-Disposition": f'attachment; filename="{name}-refused.csv"'}
    return Response("\ufeff" + content, mimetype="text/csv", headers=headers)
