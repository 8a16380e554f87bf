"""The two steps in which a staged file is worked on: a dry run that writes nothing, and the import that keeps it."""

from collections.abc import Callable
from dataclasses import asdict
from time import monotonic
from typing import Any

from register.accounts.models import Person
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.outcomes import REFUSED, Summary
from register.exchange.bringing.staging import Staged
from register.exchange.bringing.standing_lookups import known_to
from register.exchange.imports import IMPORT_BY_KEY, ImportKind, Reading, keep, read_upload, rehearse
from register.refusals import Refusal

EVERY = 0.5
"""Seconds between two tellings of how far the work is."""


def read_staged(staged: Staged) -> tuple[ImportKind, Reading]:
    """Read a staged file as it was chosen to be read; raise Refusal when that cannot be."""
    kind = IMPORT_BY_KEY[staged.kind]
    return kind, read_upload(kind, staged.upload(), staged.choices())


def check_staged(staged: Staged, person: Person, kind: ImportKind, reading: Reading) -> None:
    """Do all that the import would do, undo it, and keep what it came to."""
    errand = _errand(staged, person, len(reading))
    rehearse(kind, reading, errand)
    staged.end({"step": "check", "known": known_to(staged), **told(errand.summary)})


def keep_staged(staged: Staged, person: Person, kind: ImportKind, reading: Reading) -> ImportBatch | None:
    """Import the file. Flushes and never commits; raise Refusal, with every reason, where it is all or nothing."""
    errand = _errand(staged, person, len(reading))
    return keep(kind, reading, errand, staged.upload())


def refused(staged: Staged, refusal: Refusal, step: str) -> None:
    """Keep why a step came to nothing."""
    staged.end({"step": step, "known": known_to(staged), "refusal": refusal.message})


def _errand(staged: Staged, person: Person, total: int) -> Errand:
    return Errand(person.actor, staged.choices(), person, step=teller(staged, total))


def teller(staged: Staged, total: int) -> Callable[[], None]:
    """Return what is called after each row: it tells how far the work is, now and then."""
    done, tell_all = 0, teller_of(staged)

    def tell() -> None:
        nonlocal done
        done += 1
        tell_all(done, total)

    return tell


def teller_of(staged: Staged) -> Callable[[int, int], None]:
    """Return what is called with how much is done and how much there is: it tells that, now and then."""
    told_at = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        if monotonic() - told_at >= EVERY:
            told_at = monotonic()
            staged.tell_progress(done, total)

    return tell


def told(summary: Summary) -> dict[str, Any]:
    """Return an outcome as plain values, to be kept beside the file until it is imported."""
    return {
        "counts": summary.counts(),
        "lines": [asdict(line) for line in summary.lines if line.outcome != REFUSED],
        "problems": [asdict(problem) for problem in summary.problems],
        "reasons": dict(summary.reasons),
        "notes": summary.notes,
        "unled": summary.unled,
        "is_writing": summary.is_writing,
    }
