"""How a step of an import is run: at once when the file is small, in a process of its own when it is not.

The process is begun by the request and outlives it; how far it is stands beside the file, where every worker finds it.
Run as `python -m register.web.imports_running TOKEN PERSON STEP`.
"""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from flask import Flask, current_app

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.database.models import Submission
from register.exchange.bringing.batch_lookups import batch_of
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.staging import Staged, stage, staged_of
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import ImportKind, Reading
from register.exchange.reading.uploads import Upload
from register.exchange.steps import check_staged, keep_staged, read_staged, refused, teller_of
from register.history.checkpointing import checkpoint_if_due
from register.opening import open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment

AT_ONCE = 300
"""Rows that are worked on within the request: a second or so."""
UNDONE_AT_ONCE = 2_000
"""Entries of the history that are undone within the request."""
CHECK, KEEP, UNDO = "check", "keep", "undo"
FAILED = "Something failed, and nothing was kept. Try again; if it fails again, show the file to your administrator."


def start(staged: Staged, person: Person, step: str) -> None:
    """Begin a step, unless one is under way; a small file is done when this returns, and the edge commits it."""
    if not staged.begin():
        return
    try:
        kind, reading = read_staged(staged)
        if len(reading) <= AT_ONCE:
            _do(staged, person, step, kind, reading)
            staged.rest()
        else:
            _start_process(staged, person, step)
    except Refusal as refusal:
        db.session.rollback()
        refused(staged, refusal, step)
    except BaseException:
        staged.end({"step": step, "refusal": FAILED})
        raise


def start_undoing(batch: ImportBatch, person: Person) -> bool:
    """Begin to undo a batch; return whether that is done already. Raise Refusal when a small one cannot be undone."""
    if batch.last_entry - batch.first_entry < UNDONE_AT_ONCE:
        undo_batch(person.actor, batch, person)
        return True
    if (under_way := undoing(batch, person)) is None or not under_way.is_running():
        folder = folder_of_files()
        staged = stage(folder, person.id, UNDO, Upload(str(batch.id), b""), token_of(batch))
        if staged.begin():
            _start_process(staged, person, UNDO)
    return False


def undoing(batch: ImportBatch, person: Person) -> Staged | None:
    """Return what says how far the undoing of a batch is, None when none was begun by a process of its own."""
    return staged_of(folder_of_files(), person.id, token_of(batch))


def token_of(batch: ImportBatch) -> str:
    """Return the token under which the undoing of a batch is staged.

    >>> token_of(ImportBatch(id=7))
    'undo-import-000000000007'
    """
    return f"undo-import-{batch.id:012}"


def folder_of_files() -> Path:
    """Return the folder of the files that wait."""
    settings: Settings = current_app.config["REGISTER"]
    return settings.staging_folder


def _do_staged(staged: Staged, person: Person, step: str) -> None:
    """Do a step from what is staged alone, as a process of its own has to."""
    if step != UNDO:
        _do(staged, person, step, *read_staged(staged))
        return
    batch = batch_of(person, int(staged.name))
    if batch is not None:
        undo_batch(person.actor, batch, person, teller_of(staged))


def _do(staged: Staged, person: Person, step: str, kind: ImportKind, reading: Reading) -> None:
    if step == CHECK:
        check_staged(staged, person, kind, reading)
        return
    batch = keep_staged(staged, person, kind, reading)
    location = f"/import/batches/{batch.id}" if batch else "/import"
    db.session.add(Submission(key=key_of(staged), location=location, submitted_at=now()))
    db.session.flush()


def key_of(staged: Staged) -> str:
    """Return the key under which it is remembered where the import of a file led: it is imported once."""
    return f"import-{staged.token}"


def _start_process(staged: Staged, person: Person, step: str) -> None:
    settings: Settings = current_app.config["REGISTER"]
    command = [sys.executable, "-m", "register.web.imports_running", staged.token, str(person.id), step]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        env={**os.environ, **settings.as_environment()},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    staged.hand_over(process.pid)
    # Somebody has to ask for its end, or it would be taken for alive for ever.
    Thread(target=process.wait, daemon=True).start()


def work(app: Flask, token: str, person_id: int, step: str) -> None:
    """Do one step of a staged file, keep it where it is to be kept, and leave word of how it ended."""
    settings: Settings = app.config["REGISTER"]
    staged = staged_of(settings.staging_folder, person_id, token)
    person = db.session.get(Person, person_id)
    if staged is None or person is None or not person.is_active:
        return
    try:
        _do_staged(staged, person, step)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        refused(staged, refusal, step)
    except BaseException:
        db.session.rollback()
        staged.end({"step": step, "refusal": FAILED})
        raise
    else:
        if step != CHECK:
            staged.discard()
        checkpoint_if_due(settings)


def main() -> None:
    """Run a step as the process of its own."""
    _, token, person_id, step = sys.argv
    app = open_register(from_environment())
    with app.app_context():
        work(app, token, int(person_id), step)


if __name__ == "__main__":
    main()
