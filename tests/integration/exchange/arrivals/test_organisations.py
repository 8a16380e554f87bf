"""Councils from a file, in the register."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.clock import pretending
from register.database import db
from register.exchange.arrivals.organisations import bring_councils
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.outcomes import Summary, Tally
from register.exchange.imports import IMPORT_BY_KEY
from register.exchange.imports import bring as bring_kind
from register.exchange.readers.councils import read_councils
from register.exchange.reading.uploads import Upload
from register.history.lookups import entries_of
from register.history.models import HistoryEntry
from register.partnerships.organisation_changes import edit_organisation, organisation_with, reopen_organisation
from register.partnerships.organisation_models import (
    Organisation,
    OrganisationAlias,
    OrganisationMembership,
    OrganisationSuccessor,
)
from register.refusals import Refusal
from tests.factories import an_organisation

CONTENT = (Path(__file__).parents[3] / "fixtures" / "exchange" / "councils.csv").read_text(encoding="utf-8")
HEADER = (
    "local-authority-code,official-name,nice-name,nation,end-date,replaced-by,gss-code,combined-authority,alt-names\n"
)
BIRCH = "QXB,Birch Council,Birch,England,,,,,\n"


def bring(content: str = CONTENT) -> Summary:
    errand = Errand("register")
    reading = read_councils(Upload("councils.csv", content.encode()))
    reading.findings.refuse()
    bring_kind(IMPORT_BY_KEY["councils"], reading, errand, "councils.csv")
    db.session.commit()
    return errand.summary


def council(code: str, scheme: str = "GB-LAE") -> Organisation:
    found = organisation_with(scheme, code)
    assert found is not None
    return found


def other_names(organisation: Organisation) -> dict[str, bool]:
    asked = select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation.id)
    return {alias.name: alias.is_withdrawn for alias in db.session.scalars(asked)}


def successors(organisation: Organisation) -> set[str]:
    asked = (
        select(Organisation.short_name)
        .join(OrganisationSuccessor, OrganisationSuccessor.successor_id == Organisation.id)
        .where(OrganisationSuccessor.organisation_id == organisation.id)
    )
    return {name for name in db.session.scalars(asked) if name}


def test_a_file_is_kept_whole_with_its_ties(app: Flask) -> None:
    steps: list[int] = []
    errand = Errand("register", step=lambda: steps.append(1))
    bring_councils(errand, read_councils(Upload("councils.csv", CONTENT.encode())))
    summary = errand.summary
    assert summary.organisations == Tally(created=12)
    assert summary.partnerships == Tally()
    assert len(steps) == 12
    kestrel = council("QXK")
    assert (kestrel.name, kestrel.short_name, kestrel.place) == ("Kestrel District Council", "Kestrel", "South East")
    assert other_names(kestrel) == {"kestrel district": False}
    assert organisation_with("GB-GSS", "E07900099") is kestrel
    assert db.session.scalar(select(func.count()).select_from(OrganisationMembership)) == 5


def test_ended_councils_are_closed_with_their_successors(app: Flask) -> None:
    bring()
    gorse = council("QXG")
    assert gorse.closed_on == date(2023, 4, 1)
    assert successors(gorse) == {"Eastmere", "Fellside"}
    assert successors(council("QXI-A", "GB-LANI")) == set()
    assert not council("QXE").is_closed


def test_the_same_file_again_changes_nothing(app: Flask) -> None:
    bring()
    before = db.session.scalar(select(func.count()).select_from(HistoryEntry))
    assert bring().organisations == Tally(unchanged=12)
    assert db.session.scalar(select(func.count()).select_from(HistoryEntry)) == before


def test_every_organisation_has_its_history(app: Flask) -> None:
    bring()
    assert [entry.action for entry in entries_of("organisation", council("QXG").id)] == ["organisation:added"]


def test_a_council_is_known_by_any_of_its_identifiers(app: Flask) -> None:
    mine = an_organisation("Kestrel DC", identifiers=[("GB-GSS", "E07900011")])
    summary = bring()
    assert (summary.organisations.created, summary.organisations.updated) == (11, 1)
    assert council("QXK") is mine
    assert mine.name == "Kestrel District Council"
    assert other_names(mine) == {"Kestrel DC": False, "kestrel district": False}


def test_a_council_is_never_known_by_its_name_alone_and_the_file_says_so(app: Flask) -> None:
    mine = an_organisation("The Kestrel District Council")
    summary = bring()
    assert summary.organisations.created == 12
    assert council("QXK") is not mine
    assert [note for note in summary.notes if f"organisation {mine.id} has this name" in note] != []


def test_a_council_that_ended_since_is_closed_in_a_later_file(app: Flask) -> None:
    bring(HEADER + "QXA,Alder Council,Alder,England,,,,,\n")
    summary = bring(HEADER + "QXA,Alder Council,Alder,England,2024-04-01,QXB,,,\n" + BIRCH)
    assert summary.organisations == Tally(created=1, updated=1)
    alder = council("QXA")
    assert (alder.closed_on, successors(alder)) == (date(2024, 4, 1), {"Birch"})
    actions = [entry.action for entry in entries_of("organisation", alder.id)]
    assert actions == ["organisation:added", "organisation:closed"]


def test_an_end_day_that_was_wrong_is_put_right(app: Flask) -> None:
    bring(HEADER + "QXA,Alder Council,Alder,England,2024-04-01,,,,\n")
    assert bring(HEADER + "QXA,Alder Council,Alder,England,2024-03-31,,,,\n").organisations == Tally(updated=1)
    assert council("QXA").closed_on == date(2024, 3, 31)


def test_an_end_still_to_come_is_noted_until_it_has_come(app: Flask) -> None:
    content = HEADER + "QXA,Alder Council,Alder,England,2028-04-01,QXB,,,\n" + BIRCH
    with pretending(datetime(2026, 11, 23, tzinfo=UTC)):
        first, second = bring(content), bring(content)
        assert not council("QXA").is_closed
    assert (first.organisations, second.organisations) == (Tally(created=2), Tally(unchanged=2))
    assert "the end is still to come" in first.notes[0]
    with pretending(datetime(2028, 4, 1, 12, tzinfo=UTC)):
        assert bring(content).organisations == Tally(updated=1, unchanged=1)
        assert successors(council("QXA")) == {"Birch"}


def test_what_people_set_and_a_file_leaves_blank_stays(app: Flask) -> None:
    bring(HEADER + "QXA,Alder Council,Alder,England,,,,,\n")
    edit_organisation("register", council("QXA"), {"kind": "other", "opened_on": date(1974, 4, 1)})
    assert bring(HEADER + "QXA,Alder Council,,England,,,,,\n").organisations == Tally(unchanged=1)
    assert (council("QXA").kind, council("QXA").short_name) == ("other", "Alder")
    assert council("QXA").opened_on == date(1974, 4, 1)


def test_another_name_that_somebody_withdrew_is_not_brought_back(app: Flask) -> None:
    content = HEADER + 'QXA,Alder Council,Alder,England,,,,,"Alder,Alder MBC"\n'
    bring(content)
    edit_organisation("register", council("QXA"), {}, aliases=[])
    assert bring(content).organisations == Tally(unchanged=1)
    assert other_names(council("QXA")) == {"Alder MBC": True}


def test_a_name_changed_here_on_purpose_stays_when_the_old_one_is_kept_as_another_name(app: Flask) -> None:
    content = HEADER + "QXA,Alder Council,Alder,England,,,,,\n"
    bring(content)
    edit_organisation("register", council("QXA"), {"name": "Alder City Council"}, aliases=["Alder Council"])
    assert bring(content).organisations == Tally(unchanged=1)
    assert council("QXA").name == "Alder City Council"


def test_a_council_opened_again_here_is_closed_again_by_the_file(app: Flask) -> None:
    content = HEADER + "QXA,Alder Council,Alder,England,2024-04-01,,,,\n"
    bring(content)
    reopen_organisation("register", council("QXA"), "A slip")
    assert bring(content).organisations == Tally(updated=1)
    assert council("QXA").is_closed


def test_a_code_nobody_has_is_noted_and_the_tie_left_out(app: Flask) -> None:
    summary = bring(HEADER + "QXA,Alder Council,Alder,England,2024-04-01,QXZ,,QXY,\n")
    assert successors(council("QXA")) == set()
    assert [note.split(": ")[0] for note in summary.notes] == [
        'Row 2, column replaced-by, "QXZ"',
        'Row 2, column combined-authority, "QXY"',
        'Row 2, "GB-LAE QXZ"',
        'Row 2, "GB-LAE QXY"',
    ]


def test_a_tie_to_a_council_that_only_the_register_has_is_kept(app: Flask) -> None:
    an_organisation("Dunmarsh Combined Authority", short_name="Dunmarsh", identifiers=[("GB-LAE", "QXD")])
    bring(HEADER + "QXA,Alder Council,Alder,England,2024-04-01,QXD,,,\n")
    assert successors(council("QXA")) == {"Dunmarsh"}


def test_a_row_whose_codes_belong_to_two_organisations_refuses_the_file(app: Flask) -> None:
    an_organisation("One", identifiers=[("GB-LAE", "QXA")])
    an_organisation("Other", identifiers=[("GB-GSS", "E06900001")])
    with pytest.raises(Refusal) as caught:
        bring(HEADER + "QXA,Alder Council,Alder,England,,,E06900001,,\n")
    assert caught.value.message.splitlines() == [
        "councils.csv has 1 problem, and nothing of it was kept.",
        'Row 2, "Alder Council": the register has GB-LAE QXA and GB-GSS E06900001 at 2 different organisations.',
    ]


def test_a_row_that_the_register_refuses_is_named(app: Flask) -> None:
    bring(HEADER + "QXA,Alder Council,Alder,England,,,,,\n")
    edit_organisation("register", council("QXA"), {"opened_on": date(2025, 1, 1)})
    db.session.commit()
    with pytest.raises(Refusal, match='Row 2, "Alder Council": The day it closed must be after the day it opened'):
        bring(HEADER + "QXA,Alder Council,Alder,England,2024-04-01,,,,\n")
    db.session.rollback()
    assert not council("QXA").is_closed


def test_a_file_with_problems_is_refused_before_anything_is_written(app: Flask) -> None:
    with pytest.raises(Refusal, match=r"councils\.csv has 1 problem"):
        bring(HEADER + "QXA,,Alder,England,,,,,\n" + BIRCH)
    assert organisation_with("GB-LAE", "QXB") is None
