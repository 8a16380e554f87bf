"""What programs write: an interaction, once however often it is sent, held to the rules of the form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.history.verification import verify
from register.interactions.models import Commitment, Interaction
from register.partnerships.models import Partnership
from register.trust.models import Evidence
from tests.factories import a_partnership, a_person, partners_of
from tests.fixtures.programs import Program

ProgramOf = Callable[..., Program]


@pytest.fixture
def officer(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    return a_partnership(members={officer: "officer"})


def happening(partnership: Partnership, **facts: Any) -> dict[str, Any]:
    """Return what a program sends of a meeting."""
    first, second = partners_of(partnership)
    return {
        "partnership_id": partnership.id,
        "kind": "meeting",
        "held_on": today().isoformat(),
        "account": "We met and agreed the rota.",
        "present": [{"organisation_id": first.id}, {"organisation_id": second.id}],
        "readings": [{"rater_id": first.id, "ratee_id": second.id, "determinant": "ilm:openness", "score": 4}],
        "commitments": [{
            "promisor_id": second.id, "promisee_id": first.id, "what": "Send the rota",
            "due_on": (today() + timedelta(days=7)).isoformat(),
        }],
        **facts,
    }  # fmt: skip


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_interaction_is_logged_with_its_readings_promises_and_history(
    officer: Person, partnership: Partnership, program_of: ProgramOf
) -> None:
    answer = program_of(officer, "log").post("/interactions", happening(partnership))
    assert answer.status_code == 201
    kept = db.session.get_one(Interaction, answer.get_json()["id"])
    assert (kept.account, kept.recorded_by_id) == ("We met and agreed the rota.", officer.id)
    assert (count(Evidence), count(Commitment)) == (2, 1)
    assert verify().is_whole


def test_the_same_request_sent_again_makes_nothing_new(
    officer: Person, partnership: Partnership, program_of: ProgramOf
) -> None:
    program = program_of(officer)
    sent = happening(partnership)
    first, again = (program.post("/interactions", sent, key="k1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert count(Interaction) == 1
    assert program.post("/interactions", sent, key="k2").status_code == 201
    assert count(Interaction) == 2


def test_a_key_is_not_good_for_another_request_but_is_each_persons_own(
    officer: Person, partnership: Partnership, program_of: ProgramOf
) -> None:
    program = program_of(officer)
    program.post("/interactions", happening(partnership), key="k1")
    other = program.post("/interactions", happening(partnership, account="Something else."), key="k1")
    assert other.status_code == 422
    assert "another request" in other.get_json()["detail"]
    colleague = a_person()
    theirs = a_partnership(members={colleague: "lead"})
    assert program_of(colleague).post("/interactions", happening(theirs), key="k1").status_code == 201


def test_what_was_refused_can_be_mended_under_the_same_key(
    officer: Person, partnership: Partnership, program_of: ProgramOf
) -> None:
    program = program_of(officer)
    assert program.post("/interactions", happening(partnership, kind="seance"), key="k1").status_code == 422
    assert program.post("/interactions", happening(partnership), key="k1").status_code == 201


@pytest.mark.parametrize(("facts", "field"), [
    ({"kind": "seance"}, "kind"),
    ({"held_on": (today() + timedelta(days=2)).isoformat()}, "held_on"),
    ({"held_on": "23/11/2026"}, "held_on"),
    ({"account": "   "}, "account"),
    ({"account": None}, "account"),
    ({"present": []}, "present"),
    ({"present": [{"organisation_id": 99999}]}, "present"),
    ({"present": "everybody"}, "present"),
    ({"partnership_id": "1"}, "partnership_id"),
    ({"partnership_id": 2**63}, "partnership_id"),
    ({"present": [{"organisation_id": 1.5}]}, "present"),
    ({"present": [{"organisation_id": 1, "contact_id": 2**70}]}, "present"),
    ({"mood": "good"}, "mood"),
])  # fmt: skip
def test_each_wrong_thing_is_named_by_its_place(
    officer: Person, partnership: Partnership, program_of: ProgramOf, facts: dict[str, Any], field: str
) -> None:
    answer = program_of(officer).post("/interactions", happening(partnership, **facts))
    assert answer.status_code == 422
    assert field in [wrong["field"].split(".")[0] for wrong in answer.get_json()["errors"]]
    assert count(Interaction) == 0


def test_readings_and_promises_are_named_by_their_number_and_all_wrongs_are_said_at_once(
    officer: Person, partnership: Partnership, program_of: ProgramOf
) -> None:
    first, second = (body.id for body in partners_of(partnership))
    readings = [
        {"rater_id": first, "ratee_id": second, "determinant": "ilm:openness", "score": 4},
        {"rater_id": second, "ratee_id": first, "determinant": "ilm:fairness", "score": 9},
        {"rater_id": first, "ratee_id": second, "determinant": "ilm:integrity", "score": 1},
    ]
    promises = [{"promisor_id": first, "promisee_id": second, "what": "  ", "due_on": "2030-01-01"}]
    sent = happening(partnership, kind="seance", readings=readings, commitments=promises)
    answer = program_of(officer).post("/interactions", sent)
    assert {wrong["field"] for wrong in answer.get_json()["errors"]} == {
        "kind", "readings.1.score", "readings.2.evidence", "commitments.0.what",
    }  # fmt: skip


@pytest.mark.parametrize(("role", "status"), [("officer", 403), ("leader", 403), ("auditor", 403), ("governance", 403)])
def test_only_officers_of_the_partnership_log(
    partnership: Partnership, program_of: ProgramOf, role: str, status: int
) -> None:
    answer = program_of(a_person(role)).post("/interactions", happening(partnership))
    assert answer.status_code == status
    assert count(Interaction) == 0


def test_a_hidden_partnership_is_not_there(program_of: ProgramOf, app: Flask) -> None:
    hidden = a_partnership(is_restricted=True)
    assert program_of(a_person()).post("/interactions", happening(hidden)).status_code == 404


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"{", "application/json", 400), (b"", "application/json", 422), (b"[]", "application/json", 422),
    (b"a=b", "application/x-www-form-urlencoded", 415), (b"\xff\xfe", "application/json", 400),
    (b"{}", "text/plain", 415), (b"", "text/csv", 415), (b"{}", "", 415), (b"", "", 422),
    (b"{}", "application/vnd.of.others+json", 422),
    (b"[" * 10_000, "application/json", 400), (b"9" * 5_000, "application/json", 400),
])  # fmt: skip
def test_what_is_no_json_is_refused(
    officer: Person, program_of: ProgramOf, body: bytes, kind: str, status: int
) -> None:
    program = program_of(officer)
    answer = program.client.post(
        "/api/v1/interactions",
        data=body,
        content_type=kind,
        headers={"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "k"},
    )
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_what_is_not_called_json_is_told_what_to_send(officer: Person, program_of: ProgramOf) -> None:
    program = program_of(officer)
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "k"}
    answer = program.client.post("/api/v1/interactions", data=b"{}", content_type="text/plain", headers=headers)
    said = answer.get_json()
    assert (said["status"], said["title"]) == (415, "Unsupported Media Type")
    assert said["detail"] == "Send JSON, with Content-Type: application/json."


def test_a_request_without_a_key_is_refused(officer: Person, partnership: Partnership, program_of: ProgramOf) -> None:
    answer = program_of(officer).post("/interactions", happening(partnership), key="")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "Idempotency-Key"
