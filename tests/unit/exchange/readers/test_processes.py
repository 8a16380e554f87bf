"""Processes of OCDS from release to release: what each tells anew, and in which order."""

import json
from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from register.exchange.readers.ocds import Contracts, read_contracts
from register.exchange.reading.rows import ArrangementRow
from register.exchange.reading.uploads import Upload
from tests.unit.exchange.readers.test_ocds import names, only, read, release

Told = tuple[int | None, date | None, str]
AWARD: dict[str, Any] = release()["awards"][0]


def told(row: ArrangementRow) -> list[Told]:
    """What a row says of its deal from notice to notice: value in pence, end, and which notice."""
    return [(one.value_pence, one.ends_on, one.told_by) for one in (*row.earlier, row)]


def update(day: str, notice: str, **changed: Any) -> dict[str, Any]:
    """A later release of the process that tells its award anew."""
    return release(id=notice, date=f"{day}T10:00:00Z", tag=["awardUpdate"], awards=[{**AWARD, **changed}])


def pounds(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "GBP"}


FIRST = (10_000, date(2026, 1, 5), "Release n1 of 23 January 2025 (award)")
RAISED = (20_000, date(2026, 1, 5), "Release n2 of 1 March 2025 (award update)")
LONGER = {"period": {"startDate": "2025-01-06T00:00:00Z", "endDate": "2027-01-05T23:59:59Z"}, "value": pounds(300)}


def test_each_release_that_changes_the_terms_is_a_notice_in_order_of_date() -> None:
    versions = (
        release(),
        update("2025-03-01", "n2", value=pounds(200)),
        update("2025-06-01", "n3", value=pounds(200)),
        update("2025-09-01", "n4", value=pounds(100)),
    )
    back = (10_000, date(2026, 1, 5), "Release n4 of 1 September 2025 (award update)")
    for order in permutations(versions):
        assert told(only(read(*order))) == [FIRST, RAISED, back]


def test_a_contract_released_on_its_own_goes_on_from_the_award() -> None:
    contract = {"id": "c1", "awardID": "a1", "status": "active", **LONGER}
    amended = {**contract, "amendments": [{"id": "x", "rationale": "Extended by a year", "description": "More"}]}
    later = {"ocid": "ocds-zzzzzz-1", "id": "n5", "date": "2025-08-01", "tag": ["contractUpdate"]}
    row = only(read({**later, "contracts": [amended]}, release()))
    said = "Release n5 of 1 August 2025 (contract update): Extended by a year"
    assert told(row) == [FIRST, (30_000, date(2027, 1, 5), said)]
    assert (row.title, row.purpose, row.reference) == ("Parking", "Cars.", "R1")


def test_what_an_update_leaves_out_stays_as_it_was() -> None:
    later = {
        "ocid": "ocds-zzzzzz-1", "id": "n2", "date": "2025-03-01T10:00:00Z", "tag": ["awardUpdate"],
        "awards": [{"id": "a1", "value": {"amount": 200}}],
    }  # fmt: skip
    found = read(release(), later)
    assert told(only(found)) == [FIRST, RAISED]
    assert names(found, only(found).providers) == ["Birch Ltd"]


def test_of_one_date_the_stage_that_comes_later_counts() -> None:
    midnight = {"date": "2025-03-01T00:00:00Z"}
    first = release(id="a", tag=["award"], **midnight)
    later = {**update("2025-03-01", "b", value=pounds(200)), **midnight}
    for order in permutations((first, later)):
        assert only(read(*order)).value_pence == 20_000


def test_a_slip_in_a_release_that_was_replaced_refuses_nothing() -> None:
    first = release(awards=[{**AWARD, "contractPeriod": {"startDate": "soon"}}])
    found = read(first, update("2025-03-01", "n2"))
    assert only(found).ends_on == date(2026, 1, 5)
    assert found.findings.notes == []


def test_an_award_called_off_later_makes_nothing_and_says_so() -> None:
    found = read(release(), update("2025-03-01", "n2", status="cancelled"))
    assert found.arrangements == ()
    assert dict(found.findings.skipped) == {"process whose awards are pending, cancelled or unsuccessful": 1}
    assert [note.sentence() for note in found.findings.notes] == [
        'Releases, row 2, column awards/0/status, "cancelled": this award was cancelled, so nothing was made of it; '
        "close the arrangement if the register has it."
    ]


def test_a_contract_that_was_terminated_stays_until_somebody_closes_it() -> None:
    contract = {"id": "c1", "awardID": "a1", "status": "terminated", **LONGER}
    found = read(release(contracts=[contract]))
    assert only(found).ends_on == date(2027, 1, 5)
    assert [note.column for note in found.findings.notes] == ["contracts/0/status"]


def test_contracts_called_off_before_they_were_signed_leave_no_award() -> None:
    found = read(release(contracts=[{"id": "c1", "awardID": "a1", "status": "cancelled", **LONGER}]))
    assert found.arrangements == ()


def test_a_contract_of_no_award_stands_for_its_own() -> None:
    one = release(contracts=[{"id": "c1", "status": "active", "dateSigned": "2025-01-02", **LONGER}])
    one.pop("awards")
    found = read(one)
    assert (only(found).value_pence, only(found).agreed_on) == (30_000, date(2025, 1, 2))
    assert names(found, only(found).providers) == ["Birch Ltd"]


@pytest.mark.parametrize("at", [None, "", "0001-01-01T00:00:00"])
def test_a_release_without_a_date_is_older_than_any_that_has_one(at: str | None) -> None:
    row = only(read(update("2025-03-01", "n2", value=pounds(200)), release(date=at)))
    assert [one.value_pence for one in (*row.earlier, row)] == [10_000, 20_000]
    assert row.earlier[0].told_at is None
    assert row.earlier[0].told_by == "Release n1 (award)"


def test_hundreds_of_releases_of_one_process_are_told_by_the_newest() -> None:
    versions = [update("2025-03-01", f"n{cents}", value=pounds(cents)) for cents in range(1, 150)]
    days = [f"2025-03-01T10:{number // 60:02}:{number % 60:02}Z" for number in range(len(versions))]
    row = only(read(*({**one, "date": day} for one, day in zip(versions, days, strict=True))))
    assert len(row.earlier) == 99
    assert row.value_pence == 14_900


def edited(edit: Callable[[dict[str, Any]], object]) -> Contracts:
    changed = release()
    edit(changed)
    return read(changed)


def test_all_who_buy_together_commission() -> None:
    found = edited(lambda one: one["parties"].append({"id": "org-9", "name": "Fern Council", "roles": ["buyer"]}))
    assert names(found, only(found).commissioners) == ["Merle Council", "Fern Council"]


def test_a_buyer_of_a_single_award_commissions_as_well() -> None:
    found = edited(lambda one: one["awards"][0].update(buyer={"id": "x", "name": "Elm Health"}))
    assert names(found, only(found).commissioners) == ["Merle Council", "Elm Health"]


def test_a_buyer_who_points_nowhere_is_the_one_party_that_buys() -> None:
    found = edited(lambda one: one.update(buyer={"name": "Merle Council, Parking Team"}))
    assert names(found, only(found).commissioners) == ["Merle Council"]


def test_who_runs_the_procurement_stands_in_where_nobody_buys() -> None:
    def without_buyer(one: dict[str, Any]) -> None:
        one.pop("buyer")
        one["parties"][0]["roles"] = ["procuringEntity", "reviewBody"]
        one["tender"]["procuringEntity"] = {"id": "GB-CFS-1", "name": "Merle Council"}

    found = edited(without_buyer)
    assert names(found, only(found).commissioners) == ["Merle Council"]
    assert [note.column for note in found.findings.notes] == ["tender/procuringEntity/name"]


def test_suppliers_of_a_contract_stand_in_for_those_of_its_award() -> None:
    def moved(one: dict[str, Any]) -> None:
        one["awards"][0].pop("suppliers")
        one["contracts"] = [{"id": "c1", "awardID": "a1", "suppliers": [{"id": "org-7", "name": "Dogwood Ltd"}]}]

    found = edited(moved)
    assert names(found, only(found).providers) == ["Dogwood Ltd"]


def test_a_value_of_another_country_is_kept_in_words() -> None:
    second = {**AWARD, "id": "a2", "value": {"amount": 20, "currency": "eur"}}
    found = edited(lambda one: one["awards"].append(second))
    assert only(found).value_pence is None
    assert only(found).purpose == "Cars.\n\nValue as published: GBP 100.00 and EUR 20.00."


def test_what_web_pages_left_in_a_text_is_taken_out() -> None:
    tender = {"id": "R1", "title": "Parking &amp; tolls", "description": "<p>Cars.</p><p>Vans<br/>if a < b</p>"}
    row = only(edited(lambda one: one.update(tender=tender)))
    assert (row.title, row.purpose) == ("Parking & tolls", "Cars.\nVans\nif a < b")


@pytest.mark.parametrize(("one", "reason"), [
    ({"ocid": "x", "tender": {}, "initiationType": [{"releaseTag": ["tender"], "value": "tender"}]}, "versioned"),
    ({"records": [{"ocid": "x", "releases": [{"url": "https://x.example"}]}]}, "only points"),
    ({"records": [{"ocid": "x", "releases": 5, "versionedRelease": {}}]}, "only points"),
])  # fmt: skip
def test_what_holds_no_release_to_read_is_skipped_with_what_to_do(one: dict[str, Any], reason: str) -> None:
    found = read(one) if "ocid" in one else read_alone(one)
    (told_reason,) = found.findings.skipped
    assert reason in told_reason
    assert "bring" in told_reason
    assert found.findings.problems == []



def read_alone(document: dict[str, Any]) -> Contracts:
    return read_contracts(Upload("x.json", json.dumps(document).encode()))
