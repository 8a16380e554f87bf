"""The access log: each page read under an opening, each file taken away, each sign-in, and nothing else."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import scoped_session

from register.accounts.changes import open_restricted
from register.accounts.models import AccessEntry
from register.database import db
from tests.factories import PASSWORD, a_person, signed_in
from tests.fixtures.pages import Furnished


def kept() -> list[tuple[str, str, int | None]]:
    rows = db.session.scalars(select(AccessEntry).order_by(AccessEntry.id))
    return [(row.kind, row.what, row.partnership_id) for row in rows]


@pytest.mark.parametrize("who", ["auditor", "governance"])
def test_each_page_read_under_an_opening_is_kept_with_its_opening(
    client: FlaskClient, furnished: Furnished, who: str,
) -> None:
    reader = furnished.people[who]
    opened = open_restricted(reader, "Audit 7.")
    signed_in(client, reader)
    hidden = furnished.restricted.id
    client.get(f"/partnerships/{hidden}?pair=1-2")
    client.get(f"/history/partnership/{hidden}")
    client.get("/partnerships")
    assert kept() == [
        ("restricted", f"/partnerships/{hidden}?pair=1-2", hidden),
        ("restricted", f"/history/partnership/{hidden}", hidden),
        ("opened", "/partnerships", None),
    ]
    assert set(db.session.scalars(select(AccessEntry.opening_id))) == {opened.id}
    assert set(db.session.scalars(select(AccessEntry.person_id))) == {reader.id}


def test_without_an_opening_nothing_that_is_read_is_kept(client: FlaskClient, furnished: Furnished) -> None:
    for who in ("auditor", "member", "leader", "administrator"):
        signed_in(client, furnished.people[who])
        for address in ("/", "/partnerships", f"/partnerships/{furnished.restricted.id}"):
            client.get(address)
    assert kept() == []


def test_what_is_not_shown_and_what_holds_no_records_is_not_kept(client: FlaskClient, furnished: Furnished) -> None:
    open_restricted(furnished.people["auditor"], "Audit 7.")
    signed_in(client, furnished.people["auditor"])
    for address in ("/partnerships/999", "/guidance", "/clocks", "/partnerships/new"):
        client.get(address)
    assert kept() == []


def test_a_file_that_is_taken_away_is_kept(client: FlaskClient, furnished: Furnished) -> None:
    signed_in(client, furnished.people["auditor"])
    assert client.get("/history/verifier").status_code == 200
    assert kept() == [("download", "/history/verifier", None)]


def test_sign_ins_refused_ones_and_sign_outs_are_kept_without_the_password(client: FlaskClient) -> None:
    person = a_person(email="ada@testshire.example")
    client.post("/sign-in", data={"email": person.email, "password": "wrong"})
    client.post("/sign-in", data={"email": "nobody@testshire.example", "password": "wrong"})
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    client.post("/sign-out")
    assert [row[:2] for row in kept()] == [("refused", "/sign-in"), ("sign-in", "/sign-in"), ("sign-out", "/sign-out")]


@pytest.mark.parametrize("statement", [update(AccessEntry).values(what="nothing"), delete(AccessEntry)])
def test_the_log_is_never_changed(client: FlaskClient, session: scoped_session[Any], statement: Any) -> None:
    client.post("/sign-in", data={"email": a_person().email, "password": PASSWORD})
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(statement)
    assert len(kept()) == 1


def test_a_page_is_not_shown_when_the_log_cannot_be_written(
    client: FlaskClient, furnished: Furnished, monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_restricted(furnished.people["auditor"], "Audit 7.")
    signed_in(client, furnished.people["auditor"])

    def fail(*_: object, **__: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr("register.web.access.note_access", fail)
    with pytest.raises(OSError, match="disk"):
        client.get(f"/partnerships/{furnished.restricted.id}")


def test_what_others_asked_for_in_a_file_is_told_once_the_restricted_records_are_open(
    client: FlaskClient, furnished: Furnished,
) -> None:
    auditor = furnished.people["auditor"]
    signed_in(client, furnished.people["member"]).post("/export/csv?of=partnerships&q=Quiet+matter").close()
    for address in ("/desk/access", "/history", "/"):
        said = signed_in(client, auditor).get(address).text
        assert "Quiet" not in said, address
        assert "took something out" not in said, address
    assert "/export/csv" in client.get("/desk/access").text
    open_restricted(auditor, "Audit 7.")
    db.session.commit()
    assert "q=Quiet+matter" in client.get("/desk/access").text
    assert "took something out" in client.get("/history").text
