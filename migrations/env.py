"""Runs the migrations on an engine of their own, which the guard of the history does not watch."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine, create_engine, event, pool, text

from register.database import Base

LOCK_TIMEOUT = "10s"
"""On PostgreSQL a migration that waits for a long query must not hold up everybody behind it."""


def migration_engine() -> Engine:
    """Return an engine to the register's database, without its guard."""
    engine = create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _set_up_sqlite(connection: object, _record: object) -> None:
    """Begin transactions ourselves, so that a failed migration leaves nothing; foreign keys stay off until the check.

    With foreign keys on, rebuilding a table in a batch would delete the rows that refer to it.
    """
    connection.isolation_level = None  # type: ignore[attr-defined]  # the sqlite3 driver's own attribute
    connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]


def run(connection: Connection) -> None:
    """Run what is asked for in one transaction, and check foreign keys before it is kept."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                message = f"The migration would leave {len(broken)} rows that refer to nothing; nothing was changed."
                raise RuntimeError(message)


def main() -> None:
    """Connect and run."""
    engine = migration_engine()
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


main()
