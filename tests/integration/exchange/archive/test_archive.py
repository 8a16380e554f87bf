"""The archive: everything in one file, restored value for value on either database, refused when anything is off."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from register.accounts.changes import reset_password, sign_in
from register.accounts.models import Person
from register.database import Base, db
from register.exchange.archive.changes import restore_archive
from register.exchange.archive.lookups import write_archive
from register.exchange.archive.schema import kept_tables, left_out
from register.exchange.taking.scope import whole_register
from register.history.coverage import recorded_tables
from register.history.verification import verify
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from register.trust.models import TrustState
from tests.factories import PASSWORD, an_organisation
from tests.fixtures.kept import Kept, opened
from tests.fixtures.sheets import a_hostile_register


def archived() -> bytes:
    target = io.BytesIO()
    write_archive(whole_register(), target)
    return target.getvalue()


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The archive of a register on SQLite with hostile texts, promises and secrets, made once."""
    folder = tmp_path_factory.mktemp("archived")
    app = opened(folder, f"sqlite:///{folder / 'register.sqlite3'}")
    with app.app_context():
        a_hostile_register()
        found = archived()
        db.session.remove()
        db.engine.dispose()
    return found


@pytest.fixture
def restored(source: bytes, kept: Kept, tmp_path: Path) -> bytes:
    """The archive, restored; the test sees the register that it became, on either database."""
    (tmp_path / "one.zip").write_bytes(source)
    restore_archive(tmp_path / "one.zip")
    db.session.commit()
    return source


def test_a_restored_register_gives_the_same_archive_and_its_history_is_whole(restored: bytes) -> None:
    assert verify().problems == ()
    assert archived() == restored


def test_a_restored_register_goes_on_with_numbers_of_its_own(restored: bytes) -> None:
    largest = max(db.session.scalars(select(Organisation.id)))
    assert an_organisation("One more").id > largest
    db.session.commit()
    assert verify().problems == ()


def test_nobody_signs_in_by_an_archive_until_a_password_is_given(restored: bytes) -> None:
    person = db.session.scalars(select(Person)).first()
    assert person
    with pytest.raises(Refusal):
        sign_in(person.email, PASSWORD, "here")
    db.session.rollback()
    assert b"argon2" not in restored
    assert person.password_hash.startswith("sha256:")
    with pytest.raises(Refusal):
        sign_in(person.email, person.password_hash, "here")
    db.session.rollback()
    reset_password("register", person, "another good password")
    db.session.commit()
    sign_in(person.email, "another good password", "here")
    assert verify().problems == ()


def test_what_is_worked_out_is_worked_out_anew(restored: bytes) -> None:
    assert db.session.scalars(select(TrustState.rows)).all()


def test_each_line_fits_the_schema(source: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        schema = json.loads(packed.read("schema.json"))
        Draft202012Validator.check_schema(schema)
        for name, definition in schema["$defs"].items():
            check = Draft202012Validator(definition)
            for line in packed.read(f"tables/{name}.jsonl").splitlines():
                assert list(check.iter_errors(json.loads(line))) == []


def test_everything_that_the_history_covers_is_in_it_and_what_is_left_out_says_why() -> None:
    kept = {table.name for table in kept_tables()}
    assert recorded_tables().keys() | {"history_entry", "history_value", "history_head", "access_entry"} <= kept
    assert kept | left_out().keys() == Base.metadata.tables.keys()
    assert all(len(reason.split()) > 2 for reason in left_out().values())


def test_each_secret_has_room_for_its_digest() -> None:
    for table in kept_tables():
        for column in table.columns:
            if column.info.get("secret"):
                assert column.type.length >= 71, column


Change = Callable[[dict[str, bytes]], None]


def _rewrite(members: dict[str, bytes], name: str, was: bytes, becomes: bytes) -> None:
    """Alter a table and let the manifest agree, as somebody would who means it."""
    assert was in members[name]
    members[name] = members[name].replace(was, becomes, 1)
    manifest = json.loads(members["manifest.json"])
    manifest["tables"][Path(name).stem]["sha256"] = hashlib.sha256(members[name]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()


def _manifest(members: dict[str, bytes], **told: object) -> None:
    members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **told}).encode()


ORGANISATIONS = "tables/organisation.jsonl"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: _rewrite(m, ORGANISATIONS, b'"@home"', b'"Abroad"'), "does not hold together"),
        (lambda m: m.update({ORGANISATIONS: m[ORGANISATIONS].replace(b"@home", b"Abroad")}), "not what its manifest"),
        (lambda m: _rewrite(m, ORGANISATIONS, b'"id":1,', b'"id":"1",'), "line 1 of tables/organisation.jsonl"),
        (lambda m: _rewrite(m, ORGANISATIONS, b'{"id"', b'{"idd"'), "is no row of it"),
        (lambda m: _rewrite(m, ORGANISATIONS, b"{", b"["), "is no row of it"),
        (lambda m: m.pop("tables/person.jsonl") and None, "lacks the table person"),
        (lambda m: m.pop("manifest.json") and None, "no archive of a register"),
        (lambda m: _manifest(m, tables=[]), "no archive of a register"),
        (lambda m: _manifest(m, version=99), "another version"),
        (lambda m: _manifest(m, migration="0001"), "version 0001 of the tables"),
        (lambda m: m.update({"tables/bomb.jsonl": b"0" * 3_000_000}), "as no archive does"),
    ],
)
def test_an_archive_that_is_not_whole_is_refused_and_nothing_is_kept(
    source: bytes, kept: Kept, tmp_path: Path, change: Change, said: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    with zipfile.ZipFile(tmp_path / "one.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    with pytest.raises(Refusal, match=said):
        restore_archive(tmp_path / "one.zip")
    db.session.rollback()
    assert db.session.scalars(select(Person.id)).all() == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"plain words"])
def test_what_is_no_archive_is_refused_in_a_sentence(kept: Kept, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.zip").write_bytes(content)
    with pytest.raises(Refusal, match=r"is damaged, or is no archive"):
        restore_archive(tmp_path / "one.zip")
    with pytest.raises(Refusal, match=r"There is no file"):
        restore_archive(tmp_path / "nowhere.zip")
    db.session.rollback()


def test_a_register_with_a_history_takes_no_archive(restored: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="history of its own"):
        restore_archive(tmp_path / "one.zip")
    db.session.rollback()
