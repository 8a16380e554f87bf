"""After an erasure: the list outside the database is kept, and the words leave the database's files as well."""

import logging
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from register.database import db
from register.database.copying import sqlite_file
from register.database.sweeping import ERASED_LATELY, sweep_postgresql, sweep_sqlite
from register.history.checkpoint_store import Store, store_of
from register.history.coverage import recorded_tables
from register.history.erasures_outside import keep_list
from register.history.models import HistoryEntry, HistoryValue
from register.refusals import Refusal
from register.settings import Settings

SMALL = 256 * 1024 * 1024
"""Bytes of an SQLite file that is swept at once; a larger one waits for `register history sweep`."""

logger = logging.getLogger(__name__)


def after_erasing(settings: Settings) -> None:
    """Keep the list, and sweep the database, after a commit that erased something. What goes wrong is logged.

    A session on a connection that was handed to it, as in tests, has not committed anything yet.
    """
    session = db.session()
    if not session.info.pop(ERASED_LATELY, False) or not isinstance(session.get_bind(), Engine):
        return
    try:
        keep_list(settings)
        path = sqlite_file(settings.database_url)
        if path is None or path.stat().st_size <= SMALL:
            sweep(settings)
    except (OSError, Refusal, SQLAlchemyError) as error:
        logger.warning("What was erased may still stand in the database's files: %s", error)
    finally:
        session.rollback()


def sweep(settings: Settings) -> bool:
    """Take what was erased out of the database's files too; False while that cannot be done."""
    last = last_erasure()
    db.session.rollback()
    path = sqlite_file(settings.database_url)
    tables = {*recorded_tables(), HistoryValue.__tablename__}
    done = sweep_sqlite(path) if path else sweep_postgresql(settings.database_url, tables)
    if done:
        store = store_of(settings)
        store.folder.mkdir(parents=True, exist_ok=True)
        _swept_file(store).write_text(f"{last}\n", encoding="utf-8")
    return done


def last_erasure() -> int:
    """Return the number of the last entry that tells of an erasure, 0 before the first."""
    asked = select(HistoryEntry.sequence).where(HistoryEntry.entity == HistoryValue.__tablename__)
    return db.session.scalar(asked.order_by(HistoryEntry.sequence.desc()).limit(1)) or 0


def is_swept(settings: Settings) -> bool:
    """Say whether the database's files were swept after the last erasure."""
    try:
        swept = int(_swept_file(store_of(settings)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        swept = 0
    return swept >= last_erasure()


def _swept_file(store: Store) -> Path:
    return store.folder / "swept.txt"
