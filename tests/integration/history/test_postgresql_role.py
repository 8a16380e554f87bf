"""The role that the README sets up on PostgreSQL adds to the history and never changes it."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from register.database import db
from register.erasures.changes import ask_for_erasure, confirm_erasure
from register.history.erasing import Field
from register.history.sweeping import after_erasing, is_swept
from register.history.verification import verify
from register.opening import open_register
from register.settings import Settings
from tests.architecture.measures import ROOT
from tests.factories import a_partnership, a_person
from tests.fixtures.kept import opened

REWRITES = (
    "UPDATE history_entry SET actor = 'x'",
    "DELETE FROM history_entry",
    "TRUNCATE history_entry",
    "DROP TABLE history_entry",
    "ALTER TABLE history_entry DISABLE TRIGGER USER",
    "DROP TRIGGER history_entry_append_only ON history_entry",
)


def documented() -> list[str]:
    """Return the statements that the README tells the owner to run."""
    (block,) = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [one.strip() for one in block.split(";") if one.strip()]


@pytest.fixture
def as_keeper(own_postgresql_url: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a register as the role of the README opens it."""
    opened(tmp_path, own_postgresql_url)
    name, password = f"keeper_{secrets.token_hex(4)}", secrets.token_hex(8)
    owner = create_engine(own_postgresql_url, poolclass=NullPool)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'"))
        for statement in documented():
            connection.execute(text(statement.replace("keeper", name)))
    yield make_url(own_postgresql_url).set(username=name, password=password).render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))


def engine_of(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def test_the_role_works_in_the_register(as_keeper: str, tmp_path: Path) -> None:
    app = open_register(
        Settings(data=tmp_path, database_url=as_keeper, secret_key=None, site_name="T", secure_cookies=False),
    )
    with app.app_context():
        a_partnership(members={a_person(): "lead"}, name="Bins")
        db.session.commit()
        assert verify().is_whole
        db.session.remove()
        db.engine.dispose()


def test_the_role_erases_and_leaves_the_files_to_the_owner(as_keeper: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=as_keeper, secret_key=None, site_name="T", secure_cookies=False)
    app = open_register(settings)
    with app.app_context():
        partnership = a_partnership(name="Bins", purpose="Words")
        one, other = a_person("governance"), a_person("governance")
        db.session.commit()
        fields = [Field("partnership", partnership.id, "purpose")]
        (asked,) = ask_for_erasure(one, ("partnership", partnership.id), fields, ground="order", reason="Order 7.")
        db.session.commit()
        confirm_erasure(other, asked)
        db.session.commit()
        after_erasing(settings)
        verdict = verify()
        assert (verdict.problems, verdict.erased) == ((), 1)
        assert not is_swept(settings)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("statement", REWRITES)
def test_the_role_cannot_rewrite_the_history(as_keeper: str, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|owner")
    with engine_of(as_keeper).connect() as connection, refused:
        connection.execute(text(statement))
