"""Contracts from a file, in the register."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from register.database import db
from register.exchange.arrivals.arrangements import active_officers, bring_arrangements
from register.exchange.bringing.errands import Errand
from register.exchange.bringing.outcomes import Summary, Tally
from register.exchange.imports import IMPORT_BY_KEY
from register.exchange.imports import bring as bring_kind
from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.history.models import HistoryEntry
from register.interactions.changes import Happening, Present, log_interaction
from register.partnerships.changes import close_partnership, edit_participation, edit_partnership
from register.partnerships.deal_changes import current_deal, revise_deal
from register.partnerships.lookups import all_participations, deal_revisions, members
from register.partnerships.models import Partnership, PartnershipIdentifier
from register.partnerships.organisation_changes import edit_organisation, organisation_with
from register.partnerships.organisation_models import Organisation
from register.partnerships.visibility import may
from register.refusals import Refusal
from tests.factories import a_person, an_organisation

CONTENT = (Path(__file__).parents[3] / "fixtures" / "exchange" / "release_package.json").read_text(encoding="utf-8")
Edit = Callable[[list[dict[str, Any]]], object]


def bring(content: str = CONTENT, leads: Sequence[int] = ()) -> Summary:
    errand = Errand("register", Choices(leads=tuple(leads)))
    reading = read_contracts(Upload("package.json", content.encode()))
    reading.findings.refuse()
    bring_kind(IMPORT_BY_KEY["ocds"], reading, errand, "package.json")
    summary = errand.summary
    db.session.commit()
    return summary


def changed(edit: Edit) -> str:
    package = json.loads(CONTENT)
    edit(package["releases"])
    return json.dumps(package)


def arrangement(process: str) -> Partnership:
    found = db.session.scalar(
        select(Partnership)
        .join(PartnershipIdentifier, PartnershipIdentifier.partnership_id == Partnership.id)
        .where(PartnershipIdentifier.scheme == "OCID", PartnershipIdentifier.value == f"ocds-zzzzzz-{process}")
    )
    assert found is not None
    return found


def parts(process: str) -> list[tuple[str, str]]:
    return [(row.role, row.organisation.name) for row in all_participations(arrangement(process).id)]


def count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_each_process_with_an_award_becomes_a_commissioning_arrangement(app: Flask) -> None:
    steps: list[int] = []
    errand = Errand("register", step=lambda: steps.append(1))
    bring_arrangements(errand, read_contracts(Upload("package.json", CONTENT.encode())))
    summary = errand.summary
    assert summary.partnerships == Tally(created=6, skipped=3)
    assert summary.organisations == Tally(created=8)
    assert dict(summary.reasons) == {"release without an award": 3}
    assert len(steps) == 14
    parking = arrangement("0001")
    assert (parking.name, parking.kind, parking.stage) == ("Parking pilot", "commissioning", "running")
    assert (parking.started_on, parking.ends_on) == (date(2025, 1, 23), date(2025, 4, 23))
    assert parts("0001") == [("commissioner", "London Borough of Merle"), ("provider", "Birch Parking Ltd")]


def test_the_award_becomes_the_deal(app: Flask) -> None:
    bring()
    deal = current_deal(arrangement("0001").id)
    assert deal is not None
    assert (deal.reference, deal.legal_form, deal.agreed_on) == ("REF-0001", "contract", date(2024, 12, 22))
    assert (deal.value_pence, deal.value_basis, deal.ends_on) == (9_300_700, "total", date(2025, 4, 23))


def test_partnerships_get_their_numbers_in_the_order_of_the_file(app: Flask) -> None:
    bring()
    names = list(db.session.scalars(select(Partnership.name).order_by(Partnership.id)))
    assert names == [row.title for row in read_contracts(Upload("package.json", CONTENT.encode())).arrangements]


def test_a_lead_who_is_none_keeps_every_new_arrangement_out(app: Flask) -> None:
    with pytest.raises(Refusal) as caught:
        bring(leads=[a_person("leader").id])
    db.session.rollback()
    assert caught.value.message.count("A senior leader is named") == 6
    assert count(Partnership) == 0


def test_what_cannot_start_is_left_out_and_the_others_start_all_the_same(app: Flask) -> None:
    reading = read_contracts(Upload("package.json", CONTENT.encode()))
    wrong, *others = reading.arrangements
    reading.arrangements = (*others, replace(wrong, title="a" * 1000))
    errand = Errand("register", Choices(row_by_row=True))
    bring_kind(IMPORT_BY_KEY["ocds"], reading, errand, "package.json")
    assert errand.summary.partnerships == Tally(created=5, skipped=3, refused=1)
    assert count(Partnership) == 5


def test_the_same_file_again_changes_nothing(app: Flask) -> None:
    officer = a_person()
    bring(leads=[officer.id])
    before = count(HistoryEntry)
    again = bring(leads=[officer.id])
    assert again.partnerships == Tally(unchanged=6, skipped=3)
    assert again.organisations == Tally(unchanged=8)
    assert count(HistoryEntry) == before


def test_a_body_with_a_number_is_the_one_the_register_has(app: Flask) -> None:
    mine = an_organisation("Birch Group", kind="company", sector="private", identifiers=[("GB-COH", "01234567")])
    assert bring().organisations == Tally(created=7, unchanged=1)
    assert organisation_with("GB-COH", "01234567") is mine
    assert mine.name == "Birch Group"


def test_a_body_with_only_a_name_is_a_new_one_beside_the_one_that_has_it(app: Flask) -> None:
    mine = an_organisation("London Borough of Merle")
    summary = bring()
    assert summary.organisations.created == 8
    assert [note for note in summary.notes if f"organisation {mine.id} has this name" in note] != []
    assert all(row.organisation is not mine for row in all_participations(arrangement("0001").id))


def test_a_later_notice_finds_the_bodies_that_the_first_one_brought(app: Flask) -> None:
    bring()

    def with_new_process(releases: list[dict[str, Any]]) -> None:
        another = json.loads(json.dumps(releases[0]))
        releases.append({**another, "ocid": "ocds-zzzzzz-0099", "id": "notice-99"})

    summary = bring(changed(with_new_process))
    assert summary.partnerships == Tally(created=1, unchanged=6, skipped=3)
    assert summary.organisations == Tally(unchanged=8)
    assert parts("0099") == parts("0001")


def test_new_terms_are_a_revision_and_the_dates_follow(app: Flask) -> None:
    bring()

    def extended(releases: list[dict[str, Any]]) -> None:
        award = releases[0]["awards"][0]
        award["value"]["amount"] = 120_000
        award["contractPeriod"]["endDate"] = "2026-04-23T23:59:59+01:00"

    assert bring(changed(extended)).partnerships == Tally(updated=1, unchanged=5, skipped=3)
    parking = arrangement("0001")
    newest, oldest = deal_revisions(parking.id)
    assert (newest.value_pence, oldest.value_pence) == (12_000_000, 9_300_700)
    assert parking.ends_on == date(2026, 4, 23)
    assert bring(changed(extended)).partnerships == Tally(unchanged=6, skipped=3)


def test_a_revision_keeps_what_people_added_to_the_deal(app: Flask) -> None:
    bring()
    parking = arrangement("0001")
    terms = {
        "value_pence": 9_300_700,
        "value_basis": "total",
        "exit_arrangement": "Hand back the keys.",
        "documents": ["agreement", "exit"],
    }
    revise_deal("register", parking, terms)
    bring(changed(lambda releases: releases[0]["awards"][0]["value"].update(amount=95_000)))
    deal = current_deal(parking.id)
    assert deal is not None
    assert (deal.value_pence, deal.exit_arrangement) == (9_500_000, "Hand back the keys.")
    assert deal.documents_in_place == ("agreement", "exit")


def test_terms_that_people_put_right_are_not_undone_by_the_old_file(app: Flask) -> None:
    bring()
    parking = arrangement("0001")
    revise_deal("register", parking, {"reference": "OURS-1", "value_pence": 100, "value_basis": "annual"})
    edit_partnership("register", parking, {"name": "Parking in the town", "ends_on": date(2027, 1, 1)})
    assert bring().partnerships == Tally(unchanged=6, skipped=3)
    assert (parking.name, parking.ends_on) == ("Parking in the town", date(2027, 1, 1))


def test_what_people_closed_stays_as_it_was(app: Flask) -> None:
    bring()
    parking = arrangement("0001")
    close_partnership("register", parking, date(2025, 5, 1), "The contract ended")
    later = changed(lambda releases: releases[0]["awards"][0]["value"].update(amount=95_000))
    assert bring(later, [a_person().id]).partnerships == Tally(updated=5, unchanged=1, skipped=3)
    assert len(deal_revisions(parking.id)) == 1
    assert members(parking.id) == []


def test_a_further_supplier_joins_and_one_that_left_is_not_brought_back(app: Flask) -> None:
    bring()
    transport = arrangement("0003")
    elm = next(row for row in all_participations(transport.id) if row.organisation.name == "Elm Taxis")
    edit_participation("register", elm, role="provider", joined_on=None, left_on=date(2025, 6, 1))

    def joined(releases: list[dict[str, Any]]) -> None:
        releases[3]["awards"][0]["suppliers"].append({"id": "GB-CFS-900099", "name": "Gorse Cabs"})

    assert bring(changed(joined)).partnerships == Tally(updated=1, unchanged=5, skipped=3)
    names = [name for _, name in parts("0003")]
    assert names.count("Elm Taxis") == 1
    assert names[-1] == "Gorse Cabs"


def test_a_body_renamed_here_is_found_by_its_other_name(app: Flask) -> None:
    bring()
    merle = all_participations(arrangement("0001").id)[0].organisation
    edit_organisation("register", merle, {"name": "Merle Council"}, aliases=["London Borough of Merle"])
    assert bring().organisations == Tally(unchanged=8)


def test_officers_can_log_against_what_was_brought(app: Flask) -> None:
    officer = a_person()
    bring(leads=[officer.id])
    parking = arrangement("0001")
    assert may(officer, "interaction:log", parking.id)
    buyer, supplier = (row.organisation_id for row in all_participations(parking.id))
    happening = Happening("meeting", date(2025, 2, 3), "We met.", [Present(buyer), Present(supplier)], [])
    assert log_interaction(officer, parking, happening, []).partnership_id == parking.id


def test_whoever_looks_after_an_arrangement_stays(app: Flask) -> None:
    first, second = a_person(), a_person()
    bring(leads=[first.id])
    assert bring(leads=[second.id]).partnerships.unchanged == 6
    assert [member.person_id for member in members(arrangement("0001").id)] == [first.id]


def test_an_arrangement_that_nobody_looks_after_is_given_to_the_next_who_is_named(app: Flask) -> None:
    bring()
    assert members(arrangement("0001").id) == []
    officer = a_person()
    assert bring(leads=[officer.id]).partnerships.updated == 6
    assert [(member.person_id, member.part) for member in members(arrangement("0001").id)] == [(officer.id, "lead")]


def test_active_officers_are_those_who_may_sign_in(app: Flask) -> None:
    officer = a_person()
    a_person("leader")
    a_person(disabled_at=officer.created_at)
    assert active_officers() == [officer.id]


def test_a_name_that_is_spelt_in_one_file_in_two_ways_is_one_body(app: Flask) -> None:
    bring()
    assert parts("0002")[0] == parts("0007")[0] == ("commissioner", "London Borough of Merle")
    assert count(Organisation) == 8


def test_what_the_register_refuses_is_named_by_its_release(app: Flask) -> None:
    bring()
    db.session.commit()
    parking = arrangement("0001")
    edit_partnership("register", parking, {"started_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)})
    db.session.commit()

    def earlier(releases: list[dict[str, Any]]) -> None:
        releases[0]["awards"][0]["contractPeriod"] = {"endDate": "2025-04-22T23:59:59+01:00"}

    with pytest.raises(Refusal) as caught:
        bring(changed(earlier))
    db.session.rollback()
    said = caught.value.message.splitlines()[1]
    assert said.startswith('Releases, row 1, "Parking pilot": The end date must be after')


def test_a_file_with_problems_is_refused_before_anything_is_written(app: Flask) -> None:
    with pytest.raises(Refusal, match=r"package\.json has 1 problem"):
        bring(changed(lambda releases: releases[0].pop("ocid")))
    assert count(Partnership) == 0
