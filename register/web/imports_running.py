"""How a step of an import is run: at once when the file is small, in a process of its own when it is not.

The process is begun by the request and outlives it; how far it is stands beside the file, where every worker finds it.
Run as `python -m register.web.imports_running TOKEN PERSON STEP`.
"""

import os
import subprocess
import sys
from threading import Thread

from flask import Flask, current_app

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.database.models import Submission
from register.exchange.imports import ImportKind, Reading
from register.exchange.staging import Staged, staged_of
from register.exchange.steps import check_staged, keep_staged, read_staged, refused
from register.history.checkpointing import checkpoint_if_due
from register.opening import open_register
from register.refusals import Refusal
from register.settings import Settings, from_environment

AT_ONCE = 300
"""Rows that are worked on within the request: a second or so."""
CHECK, KEEP = "check", "keep"
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
        _do(staged, person, step, *read_staged(staged))
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        refused(staged, refusal, step)
    except BaseException:
        db.session.rollback()
        staged.end({"step": step, "refusal": FAILED})
        raise
    if step == KEEP:
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
