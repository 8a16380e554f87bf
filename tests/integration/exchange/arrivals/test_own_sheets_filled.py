"""Our own sheets filled in by people: new rows know one another, and what cannot be kept is said with its place."""


import pytest
from flask import Flask
from sqlalchemy import func, select

from register.database import db
from register.exchange.matching.merge_changes import merge_organisations
from register.history.verification import verify
from register.interactions.models import Commitment, Interaction, Reading, Settlement
from register.partnerships.changes import edit_partnership
from register.partnerships.deal_changes import current_deal
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from tests.factories import a_person, an_organisation, partners_of
from tests.fixtures.sheets import HOSTILE, a_hostile_register, back, csv_file, edited, out, told, zipped

NEW = {
    "organisations": csv_file(
        "Id,Name,Sector,Kind,Identifiers,Part of id,Successors,Closed on",
        "a,Alder Council,Public,Council,GB-LAE ALD,,,",
        "b,Birch Care,Private,Company,GB-COH 1234567,,,", "c,Alder Roads,Public,council_unit,,a,,",
        "d,Old Alder,Public,Council,,,Alder Council,2020-01-01",
    ),
    "contacts": csv_file("Organisation,Role,Email", "Birch Care,Manager,m@birch.example"),
    "partnerships": csv_file(
        "Id,Name,Kind,Started on,Restricted", "p,Home Care,Commissioning arrangement,1/4/2024,yes",
    ),
    "participations": csv_file("Partnership id,Organisation id,Role", "p,a,Commissioner", "p,b,Provider"),
    "deals": csv_file("Partnership,Value,Value is,Documents in place", "Home Care,1200.5,a year,Exit arrangement"),
    "contributions": csv_file("Partnership id,Organisation,Money", "p,Alder Council,1200.50"),
    "interactions": csv_file(
        "Id,Partnership id,Kind,Held on,What happened,Present",
        "m,p,Meeting,2025-02-03,We met.,Alder Council; Birch Care",
        "n,p,Call,2025-02-04,We rang.,Alder Council",
    ),
    "readings": csv_file(
        "Interaction id,Rater id,Rated,Determinant,Score", "m,a,Birch Care,Openness,4", "m,a,Birch Care,Ability,5",
    ),
    "commitments": csv_file(
        "Partnership id,Interaction id,Promised by,Promised to,What,Due on,Outcome,Settled on",
        "p,m,Birch Care,Alder Council,More visits,2025-03-01,Kept,2025-02-20",
    ),
}  # fmt: skip


def test_new_rows_refer_to_one_another_by_their_own_keys_and_names(app: Flask) -> None:
    officer = a_person()
    summary = back("sheets", "new.zip", zipped(NEW), officer)
    assert summary.problems == []
    assert told(summary, "created") == 15
    partnership = db.session.scalars(select(Partnership)).one()
    assert (partnership.is_restricted, str(partnership.started_on)) == (True, "2024-04-01")
    assert [one.name for one in partners_of(partnership)] == ["Alder Council", "Birch Care"]
    deal = current_deal(partnership.id)
    assert deal
    assert (deal.value_pence, deal.documents) == (120_050, "exit")
    assert db.session.scalar(select(func.count(Reading.id))) == 2
    assert db.session.scalars(select(Settlement.outcome)).one() == "kept"
    assert db.session.scalars(select(Organisation.parent_id).where(Organisation.name == "Alder Roads")).one()
    db.session.expire_all()
    assert verify().problems == ()


def test_the_same_new_rows_again_make_nothing(app: Flask) -> None:
    officer = a_person()
    back("sheets", "new.zip", zipped(NEW), officer)
    first = out("csv")
    summary = back("sheets", "new.zip", zipped(NEW), officer)
    assert summary.problems == []
    assert told(summary, "created") == told(summary, "updated") == 0
    assert out("csv") == first


def test_what_a_person_may_not_touch_is_refused_and_a_hidden_one_is_not_there(app: Flask) -> None:
    _, partnership = a_hostile_register()
    outside = a_person()
    changed = edited(out("partnerships"), {"Theme": "Transport and highways"})
    summary = back("sheet-partnerships", "p.csv", changed, outside)
    assert "somebody else looks after it" in summary.problems[0].reason
    logged = csv_file(
        "Partnership id,Kind,Held on,What happened,Present",
        f"{partnership.id},Meeting,2025-02-03,x,#{partners_of(partnership)[0].id}",
    )
    assert "Only an officer" in back("sheet-interactions", "i.csv", logged, outside).problems[0].reason
    edit_partnership("register", partnership, {"is_restricted": True})
    db.session.commit()
    assert "no record with this number" in back("sheet-partnerships", "p.csv", changed, outside).problems[0].reason
    assert "no partnership with the number" in back("sheet-interactions", "i.csv", logged, outside).problems[0].reason
    by_name = csv_file("Partnership,Organisation id,Role", f"{HOSTILE[5]},1,Partner")
    assert "No partnership has the name" in back("sheet-participations", "p.csv", by_name, outside).problems[0].reason


@pytest.mark.parametrize(
    ("sheet", "content", "reason"),
    [
        ("organisations", csv_file("Name,Sector,Kind", "Alder,publik,Council"), 'Row 2, column Sector, "publik": this'),
        ("organisations", csv_file("Name,Sector", "Alder,Public"), "Row 2, column Kind: A new row needs Kind"),
        ("organisations", csv_file("Name", "Alder"), "A new row needs Sector, such as Public"),
        ("organisations", csv_file("Id,Name", "999,Alder"), "no record with this number"),
        ("organisations", csv_file("Id,Name", "a,Alder", "a,Birch"), "row 2 has this already"),
        ("organisations", csv_file("Foo,Bar", "1,2"), "which; the file begins with Foo, Bar"),
        ("contacts", csv_file("Organisation,Role", "Nowhere,Clerk"), "No organisation has the name Nowhere"),
        ("contacts", csv_file("Organisation id,Role", "zz,Clerk"), "No row of the sheet organisations"),
        ("partnerships", csv_file("Name,Kind,Lead officer", "P,internal,no@x.example"), "no officer with the address"),
        ("deals", csv_file("Partnership id,Value", "1.5,2"), "No row of the sheet partnerships"),
        ("interactions", csv_file("Kind,Held on,What happened,Present", "Call,2025-01-01,x,y"), "exact name"),
        ("readings", csv_file("Interaction id,Rater id,Determinant,Score", "zz,1,Openness,4"), "no row of the sheet"),
        ("readings", csv_file("Interaction id,Rater id,Determinant,Score", "99,1,Openness,4"), "no interaction with"),
        ("commitments", csv_file("Partnership,What,Due on", "\x01,x,2025-01-01"), "control character"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_place_and_what_to_do(
    app: Flask, sheet: str, content: bytes, reason: str
) -> None:
    officer = a_person()
    an_organisation("Already here, so that numbers are ours")
    said = [one.sentence() for one in back(f"sheet-{sheet}", f"{sheet}.csv", content, officer).problems]
    assert any(reason in one for one in said), said


def test_a_name_alone_never_makes_one_organisation_of_two(app: Flask) -> None:
    officer, had = a_person(), an_organisation("Alder")
    content = csv_file("Id,Name,Sector,Kind,Place", "a,alder,Private,Company,Elsewhere")
    summary = back("sheet-organisations", "o.csv", content, officer)
    assert summary.organisations.skipped == 1
    assert (had.sector, had.place) == ("public", None)


def test_modes_add_only_or_change_only(app: Flask) -> None:
    officer, _ = a_hostile_register()
    changed = edited(out("organisations"), {"Place": "Northwick"}) + b",New,,,Public,Council,,,,,,,,\r\n"
    assert told(back("sheet-organisations", "o.csv", changed, officer, mode="create"), "updated") == 0
    db.session.expire_all()
    newer = changed + b",Newer,,,Public,Council,,,,,,,,\r\n"
    summary = back("sheet-organisations", "o.csv", newer, officer, mode="update")
    assert (summary.organisations.updated, summary.organisations.created) == (1, 0)


def test_a_changed_interaction_is_a_correction_with_its_reason(app: Flask) -> None:
    officer, _ = a_hostile_register()
    content = edited(out("interactions"), {"What happened": "So it was.", "Reason for correction": "A slip."})
    back("sheet-interactions", "i.csv", content, officer)
    stands = db.session.scalars(select(Interaction).where(Interaction.superseded_at.is_(None))).one()
    assert (stands.account, stands.correction_reason) == ("So it was.", "A slip.")
    assert db.session.scalar(select(func.count(Interaction.id))) == 2
    back("sheet-readings", "r.csv", edited(out("readings"), {"Score": "-"}), officer)
    stands = db.session.scalars(select(Interaction).where(Interaction.superseded_at.is_(None))).one()
    assert db.session.scalar(select(func.count(Reading.id)).where(Reading.interaction_id == stands.id)) == 0


def test_a_promise_is_not_rewritten(app: Flask) -> None:
    officer, _ = a_hostile_register()
    summary = back("sheet-commitments", "c.csv", edited(out("commitments"), {"What": "Another"}), officer)
    assert "not rewritten" in summary.problems[0].reason
    assert db.session.scalar(select(func.count(Commitment.id))) == 1


def test_one_refused_row_leaves_the_others_when_rows_are_kept_one_by_one(app: Flask) -> None:
    officer = a_person()
    an_organisation("Birch")
    content = csv_file("Organisation,Role", "Birch,Clerk", "Nowhere,Clerk", "Birch,Driver")
    summary = back("sheet-contacts", "c.csv", content, officer, row_by_row=True)
    assert (summary.tallies["contacts"].created, summary.tallies["contacts"].refused) == (2, 1)
    assert db.session.scalar(select(func.count(Contact.id))) == 2


def test_a_sheet_that_was_taken_out_before_a_merge_means_the_organisation_that_was_kept(app: Flask) -> None:
    officer = a_person()
    kept, merged = an_organisation("Mill Hub"), an_organisation("Mill Hub Ltd")
    merge_organisations(officer, kept, merged, "One charity number.")
    rows = (f"{merged.id},,Manager,m@x.example", ",Mill Hub Ltd,Clerk,")
    summary = back("sheet-contacts", "c.csv", csv_file("Organisation id,Organisation,Role,Email", *rows), officer)
    assert summary.problems == []
    assert set(db.session.scalars(select(Contact.organisation_id))) == {kept.id}


def test_two_rows_about_one_organisation_may_add_numbers_and_not_contradict(app: Flask) -> None:
    officer = a_person()
    header = "Name,Sector,Kind,Identifiers"
    alder = "Alder,Voluntary,Charity,GB-CHC 1000001"
    numbered, birch = f"{alder}; GB-SC SC000001", alder.replace("Alder", "Birch")
    for rows in ((alder,), (alder, numbered)):
        assert back("sheet-organisations", "a.csv", csv_file(header, *rows), officer).problems == []
    (problem,) = back("sheet-organisations", "c.csv", csv_file(header, alder, birch), officer).problems
    assert 'Row 3, column Name, "Birch": Row 2 is the same record' in problem.sentence()


def test_a_cell_of_several_is_told_as_it_is_written(app: Flask) -> None:
    first, second = "Birch,Voluntary,Charity,GB-CHC 1000002", "Cedar,Voluntary,Charity,GB-SC SC000002; GB-CHC 1000002"
    both = csv_file("Name,Sector,Kind,Identifiers", first, second)
    (problem,) = back("sheet-organisations", "d.csv", both, a_person()).problems
    assert 'column Identifiers, "GB-SC SC000002; GB-CHC 1000002"' in problem.sentence()
