"""Receipts: the digits by which paper names a checkpoint, whatever paper it is and whoever reads it.

The digits are of the whole note, which says when it was signed and is signed anew for each receipt. So they differ
every time, and tell nobody whether anything happened that he may not know of, as a size or a root would. Whoever holds
the checkpoints finds the note by them.
"""

import hashlib
import logging
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from register.clock import LONDON, day_of
from register.history.checkpoint_store import Store, store_of
from register.history.checkpoints import make_checkpoint
from register.history.notes import Note, NoteError, checkpoint_in, notes_in
from register.refusals import Refusal
from register.settings import Settings

FEWEST_DIGITS = 8
"""With which a receipt is looked up: fewer might name several."""

logger = logging.getLogger(__name__)


class Receipt(NamedTuple):
    """What may be printed of a checkpoint on anything that anybody sees."""

    at: datetime
    digits: str

    @property
    def words(self) -> str:
        """The line for the foot of a page or a report."""
        groups = " ".join(self.digits[place : place + 4] for place in range(0, 16, 4))
        return f"Receipt {self.at.astimezone(LONDON):%-d %b %Y} · {groups}"


def checkpoint_for(settings: Settings, why: str) -> Receipt | None:
    """Sign the history for something that leaves the register, such as an export, and return what to print on it.

    Where no checkpoint can be made that is logged, the answer is None, and what was asked for goes on without.
    """
    try:
        make_checkpoint(settings, why, is_fresh=True)
        return receipt_of(store_of(settings).last_note())
    except (OSError, NoteError, Refusal, SQLAlchemyError) as error:
        logger.warning("No checkpoint could be made for %s: %s", why, error)
        return None


def receipt_of(note: Note | None) -> Receipt | None:
    """Return the receipt of a note; None for one that does not say when it was signed."""
    at = _at(note) if note else None
    return Receipt(at, _digits(note)) if note and at else None


def _digits(note: Note) -> str:
    return hashlib.sha256(note.text.encode()).hexdigest()


def receipt_of_the_day(store: Store) -> Receipt | None:
    """Return the receipt of the last day's first checkpoint: it does not move with what is done on the day."""
    try:
        found = store.notes_file.stat()
    except OSError:
        return None
    return _first_of_last_day(store, found.st_mtime_ns, found.st_size)


def note_with(store: Store, digits: str) -> Note | None:
    """Return the note that a receipt's digits name, None where there is none; blanks do not count."""
    wanted = "".join(digits.split()).lower()
    if len(wanted) < FEWEST_DIGITS:
        return None
    return next((note for note in notes_in(store.notes()) if _digits(note).startswith(wanted)), None)


@lru_cache(maxsize=8)
def _first_of_last_day(store: Store, _changed_at: int, _size: int) -> Receipt | None:
    first: Note | None = None
    for note in reversed(list(notes_in(store.notes()))):
        at, known = _at(note), _at(first) if first else None
        if at is None or (known and day_of(at) != day_of(known)):
            break
        first = note
    return receipt_of(first)


def _at(note: Note) -> datetime | None:
    try:
        return datetime.fromisoformat(checkpoint_in(note).said("at") or "")
    except ValueError:
        return None
