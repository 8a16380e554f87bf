"""Releases in the shapes of portals here and elsewhere, all of it invented: what each comes to."""

from datetime import date
from typing import Any

import pytest

from register.exchange.readers.ocds import Contracts
from tests.unit.exchange.readers.test_ocds import names, only, read


def party(party_id: str, name: str, *roles: str, **more: Any) -> dict[str, Any]:
    return {"id": party_id, "name": name, "roles": list(roles), "identifier": {"legalName": name}, **more}


def devolved(ocid: str, supplier: str, **changed: Any) -> dict[str, Any]:
    """As portals of Scotland and Wales publish: no id, dated by the day, ids that start anew, several who buy."""
    return {
        "ocid": ocid, "date": "2025-04-15T00:00:00Z", "tag": ["award", "contract"], "language": "EN",
        "parties": [
            party("org-1", "Glen Council", "buyer", "reviewBody", "reviewContactPoint"),
            party("org-2", "Strath Council", "buyer"), party("org-3", "Court of Lanterns", "reviewBody"),
            party("org-4", supplier, "supplier", "tenderer", details={"scale": "sme"}),
            party("org-5", "Loser Ltd", "tenderer"), party("org-6", "Mediation Office", "mediationBody"),
        ],
        "buyer": {"id": "org-1", "name": "Glen Council"},
        "tender": {"id": "CNTR-1", "title": "Gritting", "lots": [{"id": "1"}]},
        "awards": [{"id": "A-1", "relatedLots": ["1"], "suppliers": [{"id": "org-4", "name": supplier}]}],
        "contracts": [{
            "id": "A-1", "awardID": "A-1", "status": "active", "dateSigned": "2025-03-31T23:30:00Z",
            "value": {"amount": 150000.0, "currency": "GBP"},
        }],
        **changed,
    }  # fmt: skip


def test_a_devolved_portals_ids_mean_nothing_beside_their_release() -> None:
    found = read(devolved("ocds-yyyyyy-1", "Pine Ltd"), devolved("ocds-yyyyyy-2", "Rowan Ltd"))
    assert {row.name for row in found.organisations} == {"Glen Council", "Pine Ltd", "Rowan Ltd", "Strath Council"}
    assert all(row.identifiers == () for row in found.organisations)
    first = found.arrangements[0]
    assert names(found, first.commissioners) == ["Glen Council", "Strath Council"]
    assert (first.value_pence, first.agreed_on) == (15_000_000, date(2025, 4, 1))
    assert first.told_by == "Release of 15 April 2025 (award, contract)"


def lots(*values: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"L-{place}", "status": "active", "relatedLots": [f"{place}"], "value": {"amount": amount},
            "suppliers": [{"id": "GB-PPON-PABC-1234-WXYZ"}, {"id": f"GB-FTS-{place}", "name": f"Firm {place} Ltd"}],
        }
        for place, amount in enumerate(values, start=1)
    ]  # fmt: skip


def test_lots_of_one_procurement_are_one_arrangement_of_all_their_suppliers() -> None:
    consortium = party("GB-PPON-PABC-1234-WXYZ", "Ash Group", "supplier", additionalIdentifiers=[
        {"scheme": "GB-COH", "id": "1234567"}, {"scheme": "GB-CHC", "id": "SC012345"},
    ])  # fmt: skip
    parties = [party("GB-PPON-PBUY-0001-AAAA", "Merle Council", "buyer"), consortium]
    one = {
        "ocid": "ocds-xxxxxx-1", "id": "000001-2025", "date": "2025-05-01T12:00:00+01:00", "tag": ["award"],
        "parties": parties, "buyer": {"id": "GB-PPON-PBUY-0001-AAAA"}, "tender": {"title": "Care at home"},
        "awards": lots(100, 200),
    }  # fmt: skip
    found = read(one)
    assert names(found, only(found).providers) == ["Ash Group", "Firm 1 Ltd", "Firm 2 Ltd"]
    assert only(found).value_pence == 30_000
    ash = next(row for row in found.organisations if row.name == "Ash Group")
    assert set(ash.identifiers) == {
        ("GB-PPON", "PABC-1234-WXYZ"), ("GB-COH", "01234567"), ("GB-SC", "SC012345"),
    }  # fmt: skip


def elsewhere(scheme: str, number: object, **more: Any) -> Contracts:
    """As portals of other countries publish: numbers as text, a body by its tax number, nobody called the buyer."""
    supplier = {"name": "TOV Yasen", "identifier": {"scheme": scheme, "id": number, "legalName": "TOV Yasen"}}
    return read({
        "ocid": "ocds-wwwwww-1", "id": "x", "date": "2025-05-01T12:00:00.123456+03:00", "tag": ["compiled"],
        "tender": {"id": "UA-1", "title": "Repair", "procuringEntity": {"name": "City Council", "id": 7}},
        "awards": [{"id": "q", "status": "active", "suppliers": [supplier], "value": {"amount": "1,200.50"}, **more}],
    })  # fmt: skip


@pytest.mark.parametrize(("scheme", "value", "kept"), [
    ("UA-EDR", "00012345", (("UA-EDR", "00012345"),)), ("PY-RUC", "80000001-7", (("PY-RUC", "80000001-7"),)),
    ("MX-RFC", "ABC010101AB1", (("MX-RFC", "ABC010101AB1"),)), ("MD-IDNO", 1003600000, (("MD-IDNO", "1003600000"),)),
    ("XI-EIN", "12-3456789", (("XI-EIN", "12-3456789"),)), ("GB-LAC", "E1", (("GB-LAC", "E1"),)),
    ("GB-COH", "SC123456", (("GB-COH", "SC123456"),)), ("GB-COH", "NI12345", (("GB-COH", "NI012345"),)),
    ("GB-NHS", "rx1", (("GB-NHS", "RX1"),)), ("GB-CFS", "12", ()), ("GB-SRS", "sid4gov-1", ()), ("org", "1", ()),
    ("UA-EDR", "N/A", ()), ("", "", ()),
])  # fmt: skip
def test_numbers_of_registers_are_kept_and_those_of_portals_are_not(
    scheme: str, value: object, kept: tuple[tuple[str, str], ...]
) -> None:
    found = elsewhere(scheme, value)
    assert names(found, only(found).commissioners) == ["City Council"]
    assert found.organisations[only(found).providers[0]].identifiers == kept
    assert only(found).value_pence == 120_050


@pytest.mark.parametrize(("value", "pence", "noted"), [
    ({"amount": -5, "currency": "GBP"}, None, "cannot be a sum of money"),
    ({"amount": 10**15, "currency": "GBP"}, None, "cannot be a sum of money"),
    ({"amount": "about 5k"}, None, "no number"), ({"amount": None, "currency": None}, None, "no value above 0"),
    ({"currency": "UAH", "amount": 5}, None, "kept in the purpose, as UAH 5.00"), ({}, None, "no value"),
    ({"amount": 12.345}, 1235, ""),
])  # fmt: skip
def test_odd_sums_are_borne_and_said(value: dict[str, Any], pence: int | None, noted: str) -> None:
    found = elsewhere("UA-EDR", "1", value=value)
    assert only(found).value_pence == pence
    assert not noted or any(noted in note.reason for note in found.findings.notes)


@pytest.mark.parametrize(("period", "term"), [
    ({"startDate": "0001-01-01T00:00:00Z", "endDate": "9999-12-31T23:59:59Z"}, (None, None)),
    ({"startDate": "2025-04-01", "endDate": "2026-03-31"}, (date(2025, 4, 1), date(2026, 3, 31))),
    ({"startDate": "2025-03-31T23:00:00Z", "endDate": "2026-03-31T22:59:59Z"}, (date(2025, 4, 1), date(2026, 3, 31))),
    ({"startDate": "2025-04-01T00:00:00", "endDate": "2024-01-01"}, (date(2025, 4, 1), None)),
    ({"startDate": None, "endDate": ""}, (None, None)),
])  # fmt: skip
def test_odd_terms_are_borne(period: dict[str, Any], term: tuple[date | None, date | None]) -> None:
    row = only(elsewhere("UA-EDR", "1", contractPeriod=period))
    assert (row.starts_on, row.ends_on) == term


def test_a_title_of_thousands_of_letters_is_cut_and_said() -> None:
    found = read(devolved("ocds-yyyyyy-1", "Pine Ltd", tender={"title": "Ж" * 2_000, "description": "x" * 9_000}))
    assert len(only(found).title) == 200
    assert len(only(found).purpose or "") == 4_000
    assert [note.column for note in found.findings.notes] == ["tender/title", "tender/description"]
