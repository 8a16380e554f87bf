"""Contracts from OCDS release packages."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from register.exchange.readers.ocds import Contracts, read_contracts
from register.exchange.reading.rows import ArrangementRow
from register.exchange.reading.uploads import Upload, upload_from
from register.refusals import Refusal

FIXTURE = Path(__file__).parents[3] / "fixtures" / "exchange" / "release_package.json"
Edit = Callable[[dict[str, Any]], object]


def release(**changed: Any) -> dict[str, Any]:
    """A release with one award between an invented council and an invented company."""
    buyer = {"id": "GB-CFS-1", "name": "Merle Council", "roles": ["buyer"]}
    supplier = {"id": "GB-CFS-2", "name": "Birch Ltd", "roles": ["supplier"]}
    award = {
        "id": "a1",
        "status": "active",
        "date": "2024-12-22T00:00:00Z",
        "value": {"amount": 100, "currency": "GBP"},
        "suppliers": [{"id": "GB-CFS-2", "name": "Birch Ltd"}],
        "contractPeriod": {"startDate": "2025-01-06T00:00:00Z", "endDate": "2026-01-05T23:59:59Z"},
    }
    return {
        "ocid": "ocds-zzzzzz-1",
        "id": "n1",
        "date": "2025-01-23T10:00:00Z",
        "tag": ["award"],
        "tender": {"id": "R1", "title": "Parking", "description": "Cars."},
        "parties": [buyer, supplier],
        "buyer": {"id": "GB-CFS-1", "name": "Merle Council"},
        "awards": [award],
        **changed,
    }


def read(*releases: object) -> Contracts:
    return read_contracts(Upload("package.json", json.dumps({"releases": releases}).encode()))


def only(contracts: Contracts) -> ArrangementRow:
    assert [problem.sentence() for problem in contracts.findings.problems] == []
    (arrangement,) = contracts.arrangements
    return arrangement


def edited(edit: Edit) -> Contracts:
    changed = release()
    edit(changed)
    return read(changed)


@pytest.fixture(scope="module")
def package() -> Contracts:
    return read_contracts(upload_from(FIXTURE))


def by_process(package: Contracts) -> dict[str, ArrangementRow]:
    return {row.identifier[1].removeprefix("ocds-zzzzzz-"): row for row in package.arrangements}


def names(package: Contracts, places: tuple[int, ...]) -> list[str]:
    return [package.organisations[place].name for place in places]


def test_each_process_with_an_award_becomes_one_arrangement(package: Contracts) -> None:
    assert package.findings.problems == []
    assert package.releases == 10
    assert sorted(by_process(package)) == ["0001", "0002", "0003", "0004", "0006", "0007"]
    assert dict(package.findings.skipped) == {"release without an award": 3}


def test_the_buyer_commissions_the_suppliers_provide_and_no_other_role_takes_part(package: Contracts) -> None:
    parking = by_process(package)["0001"]
    assert names(package, parking.commissioners) == ["London Borough of Merle"]
    assert names(package, parking.providers) == ["Birch Parking Ltd"]
    assert "Court of Lanterns" not in {row.name for row in package.organisations}


def test_terms_come_from_the_award(package: Contracts) -> None:
    parking = by_process(package)["0001"]
    assert (parking.title, parking.reference) == ("Parking pilot", "REF-0001")
    assert parking.purpose == "What parking pilot is for."
    assert (parking.value_pence, parking.value_basis) == (9_300_700, "total")
    assert (parking.agreed_on, parking.starts_on, parking.ends_on) == (
        date(2024, 12, 22),
        date(2025, 1, 23),
        date(2025, 4, 23),
    )


def test_the_latest_release_of_a_process_counts(package: Contracts) -> None:
    care = by_process(package)["0002"]
    assert (care.title, care.value_pence, care.row) == ("Home care", 3_473_750, 2)


def test_the_contract_signed_under_an_award_overrules_it(package: Contracts) -> None:
    advice = by_process(package)["0006"]
    assert (advice.value_pence, advice.agreed_on) == (1_900_000, date(2024, 12, 30))
    assert (advice.starts_on, advice.ends_on) == (date(2025, 2, 1), date(2025, 7, 31))


def test_a_value_of_0_is_no_value(package: Contracts) -> None:
    insurance = by_process(package)["0004"]
    assert (insurance.value_pence, insurance.value_basis) == (None, None)
    assert [note.row for note in package.findings.notes] == [5]


def test_bodies_are_told_apart_by_numbers_ids_and_names(package: Contracts) -> None:
    assert sorted(row.name for row in package.organisations) == [
        "Birch Parking Ltd",
        "Cedar Care",
        "Department for Lanterns",
        "Dogwood Taxis",
        "Elm Taxis",
        "Fir & Co LLP",
        "London Borough of Merle",
        "The Alder University",
    ]


def test_only_identifiers_that_hold_everywhere_are_kept(package: Contracts) -> None:
    kept = {row.name: row.identifiers for row in package.organisations if row.identifiers}
    assert kept == {
        "Birch Parking Ltd": (("GB-COH", "01234567"),),
        "Fir & Co LLP": (("GB-COH", "OC300999"),),
        "Department for Lanterns": (("GB-GOR", "ZZ46"),),
    }


def test_local_ids_mean_nothing_from_one_release_to_the_next() -> None:
    first, second = release(), release(ocid="ocds-zzzzzz-2")
    for number, one in enumerate((first, second)):
        one["parties"][1] |= {"id": "org-2", "name": f"Supplier {number}"}
        one["awards"][0]["suppliers"] = [{"id": "org-2"}]
    assert len(read(first, second).organisations) == 3


def test_an_update_with_another_award_adds_to_the_process() -> None:
    second = {**release()["awards"][0], "id": "a2", "value": {"amount": 50.555, "currency": "GBP"}}
    later = release(date="2025-02-01T10:00:00+01:00", awards=[second])
    assert only(read(release(), later)).value_pence == 15_056


def test_awards_without_ids_in_one_release_are_all_counted() -> None:
    def without_ids(changed: dict[str, Any]) -> None:
        award = {**changed["awards"][0]}
        award.pop("id")
        changed["awards"] = [award, {**award, "value": {"amount": 1, "currency": "GBP"}}]

    assert only(edited(without_ids)).value_pence == 10_100


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (
            lambda one: one["awards"][0].update(status="cancelled"),
            "process whose awards are pending, cancelled or unsuccessful",
        ),
        (
            lambda one: (one["awards"][0].pop("suppliers"), one["parties"].pop()),
            "process whose award names no supplier",
        ),
        (lambda one: (one.pop("buyer"), one.pop("parties")), "process that names no buyer"),
        (lambda one: one["parties"][1].update(name="MERLE COUNCIL"), "process whose buyer is its only supplier"),
        (lambda one: one.update(awards=[]), "release without an award"),
    ],
)
def test_a_process_without_two_sides_is_skipped_with_its_reason(edit: Edit, reason: str) -> None:
    contracts = edited(edit)
    assert contracts.arrangements == ()
    assert contracts.organisations == ()
    assert dict(contracts.findings.skipped) == {reason: 1}
    assert contracts.findings.problems == []


def test_a_buyer_among_the_suppliers_stays_the_commissioner() -> None:
    row = only(edited(lambda one: one["awards"][0]["suppliers"].append({"id": "GB-CFS-1"})))
    assert (row.commissioners, row.providers) == ((0,), (1,))


def test_a_suppliers_number_in_its_id_is_enough() -> None:
    contracts = edited(lambda one: one["awards"][0].update(suppliers=[{"id": "GB-COH-1234567", "name": "Birch"}]))
    assert contracts.organisations[1].identifiers == (("GB-COH", "01234567"),)


def test_roles_stand_in_where_buyer_and_suppliers_are_not_named() -> None:
    contracts = edited(lambda one: (one.pop("buyer"), one["awards"][0].pop("suppliers")))
    assert names(contracts, only(contracts).commissioners) == ["Merle Council"]
    assert names(contracts, only(contracts).providers) == ["Birch Ltd"]


def test_a_supplier_without_any_name_is_left_out_and_noted() -> None:
    contracts = edited(lambda one: one["awards"][0]["suppliers"].append({"id": "GB-CFS-9"}))
    assert len(only(contracts).providers) == 1
    assert contracts.findings.notes[0].column == "awards/0/suppliers/1/name"


def test_an_end_before_the_start_is_left_out_and_noted() -> None:
    contracts = edited(lambda one: one["awards"][0]["contractPeriod"].update(endDate="2024-01-05T23:59:59Z"))
    assert only(contracts).ends_on is None
    assert "this is before the start, 6 January 2025" in contracts.findings.notes[0].reason


def test_another_currency_is_no_value_in_pounds() -> None:
    contracts = edited(lambda one: one["awards"][0]["value"].update(currency="EUR"))
    assert only(contracts).value_pence is None
    assert contracts.findings.notes[0].column == "awards/0/value/currency"


def test_a_process_without_a_title_is_named_by_its_award_or_its_id() -> None:
    def titled(one: dict[str, Any]) -> None:
        one.pop("tender")
        one["awards"][0]["title"] = "Parking award"

    assert only(edited(titled)).title == "Parking award"
    assert only(edited(lambda one: one.pop("tender"))).title == "Contract ocds-zzzzzz-1"


@pytest.mark.parametrize(
    ("edit", "column"),
    [
        (lambda one: one.pop("ocid"), "ocid"),
        (lambda one: one.update(date="yesterday"), "date"),
        (lambda one: one.update(awards={"id": 1}), "awards"),
        (lambda one: one["awards"][0]["value"].update(amount=[100]), "awards/0/value/amount"),
        (lambda one: one["awards"][0]["contractPeriod"].update(startDate="soon"), "awards/0/contractPeriod/startDate"),
        (lambda one: one["parties"].append("Elm"), "parties/2"),
    ],
)
def test_what_is_wrong_in_a_release_refuses_it_by_its_path(edit: Edit, column: str) -> None:
    contracts = edited(edit)
    assert [(problem.sheet, problem.row, problem.column) for problem in contracts.findings.problems] == [
        ("releases", 1, column),
    ]
    assert contracts.arrangements == ()


def test_a_release_that_is_no_object_is_named_and_the_others_stay() -> None:
    found = read(release(), 12)
    assert found.findings.problems[0].sentence() == 'Releases, row 2, "12": this should be an object in braces.'
    assert (len(found.arrangements), found.findings.skipped) == (1, {})


def test_a_process_of_which_one_release_is_wrong_is_left_out_whole_and_the_others_stay() -> None:
    wrong = release(id="n2", date="2025-02-01T10:00:00Z", awards=[{**release()["awards"][0], "date": "soon"}])
    found = read(release(), wrong, release(ocid="ocds-zzzzzz-2"))
    assert [row.identifier[1] for row in found.arrangements] == ["ocds-zzzzzz-2"]
    assert [problem.sentence() for problem in found.findings.problems] == [
        'Releases, row 2, column awards/0/date, "soon": '
        "this is not a date; write it as 2023-04-01 or 2023-04-01T00:00:00Z."
    ]
    assert [note.sentence() for note in found.findings.notes] == [
        'Releases, row 2, column ocid, "ocds-zzzzzz-1": '
        "nothing of this process is kept, though 1 other release of it could be read: no deal is told half."
    ]
    assert found.findings.skipped == {"release of a process of which another release is refused": 1}


def test_a_refused_process_is_not_told_as_skipped_too_and_its_bodies_are_not_made() -> None:
    found = read(release(awards={"id": 1}), release(ocid="ocds-zzzzzz-2", awards=[]))
    assert found.findings.skipped == {"release without an award": 1}
    assert (len(found.findings.problems), found.organisations, found.loose) == (1, (), ())


@pytest.mark.parametrize("content", ['{"records": []}', "[]", '{"releases": {}}'])
def test_a_document_of_another_shape_is_refused(content: str) -> None:
    with pytest.raises(Refusal, match=r"package\.json is not an OCDS release package"):
        read_contracts(Upload("package.json", content.encode()))
