"""Interactions and promises that a file brought are taken back, and every figure is what it was without them."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.former_changes import AS_BEFORE
from register.exchange.bringing.undo_changes import ENDINGS, PUT_BACK, undo_batch
from register.exchange.imports import IMPORT_BY_KEY, keep, read_upload
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.history.sentences import WORDS_OF_ACTION
from register.history.verification import verify
from register.interactions.changes import Happening, Present, correct_interaction
from register.interactions.commitment_changes import live_settlement, settle_commitment
from register.interactions.models import Attendance, Commitment, Interaction, Reading
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_changes import close_organisation
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal
from register.trust.changes import rebuild
from register.trust.lookups import partnership_views
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of
from tests.fixtures.sheets import csv_file, edited, out, zipped
from tests.fixtures.stories import days_ago, promised


@pytest.fixture
def officer(app: Flask) -> Person:
    return a_person()


@pytest.fixture
def partnership(officer: Person) -> Partnership:
    """A partnership with a meeting of its own, scored by a colleague, before any file comes."""
    colleague = a_person(name="Colleague")
    made = a_partnership(members={officer: "lead", colleague: "officer"}, name="Bins")
    an_interaction(colleague, made, {"ilm:openness": 4}, held_on=days_ago(30))
    db.session.commit()
    return made


def brought(key: str, name: str, content: bytes, officer: Person) -> ImportBatch:
    kind, upload = IMPORT_BY_KEY[key], Upload(name, content)
    errand = Errand(officer.actor, Choices(), officer)
    batch = keep(kind, read_upload(kind, upload, errand.choices), errand, upload)
    db.session.commit()
    assert errand.summary.problems == []
    assert batch is not None
    return batch


def undo(batch: ImportBatch, officer: Person) -> None:
    undo_batch(officer.actor, batch, officer)
    db.session.commit()


def figures(partnership: Partnership) -> dict[object, tuple[float, float, int]]:
    db.session.expire_all()
    return {
        key: (round(view.standing.good, 9), round(view.standing.bad, 9), view.rows)
        for key, view in partnership_views([partnership.id], clocks_now()).items()
        if view.rows
    }


def standing(partnership: Partnership) -> list[tuple[str, int]]:
    """Return the accounts that stand, each with how many were there."""
    asked = select(Interaction).where(
        Interaction.partnership_id == partnership.id, Interaction.superseded_at.is_(None)
    )
    present = list(db.session.scalars(select(Attendance.interaction_id)))
    return sorted((row.account, present.count(row.id)) for row in db.session.scalars(asked))


def filled(partnership: Partnership) -> bytes:
    """Return our own sheets with a scored meeting, and two promises of it, one of them broken."""
    one, other = (f"#{row.id}" for row in partners_of(partnership))
    return zipped({
        "interactions": csv_file(
            "Id,Partnership id,Kind,Held on,What happened,Present",
            f"m,{partnership.id},Meeting,{days_ago(9)},It went badly.,{one}; {other}",
        ),
        "readings": csv_file(
            "Interaction id,Rater id,Rated id,Determinant,Score,Evidence",
            f"m,{one[1:]},{other[1:]},Openness,1,Nobody answered",
        ),
        "commitments": csv_file(
            "Partnership id,Interaction id,Promised by id,Promised to id,What,Due on,Outcome,Settled on",
            f"{partnership.id},m,{other[1:]},{one[1:]},Send the plan,{days_ago(5)},Broken,{days_ago(4)}",
            f"{partnership.id},m,{one[1:]},{other[1:]},Pay,{days_ago(-5)},,",
        ),
    })  # fmt: skip


def test_a_meeting_its_scores_and_its_promises_are_taken_back(officer: Person, partnership: Partnership) -> None:
    before, told = figures(partnership), standing(partnership)
    batch = brought("sheets", "new.zip", filled(partnership), officer)
    assert figures(partnership) != before
    undo(batch, officer)
    assert figures(partnership) == before
    assert standing(partnership) == told
    ended = [live_settlement(key) for key in db.session.scalars(select(Commitment.id))]
    assert [one.outcome for one in ended if one] == ["withdrawn", "withdrawn"]
    rebuild()
    assert figures(partnership) == before
    assert verify().problems == ()


def test_what_was_taken_back_can_be_brought_in_again_and_counts_once(
    officer: Person, partnership: Partnership
) -> None:
    content = filled(partnership)
    first = brought("sheets", "new.zip", content, officer)
    counted = figures(partnership)
    told = standing(partnership)
    undo(first, officer)
    again = brought("sheets", "new.zip", content, officer)
    assert standing(partnership) == told
    assert figures(partnership) == counted
    undo(again, officer)
    assert verify().problems == ()


def test_a_correction_that_a_file_brought_is_taken_back_to_the_version_before(
    officer: Person, partnership: Partnership
) -> None:
    before, told = figures(partnership), standing(partnership)
    changes = {"What happened": "It was quite otherwise.", "Reason for correction": "A slip."}
    batch = brought("sheet-interactions", "i.csv", edited(out("interactions"), changes), officer)
    assert standing(partnership) != told
    undo(batch, officer)
    assert standing(partnership) == told
    assert figures(partnership) == before
    versions = db.session.scalars(select(Interaction).order_by(Interaction.id)).all()
    assert [row.lasting_id for row in versions] == [versions[0].id] * 3
    assert verify().problems == ()


def test_scores_that_a_file_corrected_are_those_of_before_and_still_their_raters(
    officer: Person, partnership: Partnership
) -> None:
    before = figures(partnership)
    (rater,) = db.session.scalars(select(Reading.rated_by_id))
    from_them = csv_file(
        "Interaction id,Rater id,Rated id,Determinant,Score,Evidence",
        f"{db.session.scalars(select(Interaction.id)).one()},"
        f"{','.join(str(row.id) for row in partners_of(partnership))},Openness,1,Nobody answered",
    )
    batch = brought("sheet-readings", "r.csv", from_them, officer)
    assert figures(partnership) != before
    undo(batch, officer)
    assert figures(partnership) == before
    stands = select(Interaction.id).where(Interaction.superseded_at.is_(None))
    (reading,) = db.session.scalars(select(Reading).where(Reading.interaction_id.in_(stands)))
    assert (reading.score, reading.rated_by_id) == (4, rater)
    assert rater != officer.id


def test_an_answer_that_a_file_gave_to_a_promise_is_taken_back(officer: Person, partnership: Partnership) -> None:
    promised(officer, partnership, "Send the plan", 20, 10)
    db.session.commit()
    before = figures(partnership)
    answer = {"Outcome": "Broken", "Settled on": days_ago(2).isoformat()}
    batch = brought("sheet-commitments", "c.csv", edited(out("commitments"), answer), officer)
    assert figures(partnership) != before
    undo(batch, officer)
    assert figures(partnership) == before
    assert live_settlement(db.session.scalars(select(Commitment.id)).one()) is None
    assert verify().problems == ()


def test_an_answer_that_a_file_changed_is_the_one_of_before(officer: Person, partnership: Partnership) -> None:
    promised(officer, partnership, "Send the plan", 20, 10, "kept")
    db.session.commit()
    before = figures(partnership)
    answer = {"Outcome": "Broken", "Settled on": days_ago(2).isoformat(), "Note": "It was never sent."}
    batch = brought("sheet-commitments", "c.csv", edited(out("commitments"), answer), officer)
    assert figures(partnership) != before
    undo(batch, officer)
    found = live_settlement(db.session.scalars(select(Commitment.id)).one())
    assert found is not None
    assert (found.outcome, found.settled_on) == ("kept", days_ago(10))
    assert figures(partnership) == before
    assert verify().problems == ()


def test_a_meeting_that_was_corrected_since_keeps_its_batch(officer: Person, partnership: Partnership) -> None:
    batch = brought("sheets", "new.zip", filled(partnership), officer)
    logged = db.session.scalars(select(Interaction).where(Interaction.account == "It went badly.")).one()
    present = [Present(row.id) for row in partners_of(partnership)]
    happening = Happening("meeting", logged.held_on, "It went well.", present)
    correct_interaction(officer, partnership, logged, happening, "Another meeting was meant.")
    db.session.commit()
    told = standing(partnership)
    with pytest.raises(Refusal, match="was changed since"):
        undo(batch, officer)
    db.session.rollback()
    assert standing(partnership) == told


def test_a_promise_that_was_answered_since_keeps_its_batch(officer: Person, partnership: Partnership) -> None:
    batch = brought("sheets", "new.zip", filled(partnership), officer)
    promise = db.session.scalars(select(Commitment).where(Commitment.what == "Pay")).one()
    settle_commitment(officer, partnership, promise, "kept", settled_on=today())
    db.session.commit()
    with pytest.raises(Refusal, match="“Pay” is used since"):
        undo(batch, officer)


@pytest.mark.parametrize("entity", sorted({*ENDINGS, *PUT_BACK, *AS_BEFORE}))
def test_whatever_is_taken_back_is_told_in_words(entity: str) -> None:
    assert f"{entity}:undone" in WORDS_OF_ACTION


SHEETS = {
    "organisations": csv_file(
        "Id,Name,Sector,Kind,Identifiers", "a,Alder Council,Public,Council,GB-LAE ALD", "b,Birch Care,Private,Company,",
    ),
    "contacts": csv_file("Organisation id,Role,Email", "b,Manager,m@birch.example"),
    "partnerships": csv_file("Id,Name,Kind,Started on", "p,Home Care,Commissioning arrangement,1/4/2024"),
    "participations": csv_file("Partnership id,Organisation id,Role", "p,a,Commissioner", "p,b,Provider"),
    "interactions": csv_file(
        "Id,Partnership id,Kind,Held on,What happened,Present", "m,p,Meeting,2025-02-03,We met.,Alder Council"
    ),
}  # fmt: skip


def alive() -> dict[str, int]:
    """Return how many records of each sort have not ended."""
    db.session.expire_all()
    ends = (
        (Organisation, Organisation.closed_on), (Contact, Contact.left_on), (Partnership, Partnership.closed_on),
        (Participation, Participation.left_on), (Interaction, Interaction.superseded_at),
    )  # fmt: skip
    return {one.__name__: len(db.session.scalars(select(one.id).where(end.is_(None))).all()) for one, end in ends}


def test_rows_that_were_undone_can_be_brought_in_again_by_name_and_by_number(app: Flask) -> None:
    officer = a_person()
    content = zipped(SHEETS)
    first = brought("sheets", "new.zip", content, officer)
    told = alive()
    assert told == {"Organisation": 2, "Contact": 1, "Partnership": 1, "Participation": 2, "Interaction": 1}
    undo(first, officer)
    assert not any(alive().values())
    again = brought("sheets", "new.zip", content, officer)
    assert alive() == told
    counts = json.loads(again.counts)
    assert [counts[noun]["skipped"] for noun in ("organisations", "partnerships")] == [0, 0]
    assert (counts["organisations"]["updated"], counts["partnerships"]["updated"]) == (2, 1)
    kind = IMPORT_BY_KEY["sheets"]
    errand = Errand(officer.actor, Choices(), officer)
    read = read_upload(kind, Upload("new.zip", content), errand.choices)
    assert keep(kind, read, errand, Upload("new.zip", content)) is None
    undo(again, officer)
    assert not any(alive().values())
    assert verify().problems == ()


def test_only_whoever_undid_an_import_brings_its_partnerships_back(app: Flask) -> None:
    officer, other = a_person(), a_person()
    undo(brought("sheets", "new.zip", zipped(SHEETS), officer), officer)
    only = {"partnerships": SHEETS["partnerships"]}
    kind, upload = IMPORT_BY_KEY["sheets"], Upload("new.zip", zipped(only))
    errand = Errand(other.actor, Choices(), other)
    assert keep(kind, read_upload(kind, upload, errand.choices), errand, upload) is None
    assert alive()["Partnership"] == 0
    assert errand.summary.partnerships.skipped == 1


def test_a_namesake_that_somebody_ended_stays_ended(app: Flask) -> None:
    officer = a_person()
    body = an_organisation("Birch Care")
    close_organisation(officer.actor, body, today())
    db.session.commit()
    kind, upload = IMPORT_BY_KEY["sheets"], Upload("o.zip", zipped({"organisations": SHEETS["organisations"]}))
    errand = Errand(officer.actor, Choices(), officer)
    keep(kind, read_upload(kind, upload, errand.choices), errand, upload)
    assert body.closed_on == today()
    assert errand.summary.organisations.skipped == 1
