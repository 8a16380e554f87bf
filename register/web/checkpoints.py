"""What an auditor takes away to keep elsewhere: the newest checkpoint, the public key, and the verifier."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from register.history import verifier
from register.history.checkpoint_store import Store, store_of
from register.history.checkpointing import last_checkpoint
from register.history.checkpoints import agrees
from register.history.models import HistoryHead
from register.history.notes import Checkpoint, checkpoint_in
from register.history.posting import Posted, is_set_up, last_posted
from register.history.receipts import FEWEST_DIGITS, note_with, receipt_of, receipt_of_the_day
from register.web.security import allow

blueprint = Blueprint("checkpoints", __name__)


def store() -> Store:
    """Return where this register keeps its checkpoints."""
    return store_of(current_app.config["REGISTER"])


def footer_words(last: HistoryHead | None, *, may_verify: bool) -> str | None:
    """Return what the foot of a page says of the history: printed, it is a checkpoint kept outside.

    Everybody is shown the receipt of the day. Those who verify also see the beginning of the root that the last
    checkpoint signed, and of the last link; these move with every act in a restricted partnership.
    """
    receipt, signed = receipt_of_the_day(store()), last_checkpoint(store())
    said = [receipt.words] if receipt else []
    if may_verify and signed:
        said.append(f"Checkpoint {signed.size:,} · {_grouped(signed.root.hex())}")
    if may_verify and last is not None:
        said.append(f"History {last.size:,} · {_grouped(last.entry_hash)}")
    return " · ".join(said) or None


def newest() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return last_checkpoint(store())


def mail() -> tuple[bool, Posted | None]:
    """Return whether checkpoints go out by mail, and what became of the last."""
    settings = current_app.config["REGISTER"]
    return is_set_up(settings), last_posted(settings)


def _grouped(digits: str) -> str:
    return f"{digits[:4]} {digits[4:8]} {digits[8:12]}"


def _download(text: str, name: str) -> Response:
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route("/history/receipt")
@allow("history:verify")
def receipt() -> ResponseReturnValue:
    """Hand out the newest checkpoint as it was signed, to be kept elsewhere."""
    note, signed = store().last_note(), newest()
    if note is None or signed is None:
        abort(404)
    return _download(note.written(), f"checkpoint-{signed.size}.txt")


@blueprint.route("/history/receipts")
@allow("history:verify")
def look_up() -> ResponseReturnValue:
    """Find the checkpoint whose receipt stands at the foot of some page or paper, and say whether it still holds."""
    digits = request.args.get("digits", "").strip()
    note = note_with(store(), digits)
    found = checkpoint_in(note) if note else None
    return render_template(
        "history/receipts.html", digits=digits, found=found, receipt=receipt_of(note), fewest=FEWEST_DIGITS,
        holds=found is not None and agrees(found),
    )


@blueprint.route("/history/checkpoints")
@allow("history:verify")
def every() -> ResponseReturnValue:
    """Hand out every checkpoint."""
    return _download(store().notes(), "checkpoints.txt")


@blueprint.route("/history/key")
@allow("history:verify")
def key() -> ResponseReturnValue:
    """Hand out the first public key; the checkpoints lead from it to later ones."""
    if not store().public_key():
        abort(404)
    return _download(store().public_key() + "\n", "key.txt")


@blueprint.route("/history/verifier")
@allow("history:verify")
def program() -> ResponseReturnValue:
    """Hand out the verifier, a program of one file that needs nothing but Python."""
    return _download(Path(verifier.__file__).read_text(encoding="utf-8"), "verifier.py")
