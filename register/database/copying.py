"""Copies of a whole database, made while others write: SQLite by its backup API, PostgreSQL by its own dump tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from register.refusals import Refusal


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite database, None for another one."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def copy_database(url: str, target: Path) -> None:
    """Copy a database as it is at one moment to a file of one's own that is not there yet: all of it, or nothing."""
    if target.exists():
        raise Refusal(f"{target} is there already.")
    part = target.with_name(f"{target.name}.{token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        source = sqlite_file(url)
        if source is None:
            _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        else:
            copy_sqlite(source, part)
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy an SQLite database over what a file holds, as one transaction; all pages in one step, so writers go on.

    Raises sqlite3.DatabaseError where the source is none.
    """
    with closing(open_to_read(source)) as one, closing(sqlite3.connect(target, timeout=60)) as other:
        one.backup(other)
        other.execute("PRAGMA synchronous=FULL")


def open_to_read(file: Path) -> sqlite3.Connection:
    """Open an SQLite file without changing it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=60)


def replace_postgresql(url: str, file: Path) -> None:
    """Put a dump in the place of everything that a PostgreSQL database holds."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    fill_postgresql(url, file)


def fill_postgresql(url: str, file: Path) -> None:
    """Put a dump into an empty PostgreSQL database."""
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", url, *options, str(file))


@contextmanager
def scratch_postgresql(url: str) -> Iterator[str]:
    """Make an empty database beside a PostgreSQL one, and drop it at the end. The user has to be allowed to."""
    name = f"register_check_{token_hex(4)}"
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools; the password goes by the environment, which other users cannot read."""
    found = shutil.which(program)
    if found is None:
        raise Refusal(f"{program} is not installed. It comes with PostgreSQL's client programs.")
    parsed = make_url(url)
    database = _without_password(parsed)
    environment = {**os.environ, **({"PGPASSWORD": str(parsed.password)} if parsed.password else {})}
    command = [found, *arguments[:-1], f"--dbname={database}", arguments[-1]]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise Refusal(f"{program} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'unknown'}")


def _without_password(url: URL) -> str:
    return URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query,
    ).render_as_string()
