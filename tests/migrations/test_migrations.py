"""The migrations go up, down and up again with data, and end where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from register import locations
from register.database import Base, db
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.network.layout_changes import keep_positions
from register.network.layout_lookups import kept_places, whole_places
from register.network.map_views import BOTH
from register.opening import is_made, make_tables, open_register
from register.settings import Settings
from tests.factories import a_partnership, a_person, an_interaction
from tests.fixtures.register import DATABASES

SCRIPTS = ScriptDirectory(str(locations.migrations()))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.sqlite3'}"
        return
    whole = make_url(request.getfixturevalue("postgresql_url"))
    engine = create_engine(whole, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA migrations"))
    yield whole.update_query_dict({"options": "-csearch_path=migrations"}).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA migrations CASCADE"))


@pytest.fixture
def opened(url: str, tmp_path: Path) -> Iterator[Flask]:
    """A register over that database, not made yet."""
    app = open_register(Settings(
        data=tmp_path, database_url=url, secret_key=None, site_name="Testshire", secure_cookies=False,
    ))  # fmt: skip
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def raw(url: str) -> Engine:
    """A way to the database that no guard watches."""
    return create_engine(url, poolclass=NullPool)


def tables(raw: Engine) -> set[str]:
    with raw.connect() as connection:
        return set(inspect(connection).get_table_names())


def rows(raw: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is in the register's tables."""
    with raw.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))), key=str)
            for name in sorted(Base.metadata.tables)
        }


def triggers(raw: Engine) -> set[str]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if raw.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'history_entry'::regclass"
    )  # fmt: skip
    with raw.connect() as connection:
        return set(connection.scalars(text(asked)))


def furnish(app: Flask) -> None:
    with app.app_context():
        officer = a_person()
        partnership = a_partnership(members={officer: "lead"})
        an_interaction(officer, partnership, {"ilm:openness": 4})
        db.session.commit()
        db.session.remove()


def test_a_register_is_made_with_every_table_and_the_historys_protection(opened: Flask, raw: Engine) -> None:
    with opened.app_context():
        assert not is_made()
        db.session.remove()
    make_tables(opened)
    assert tables(raw) == {*Base.metadata.tables, "alembic_version"}
    expected = (
        {f"{name}_no_{verb}" for name in ("history_entry", "access_entry") for verb in ("update", "delete", "replace")}
        if raw.dialect.name == "sqlite"
        else {"history_entry_append_only"}
    )
    assert triggers(raw) == expected


def test_the_models_are_what_the_migrations_make(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    with raw.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_a_name_that_a_migration_can_find_again(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    with raw.connect() as connection:
        seen = inspect(connection)
        for name in Base.metadata.tables:
            constraints = [
                seen.get_pk_constraint(name),
                *seen.get_foreign_keys(name),
                *seen.get_unique_constraints(name),
            ]
            assert all(constraint["name"] for constraint in constraints), name


def test_making_it_again_changes_nothing(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    furnish(opened)
    before = rows(raw)
    make_tables(opened)
    assert rows(raw) == before


def test_each_migration_goes_down_and_up_again_with_data(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    furnish(opened)
    before = rows(raw)
    with opened.app_context():
        for revision, earlier in zip(reversed(REVISIONS), [*reversed(REVISIONS[:-1]), "base"], strict=True):
            downgrade(revision=earlier)
            upgrade(revision=revision)
        upgrade()
    assert rows(raw).keys() == before.keys()
    assert tables(raw) == {*Base.metadata.tables, "alembic_version"}
    assert triggers(raw)


def test_the_places_of_the_whole_network_survive_the_way_to_places_for_each_view(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    furnish(opened)
    with opened.app_context():
        keep_positions()
        before = whole_places()
        db.session.commit()
        db.session.remove()
        downgrade(revision="0016")
        upgrade()
        assert len(before) == 2
        assert whole_places() == before
        assert kept_places(BOTH) is None
        db.session.remove()


def test_all_the_way_down_leaves_nothing(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    furnish(opened)
    with opened.app_context():
        downgrade(revision="base")
    assert tables(raw) <= {"alembic_version"}
    if raw.dialect.name == "postgresql":
        with raw.connect() as connection:
            left = "SELECT proname FROM pg_proc WHERE pronamespace = 'migrations'::regnamespace"
            assert connection.scalars(text(left)).all() == []
    else:
        assert triggers(raw) == set()


def test_after_down_and_up_a_register_works_as_before(opened: Flask, raw: Engine) -> None:
    make_tables(opened)
    with opened.app_context():
        downgrade(revision="base")
    make_tables(opened)
    furnish(opened)
    with opened.app_context():
        assert verify().is_whole
        assert db.session.query(HistoryEntry).count() > 5
        db.session.remove()


def test_revisions_form_one_line() -> None:
    assert len(SCRIPTS.get_heads()) == 1
    assert len(SCRIPTS.get_bases()) == 1


def test_a_migration_that_fails_leaves_nothing(opened: Flask, raw: Engine) -> None:
    with raw.begin() as connection:
        # In the way of the migration, half way through.
        connection.execute(text("CREATE TABLE settlement (id INTEGER)"))
    with pytest.raises(DatabaseError, match="settlement"):
        make_tables(opened)
    assert tables(raw) <= {"settlement", "alembic_version"}
