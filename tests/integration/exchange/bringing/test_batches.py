"""What was brought in is kept as a batch, and can be undone while nobody touched its records."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.exchange.bringing.batch_lookups import batch_of, batches_of, chosen_before
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.outcomes import Tally
from register.exchange.bringing.undo_changes import undo_batch
from register.exchange.imports import IMPORT_BY_KEY, keep, read_upload
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.partnerships.changes import edit_partnership
from register.partnerships.deal_changes import current_deal
from register.partnerships.lookups import all_participations, members
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership, PartnershipIdentifier
from register.partnerships.organisation_changes import edit_organisation, organisation_with
from register.partnerships.organisation_models import Organisation
from register.refusals import Refusal
from register.trust.changes import set_restriction
from tests.factories import a_partnership, a_person, an_organisation

FIXTURES = Path(__file__).parents[3] / "fixtures" / "exchange"
COUNCILS, PACKAGE = ((FIXTURES / name).read_bytes() for name in ("councils.csv", "release_package.json"))
HEADER = b"local-authority-code,official-name,nice-name,nation,end-date\n"
ONE = HEADER + b"QXA,Alder Council,Alder,England,\n"


def bring(
    content: bytes, person: Person | None = None, kind: str = "councils", choices: Choices | None = None
) -> tuple[Errand, ImportBatch | None]:
    db.session.commit()
    upload = Upload("councils.csv" if kind == "councils" else "package.json", content)
    errand = Errand(person.actor if person else "register", choices or Choices(), person)
    reading = read_upload(IMPORT_BY_KEY[kind], upload, errand.choices)
    batch = keep(IMPORT_BY_KEY[kind], reading, errand, upload)
    db.session.commit()
    return errand, batch


def brought(content: bytes, person: Person | None = None, kind: str = "councils") -> ImportBatch:
    batch = bring(content, person, kind)[1]
    assert batch is not None
    return batch


def undo(batch: ImportBatch, person: Person | None = None) -> None:
    undo_batch(person.actor if person else "register", batch, person)
    db.session.commit()


def council(code: str) -> Organisation:
    found = organisation_with("GB-LAE", code)
    assert found is not None
    return found


def partnerships() -> list[Partnership]:
    return list(db.session.scalars(select(Partnership).order_by(Partnership.id)))


def test_a_batch_says_who_what_and_how(app: Flask) -> None:
    officer = a_person()
    errand, batch = bring(ONE, officer, choices=Choices(columns={"official-name": "Official Name"}, mode="create"))
    assert batch is not None
    assert (batch.kind, batch.person_id, batch.file_name) == ("councils", officer.id, "councils.csv")
    assert batch.file_sha256 == sha256(ONE).hexdigest()
    assert json.loads(batch.choices) == {"columns": {"official-name": "Official Name"}, "mode": "create"}
    assert json.loads(batch.counts) == errand.summary.counts()
    between = HistoryEntry.sequence.between(batch.first_entry, batch.last_entry)
    assert set(db.session.scalars(select(HistoryEntry.entity).where(between))) == {
        "organisation",
        "organisation_identifier",
    }
    assert list(batches_of(officer)) == [batch]
    assert batch_of(a_person(), batch.id) is None


def test_columns_are_remembered_for_files_with_the_same_titles(app: Flask) -> None:
    officer = a_person()
    batch = bring(ONE, officer, choices=Choices(columns={"region": ""}))[1]
    assert batch is not None
    assert batch.header is not None
    assert chosen_before(officer, "councils", batch.header).columns == {"region": ""}
    assert chosen_before(officer, "ocds", batch.header).columns == {}
    assert chosen_before(a_person(), "councils", batch.header).columns == {}


def test_a_file_that_changes_nothing_leaves_no_batch(app: Flask) -> None:
    brought(COUNCILS)
    entries = db.session.scalar(select(func.count(HistoryEntry.sequence)))
    assert bring(COUNCILS)[1] is None
    assert db.session.scalar(select(func.count(HistoryEntry.sequence))) == entries


def test_what_a_batch_made_is_ended_and_what_it_changed_is_as_before(app: Flask) -> None:
    first = brought(ONE)
    changed = brought(HEADER + b"QXA,Alder City Council,Alder,England,\nQXB,Birch Council,Birch,England,\n")
    undo(changed)
    assert council("QXA").name == "Alder Council"
    assert not council("QXA").is_closed
    assert council("QXB").closed_on == today()
    assert changed.is_undone
    assert not first.is_undone
    assert verify().problems == ()


def test_what_was_undone_can_be_brought_in_again(app: Flask) -> None:
    undo(brought(PACKAGE, kind="ocds"))
    assert all(one.is_closed for one in partnerships())
    assert all(one.left_on for partnership in partnerships() for one in all_participations(partnership.id))
    errand, batch = bring(PACKAGE, kind="ocds")
    assert errand.summary.partnerships == Tally(updated=6, skipped=3)
    assert not any(one.is_closed for one in partnerships())
    assert not any(one.left_on for partnership in partnerships() for one in all_participations(partnership.id))
    assert bring(PACKAGE, kind="ocds")[1] is None
    assert batch is not None
    undo(batch)
    assert all(one.is_closed for one in partnerships())
    assert verify().problems == ()


def test_the_deal_is_revised_back(app: Flask) -> None:
    brought(PACKAGE, kind="ocds")
    package = json.loads(PACKAGE)
    package["releases"][0]["awards"][0]["value"]["amount"] = 5
    before = current_deal(partnerships()[0].id)
    assert before is not None
    undo(brought(json.dumps(package).encode(), kind="ocds"))
    after = current_deal(partnerships()[0].id)
    assert after is not None
    assert after.value_pence == before.value_pence != 500
    assert after.revision == before.revision + 2


def test_a_batch_is_undone_once(app: Flask) -> None:
    batch = brought(ONE)
    undo(batch)
    with pytest.raises(Refusal, match="undone already"):
        undo(batch)


def test_a_record_that_was_changed_since_keeps_its_batch(app: Flask) -> None:
    batch = brought(COUNCILS)
    edit_organisation("register", council("QXE"), {"place": "Elsewhere"})
    db.session.commit()
    with pytest.raises(Refusal) as caught:
        undo(batch)
    assert caught.value.message.splitlines()[1:] == [f"Organisation “{council('QXE').name}” was changed since."]
    assert not council("QXK").is_closed


def test_a_record_that_others_hang_on_keeps_its_batch(app: Flask) -> None:
    officer = a_person()
    batch = brought(ONE, officer)
    a_partnership([council("QXA"), an_organisation()], {officer: "lead"})
    db.session.commit()
    with pytest.raises(Refusal, match="“Alder Council” is used since: participation"):
        undo(batch, officer)


def test_what_hangs_on_a_hidden_partnership_is_not_there(app: Flask) -> None:
    officer, other = a_person(), a_person()
    batch = brought(ONE, officer)
    a_partnership([council("QXA"), an_organisation()], {other: "lead"}, is_restricted=True)
    db.session.commit()
    undo(batch, officer)
    assert council("QXA").is_closed


def test_partnerships_that_one_looks_after_no_more_are_left_as_they_are(app: Flask) -> None:
    officer, other = a_person(), a_person()
    batch = brought(PACKAGE, officer, "ocds")
    first = partnerships()[0]
    (member,) = members(first.id)
    set_member("register", first, other.id, "lead")
    set_member("register", first, officer.id, "officer")
    db.session.commit()
    with pytest.raises(Refusal, match="was changed since"):
        undo(batch, officer)
    assert member.person_id == officer.id


def test_an_import_touches_only_what_its_person_may_edit(app: Flask) -> None:
    lead, other = a_person(), a_person()
    brought(PACKAGE, lead, "ocds")
    errand, batch = bring(PACKAGE, other, "ocds")
    assert errand.summary.partnerships == Tally(skipped=6 + 3)
    assert errand.summary.reasons["in the register already, and somebody else looks after it"] == 6
    assert batch is None


def test_a_hidden_partnership_is_not_there_for_an_import(app: Flask) -> None:
    lead, other = a_person(), a_person()
    brought(PACKAGE, lead, "ocds")
    hidden = partnerships()[0]
    set_restriction("register", hidden, is_restricted=True, reason="Delicate.")
    db.session.commit()
    errand, _ = bring(PACKAGE, other, "ocds")
    assert errand.summary.partnerships == Tally(created=1, skipped=5 + 3)
    both = PartnershipIdentifier.partnership_id.in_([hidden.id, partnerships()[-1].id])
    carried = db.session.scalars(select(PartnershipIdentifier.value).where(both)).all()
    assert len(carried) == 2
    assert len(set(carried)) == 1
    assert bring(PACKAGE, other, "ocds")[0].summary.partnerships == Tally(unchanged=1, skipped=5 + 3)


def test_modes_add_or_update_alone(app: Flask) -> None:
    brought(ONE)
    both = HEADER + b"QXA,Alder City Council,Alder,England,\nQXB,Birch Council,Birch,England,\n"
    only_new = bring(both, choices=Choices(mode="create"))[0].summary
    assert only_new.organisations == Tally(created=1, unchanged=1)
    assert council("QXA").name == "Alder Council"
    more = both + b"QXC,Cedar Council,Cedar,England,\n"
    only_old = bring(more, choices=Choices(mode="update"))[0].summary
    assert only_old.organisations == Tally(updated=1, unchanged=1, skipped=1)
    assert council("QXA").name == "Alder City Council"
    (line,) = only_old.of("changed")
    assert [tuple(vars(change).values()) for change in line.fields] == [
        ("Name", "Alder Council", "Alder City Council"),
        ("Organisation alias: Name", "", "Alder Council"),
    ]


def test_row_by_row_keeps_the_rows_that_can_be_kept(app: Flask) -> None:
    brought(ONE)
    edit_organisation("register", council("QXA"), {"opened_on": today()})
    db.session.commit()
    content = HEADER + b"QXA,Alder Council,Alder,England,2020-01-01\nQXB,,Birch,England,\nQXC,Cedar,,England,\n"
    with pytest.raises(Refusal, match="2 problems"):
        bring(content)
    db.session.rollback()
    summary = bring(content, choices=Choices(row_by_row=True))[0].summary
    assert summary.organisations == Tally(created=1, refused=2)
    assert [problem.row for problem in summary.problems] == [2, 3]
    assert council("QXA").closed_on is None
    assert verify().problems == ()


def test_a_partnership_edited_since_names_itself(app: Flask) -> None:
    officer = a_person()
    batch = brought(PACKAGE, officer, "ocds")
    edit_partnership(officer.actor, partnerships()[2], {"senior_owner": "Somebody"})
    db.session.commit()
    with pytest.raises(Refusal) as caught:
        undo(batch, officer)
    assert caught.value.message.splitlines()[1:] == [f"Partnership “{partnerships()[2].name}” was changed since."]
