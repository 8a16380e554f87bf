"""Backups: a copy that is checked before anybody relies on it, and a restore that says of itself that it was one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from register.clock import now
from register.database import Base, db
from register.database.copying import (
    copy_database,
    copy_sqlite,
    fill_postgresql,
    open_to_read,
    replace_postgresql,
    scratch_postgresql,
    sqlite_file,
)
from register.database.engine import reading
from register.history import verifier
from register.history.checkpoint_store import store_of
from register.history.checkpoints import begin_again, make_checkpoint
from register.history.envelope import Plain
from register.history.erasures_outside import erase_again, keep_list, listed
from register.history.lookups import head
from register.history.notes import Note, checkpoint_in, notes_in
from register.history.recording import record_fact
from register.history.sweeping import after_erasing
from register.history.verification import verify
from register.opening import is_made, make_tables, open_register
from register.refusals import Refusal
from register.risk.kept_changes import forget_surveys
from register.settings import Settings


class Link(NamedTuple):
    """An end of the history: how many entries, and the hash of the last."""

    size: int
    entry_hash: str


class Checked(NamedTuple):
    """What a backup holds, and what is wrong with it."""

    end: Link
    counts: dict[str, int]
    """Rows of each table."""
    problems: tuple[str, ...]


def make_backup(settings: Settings, file: Path) -> Checked:
    """Copy the register to a file while others write, and check the copy; one that is not good is not kept."""
    copy_database(settings.database_url, file)
    checked = check_backup(settings, file)
    if checked.problems:
        file.unlink()
        raise Refusal(f"The copy was not good and was not kept: {checked.problems[0]}")
    return checked


def check_backup(settings: Settings, file: Path) -> Checked:
    """Open a backup and check its pages, its foreign keys, its history, its live values and its checkpoints."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    if sqlite_file(settings.database_url) is None:
        with scratch_postgresql(settings.database_url) as url:
            fill_postgresql(url, file)
            return _check_filled(replace(settings, database_url=url))
    try:
        return _check_sqlite(settings, file)
    except sqlite3.DatabaseError as error:
        raise Refusal(f"{file} is no backup of a register, or is damaged: {error}") from error


def _check_sqlite(settings: Settings, file: Path) -> Checked:
    with closing(open_to_read(file)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        problems = [] if said == ["ok"] else [f"The file is damaged: {one}" for one in said]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        problems += [f"{table} {row} refers to a row of {other} that is not there." for table, row, other, _ in broken]
        counts = _counts(connection)
        ends = connection.execute("SELECT size, entry_hash FROM history_head").fetchall()
    end = Link(*ends[0]) if len(ends) == 1 else Link(0, "")
    verifier.problems.clear()
    notes = "\n".join(note.written() for note in _notes_up_to(settings, end.size))
    verifier.verify(verifier.read_sqlite(file)._replace(notes=notes, key=store_of(settings).public_key()))
    return Checked(end, counts, (*problems, *verifier.problems))


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    asked = ((name, f'SELECT count(*) FROM "{name}"') for name in names)  # noqa: S608 - the file's own tables
    return {name: connection.execute(question).fetchone()[0] for name, question in asked}


def _notes_up_to(settings: Settings, size: int) -> Iterator[Note]:
    """Yield the checkpoints that a history of a size has to agree with: later ones say nothing of an older copy."""
    return (note for note in notes_in(store_of(settings).notes()) if checkpoint_in(note).size <= size)


def _check_filled(settings: Settings) -> Checked:
    """Check a database that a dump was put into; its foreign keys were checked when it was filled."""
    app = open_register(settings)
    with app.app_context(), reading():
        try:
            verdict = verify()
            counts = {
                name: db.session.scalar(select(func.count()).select_from(table)) or 0
                for name, table in sorted(Base.metadata.tables.items())
            }
            return Checked(Link(verdict.entries, verdict.last_hash), counts, verdict.problems)
        finally:
            db.session.remove()
            db.engine.dispose()


def restore_backup(settings: Settings, file: Path) -> tuple[Link, Link, Path | None]:
    """Put a backup in the place of the register; return the ends of the old and the new history, and the old copy.

    What was there is copied aside first. The restored history goes on with an entry that names the old head, and a
    checkpoint that says the same, so that nobody takes the restore for a forgery, nor a forgery for a restore. What had
    been erased since the backup was made is erased again.
    """
    checked = check_backup(settings, file)
    if checked.problems:
        raise Refusal(f"{file} is not good, and nothing was changed: {checked.problems[0]}")
    listed(store_of(settings))
    app = open_register(settings)
    old = _end_before(app, settings)
    aside = _copy_aside(settings)
    _replace(settings, file)
    make_tables(app)
    with app.app_context():
        told: dict[str, Plain] = {"size_before": old.size, "entry_hash_before": old.entry_hash}
        told["size_restored"] = checked.end.size
        record_fact("register", "history_head:restored", told)
        if erase_again(settings):
            forget_surveys()
        db.session.commit()
        begin_again(settings, "restore", f"restored {checked.end.size}", f"before {old.size} {old.entry_hash}")
        after_erasing(settings)
        db.session.remove()
        db.engine.dispose()
    return old, checked.end, aside


def _end_before(app: Flask, settings: Settings) -> Link:
    """Return the end of the history that is about to be replaced; of one that cannot be read, the last checkpoint's."""
    path = sqlite_file(settings.database_url)
    with app.app_context(), reading():
        try:
            last = head() if (path is None or path.exists()) and is_made() else None
            if last:
                keep_list(settings)
                make_checkpoint(settings, "before restore", is_fresh=True)
                return Link(last.size, last.entry_hash)
        except (SQLAlchemyError, Refusal):
            db.session.rollback()
        finally:
            db.session.remove()
            db.engine.dispose()
    signed = store_of(settings).last()
    return Link(signed.size, "") if signed else Link(0, "")


def _copy_aside(settings: Settings) -> Path | None:
    """Keep what is about to be replaced, whole where it can be read, else the file as it is."""
    path = sqlite_file(settings.database_url)
    aside = settings.data / f"before-restore-{now():%Y%m%d-%H%M%S-%f}"
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path is not None and not path.exists():
        return None
    try:
        copy_database(settings.database_url, aside)
    except sqlite3.DatabaseError:
        if path is None:
            raise
        path.rename(aside)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    return aside


def _replace(settings: Settings, file: Path) -> None:
    path = sqlite_file(settings.database_url)
    if path is None:
        replace_postgresql(settings.database_url, file)
    else:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        copy_sqlite(file, path)
