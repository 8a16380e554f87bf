"""When a checkpoint is made by itself: every hundred entries or every day, after the commit, and never in its way."""

import logging
from datetime import datetime
from functools import lru_cache

from sqlalchemy.exc import SQLAlchemyError

from register.clock import day_of, today
from register.database import db
from register.database.engine import reading
from register.history.checkpoint_store import Store, store_of
from register.history.checkpoints import make_checkpoint
from register.history.lookups import head
from register.history.notes import Checkpoint, NoteError
from register.history.sealing import sealed_size
from register.refusals import Refusal
from register.settings import Settings

EVERY = 100
"""Entries."""

logger = logging.getLogger(__name__)


def checkpoint_if_due(settings: Settings) -> None:
    """Make a checkpoint after a commit when it is time for one. What goes wrong is logged and fails nothing.

    The first commit of a day makes one even when it recorded nothing: else the day's receipt, which everybody sees,
    would tell whether something had been recorded.
    """
    size = sealed_size(db.session())
    try:
        last = last_checkpoint(store_of(settings))
        if last is None or not _is_of_today(last):
            _make(settings, is_fresh=True)
        elif size is not None and size - last.size >= EVERY:
            _make(settings, is_fresh=False)
    except (OSError, NoteError, Refusal, SQLAlchemyError) as error:
        logger.warning("No checkpoint could be made: %s", error)


def _make(settings: Settings, *, is_fresh: bool) -> None:
    with reading():
        try:
            last = head()
            if last is not None and last.size:
                make_checkpoint(settings, f"every {EVERY} entries or day", is_fresh=is_fresh)
        finally:
            db.session.rollback()


def last_checkpoint(store: Store) -> Checkpoint | None:
    """Return the newest checkpoint, read again only when the file has changed: every page names it."""
    try:
        found = store.notes_file.stat()
    except OSError:
        return None
    return _read(store, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(store: Store, _changed_at: int, _size: int) -> Checkpoint | None:
    try:
        return store.last()
    except (OSError, NoteError):
        return None


def _is_of_today(checkpoint: Checkpoint) -> bool:
    at = checkpoint.said("at")
    try:
        return at is not None and day_of(datetime.fromisoformat(at)) == today()
    except ValueError:
        return False
