"""How a verification is run: within the request where the history is short, in a process of its own where it is long.

What it found is kept for the person who asked, who may see figures that others may not. Run as
`python -m register.web.verifying PERSON`.
"""

import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import datetime
from threading import Thread
from typing import Any

from flask import current_app

from register.accounts.models import Person
from register.accounts.permissions import role_may
from register.clock import LONDON, clocks_now, now
from register.database import db
from register.database.engine import see_one_moment
from register.exchange.bringing.staging import FILE, Staged
from register.history.checkpoint_store import store_of
from register.history.comparison import Compared, compare
from register.history.lookups import head
from register.history.verification import verify
from register.opening import open_register
from register.partnerships.lookups import Relationship
from register.partnerships.visibility import visible_to
from register.reports.recomputation_lookups import recomputed, relationships_with_evidence
from register.settings import Settings, from_environment

AT_ONCE = 10_000
"""Entries that are verified within the request: a second or so."""
MOST_UNEQUAL = 50
"""Figures that are named where they are not equal; the count is of all."""
FAILED = "The verification failed before its end, and says nothing of the history. Try again."


def run_of(person: Person) -> Staged:
    """Return where a person's last verification is kept, and how far one under way is."""
    settings: Settings = current_app.config["REGISTER"]
    return Staged(settings.data / "verification" / str(person.id), person.id, "verification", "verification")


def start(person: Person, brought: str) -> None:
    """Begin to verify, unless that is under way; a short history is verified when this returns."""
    run, last = run_of(person), head()
    run.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not run.begin():
        return
    (run.folder / FILE).write_text(brought, encoding="utf-8")
    try:
        if (last.size if last else 0) <= AT_ONCE:
            run.end(found_by(person, run))
        else:
            _start_process(run, person)
    except BaseException:
        run.end({"refusal": FAILED})
        raise


def _start_process(run: Staged, person: Person) -> None:
    settings: Settings = current_app.config["REGISTER"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "register.web.verifying", str(person.id)],
        env={**os.environ, **settings.as_environment()}, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    run.hand_over(process.pid)
    # Somebody has to ask for its end, or it would be taken for alive for ever.
    Thread(target=process.wait, daemon=True).start()


def found_by(person: Person, run: Staged) -> dict[str, Any]:
    """Verify everything, and return what was found: of the history, of what others hold, and of figures."""
    began, done = time.monotonic(), 0
    store = store_of(current_app.config["REGISTER"])
    # Before the moment that is looked at: later ones would count entries that it does not have.
    own, brought = store.notes(), (run.folder / FILE).read_text(encoding="utf-8")
    (run.folder / FILE).unlink()
    see_one_moment(db.session)
    last = head()
    total = 2 * (last.size if last else 0)

    def step(more: int) -> None:
        nonlocal done
        done += more
        run.tell_progress(min(done, total), total)

    verdict = verify(step)
    return {
        **asdict(verdict), "found": verdict.found, "at": now().isoformat(),
        "own": _told(compare(store, own)), "brought": _told(compare(store, brought)),
        "figures": _figures(person), "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip


def _told(compared: list[Compared]) -> list[dict[str, Any]]:
    return [{"size": one.size, "at": _said(one.at), "outcome": one.outcome, "is_good": one.is_good} for one in compared]


def _said(at: str) -> str:
    """Return an instant for a reader; what is none, such as the words of a receipt, as it was given."""
    try:
        return f"{datetime.fromisoformat(at).astimezone(LONDON):%-d %B %Y, %H:%M}"
    except ValueError:
        return at


def _figures(person: Person) -> dict[str, Any] | None:
    """Work every figure out again that a person may see; None for one who sees none."""
    if not role_may(person.role, "desk:use"):
        return None
    redone = recomputed(relationships_with_evidence(visible_to(person)), clocks_now())
    unequal: list[Relationship] = [one.relationship for one in redone if not one.is_equal]
    return {"of": len(redone), "unequal": len(unequal), "named": [key._asdict() for key in unequal[:MOST_UNEQUAL]]}


def main() -> None:
    """Verify as the process of its own."""
    app = open_register(from_environment())
    with app.app_context():
        see_one_moment(db.session)
        person = db.session.get(Person, int(sys.argv[1]))
        if person is None or not person.is_active:
            return
        run = run_of(person)
        try:
            run.end(found_by(person, run))
        except BaseException:
            run.end({"refusal": FAILED})
            raise


if __name__ == "__main__":
    main()
