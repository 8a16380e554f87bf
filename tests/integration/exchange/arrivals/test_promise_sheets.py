"""The sheet of promises: each is found again by its words, ends once, and is refused with what to do."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.interactions.commitment_changes import live_settlement
from register.interactions.models import Commitment, Interaction
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, partners_of
from tests.fixtures.sheets import back, csv_file, edited, out, told
from tests.fixtures.stories import days_ago, promised

TITLES = "Partnership id,Interaction id,Promised by id,Promised to id,What,Made on,Due on,Outcome,Settled on,Note"


@pytest.fixture
def officer(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    """A partnership with one open promise, made twenty days ago and due ten days ago."""
    made = a_partnership(members={officer: "lead"}, name="Bins")
    promised(officer, made, "Send the plan", 20, 10)
    db.session.commit()
    return made


def promise() -> Commitment:
    return db.session.scalars(select(Commitment).order_by(Commitment.id)).first()  # type: ignore[return-value]


def row(partnership: Partnership, **cells: object) -> bytes:
    """Return a sheet with one promise of the second partner to the first, some cells otherwise."""
    one, other = (body.id for body in partners_of(partnership))
    usual = {"meeting": "", "by": other, "to": one, "what": "Pay", "made": days_ago(4), "due": days_ago(2),
             "outcome": "", "settled": "", "note": ""}  # fmt: skip
    given = {**usual, **cells}
    return csv_file(TITLES, ",".join(str(cell) for cell in (partnership.id, *given.values())))


def reasons(content: bytes, officer: Person) -> str:
    return " | ".join(one.reason for one in back("sheet-commitments", "c.csv", content, officer).problems)


def test_a_promise_that_is_there_is_found_by_its_words_and_never_made_twice(
    officer: Person, partnership: Partnership
) -> None:
    one, other = (body.id for body in partners_of(partnership))
    cells = {"by": one, "to": other, "made": "", "due": promise().due_on}
    summary = back("sheet-commitments", "c.csv", row(partnership, what="Send  the plan", **cells), officer)
    assert (summary.problems, told(summary, "unchanged")) == ([], 1)
    assert "not rewritten" in reasons(row(partnership, what="SEND THE PLAN", **cells), officer)
    assert db.session.scalar(select(func.count(Commitment.id))) == 1


def test_a_promise_of_a_meeting_has_the_meetings_day_and_one_without_is_of_today(
    officer: Person, partnership: Partnership
) -> None:
    meeting = an_interaction(officer, partnership, held_on=days_ago(7))
    content = row(partnership, meeting=meeting.id, made="", what="From the meeting")
    assert back("sheet-commitments", "c.csv", content, officer).problems == []
    assert reasons(row(partnership, made="", due=today(), what="New"), officer) == ""
    asked = select(Commitment.made_on).where(Commitment.what.in_(["From the meeting", "New"])).order_by(Commitment.id)
    assert list(db.session.scalars(asked)) == [days_ago(7), today()]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"made": days_ago(-2), "due": days_ago(-3)}, "made today or earlier"),
        ({"due": days_ago(5)}, "on or after the day it was made"),
        ({"due": days_ago(-4000)}, "within ten years"),
        ({"meeting": 999999}, "no interaction with"),
        ({"outcome": "Kept", "settled": days_ago(1)}, "done after that day is kept late"),
        ({"outcome": "Late", "settled": days_ago(2)}, "kept by then is kept, not late"),
        ({"outcome": "Kept"}, "Enter the day"),
        ({"outcome": "Broken", "settled": days_ago(-2)}, "today or earlier"),
        ({"outcome": "Broken", "settled": days_ago(9)}, "when the promise was made"),
        ({"outcome": "Renegotiated", "settled": days_ago(1)}, "Write the promise that took its place"),
        ({"outcome": "Forgotten"}, "word is not known"),
        ({"what": ""}, "needs What"),
        ({"what": "x" * 201}, "200"),
    ],
)
def test_a_promise_that_cannot_be_is_refused_with_what_to_do(
    officer: Person, partnership: Partnership, cells: dict[str, object], reason: str
) -> None:
    assert reason in reasons(row(partnership, **cells), officer)
    assert db.session.scalar(select(func.count(Commitment.id))) == 1


def test_a_promise_is_of_its_own_partnerships_meeting_and_between_two_partners(
    officer: Person, partnership: Partnership
) -> None:
    elsewhere = a_partnership(members={officer: "lead"})
    an_interaction(officer, elsewhere)
    meeting = db.session.scalars(select(Interaction.id).where(Interaction.partnership_id == elsewhere.id)).one()
    stranger = partners_of(elsewhere)[0].id
    itself = partners_of(partnership)[0].id
    assert "in the partnership" in reasons(row(partnership, meeting=meeting), officer)
    assert "one partner to another" in reasons(row(partnership, by=stranger), officer)
    assert "one partner to another" in reasons(row(partnership, by=itself), officer)


@pytest.mark.parametrize("changes", [{"What": "Another"}, {"Due on": "2030-01-01"}, {"Promised to id": "other"}])
def test_what_was_promised_is_not_rewritten(
    officer: Person, partnership: Partnership, changes: dict[str, str]
) -> None:
    cells = {key: str(partners_of(partnership)[0].id) if text == "other" else text for key, text in changes.items()}
    assert "not rewritten" in reasons(edited(out("commitments"), cells), officer)
    assert (promise().what, promise().due_on) == ("Send the plan", days_ago(10))


def test_an_answer_is_given_once_and_changed_with_its_reason_only(officer: Person, partnership: Partnership) -> None:
    first = {"Outcome": "Late", "Settled on": days_ago(5).isoformat()}
    assert reasons(edited(out("commitments"), first), officer) == ""
    assert told(back("sheet-commitments", "c.csv", out("commitments"), officer), "updated") == 0
    second = {"Outcome": "Broken"}
    assert "Say why the earlier answer is changed" in reasons(edited(out("commitments"), second), officer)
    db.session.rollback()
    assert reasons(edited(out("commitments"), {**second, "Note": "It never came."}), officer) == ""
    found = live_settlement(promise().id)
    assert found is not None
    assert (found.outcome, found.settled_on, found.note) == ("broken", days_ago(5), "It never came.")
    assert "Say what became of it" in reasons(edited(out("commitments"), {"Outcome": "-"}), officer)


def test_only_an_officer_of_the_partnership_answers(officer: Person, partnership: Partnership) -> None:
    answer = {"Outcome": "Broken", "Settled on": days_ago(2).isoformat()}
    content = edited(out("commitments"), answer)
    assert reasons(content, a_person()) != ""
    db.session.rollback()
    assert live_settlement(promise().id) is None
    assert "Only an officer of the partnership" in reasons(row(partnership), a_person())


RENEWED = f"Id,Replaces id,{TITLES}"


def test_a_renegotiated_promise_comes_with_the_row_that_took_its_place(
    officer: Person, partnership: Partnership
) -> None:
    one, other = (body.id for body in partners_of(partnership))
    ends, made = f"{partnership.id},,{other},{one}", days_ago(40)
    content = csv_file(
        RENEWED,
        f"a,,{ends},Pay,{made},{days_ago(20)},Renegotiated,{days_ago(25)},",
        f"b,a,{ends},Pay half,{days_ago(25)},{days_ago(10)},Renegotiated,{days_ago(12)},",
        f"c,b,{ends},Pay a third,{days_ago(12)},{days_ago(5)},Kept,{days_ago(6)},",
    )
    summary = back("sheet-commitments", "c.csv", content, officer)
    assert (summary.problems, told(summary, "created")) == ([], 3)
    asked = select(Commitment).where(Commitment.what.like("Pay%")).order_by(Commitment.id)
    first, second, third = db.session.scalars(asked)
    assert (second.replaces_id, third.replaces_id) == (first.id, second.id)
    assert (second.what, second.due_on) == ("Pay half", days_ago(10))
    assert (third.what, third.due_on) == ("Pay a third", days_ago(5))
    settled = [live_settlement(promise.id) for promise in (first, second, third)]
    assert [one and one.outcome for one in settled] == ["renegotiated", "renegotiated", "kept"]

    again = back("sheet-commitments", "c.csv", content, officer)
    assert (again.problems, told(again, "created"), told(again, "updated")) == ([], 0, 0)


def test_what_took_the_place_of_a_promise_that_is_there_renegotiates_it(
    officer: Person, partnership: Partnership
) -> None:
    was = promise()
    ends = f"{partnership.id},,{was.promisor_id},{was.promisee_id}"
    content = csv_file(
        RENEWED,
        f"{was.id},,{ends},,,,Renegotiated,{days_ago(3)},",
        f",{was.id},{ends},Send half the plan,,{days_ago(-9)},,,",
    )
    assert back("sheet-commitments", "c.csv", content, officer).problems == []
    renewed = db.session.scalars(select(Commitment).where(Commitment.replaces_id == was.id)).one()
    assert (renewed.what, renewed.due_on, renewed.made_on) == ("Send half the plan", days_ago(-9), days_ago(3))
