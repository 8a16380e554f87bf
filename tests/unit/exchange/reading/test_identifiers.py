"""Identifiers that hold everywhere, and those that do not."""

import pytest

from register.exchange.reading.identifiers import company_number, portal_id, split_id, trusted


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234567", "01234567"),
        ("01234567", "01234567"),
        ("oc300999".upper(), "OC300999"),
        ("SC12345", "SC012345"),
        ("1234567.0", "01234567"),
        ("012 345 67", "01234567"),
        ("IP01234R", "IP01234R"),
        ("123456789", ""),
        ("", ""),
        ("0", ""),
        ("N/A", ""),
        ("OC", ""),
        ("1234-567", ""),
    ],
)
def test_a_company_number_has_eight_characters_or_is_none(written: str, number: str) -> None:
    assert company_number(written) == number


@pytest.mark.parametrize("scheme", ["GB-CFS", "GB-SRS", "GB-FTS", "org", "", "XX-PORTAL"])
def test_a_portals_own_numbers_are_never_trusted(scheme: str) -> None:
    assert trusted(scheme, "12345") is None


def test_registers_are_trusted_in_one_form() -> None:
    assert trusted(" gb-gss ", " e07900008 ") == ("GB-GSS", "E07900008")
    assert trusted("GB-COH", "1234567") == ("GB-COH", "01234567")
    assert trusted("GB-COH", "not a number") is None
    assert trusted("GB-CHC", "") is None
    assert trusted("GB-CHC", "x" * 60) is None


def test_an_id_put_together_is_taken_apart() -> None:
    assert split_id("GB-COH-01234567") == ("GB-COH", "01234567")
    assert split_id("GB-SRS-sid.example/A-1") == ("GB-SRS", "sid.example/A-1")
    assert split_id("org-1") == ("", "org-1")


def test_a_portal_id_holds_throughout_a_file_and_a_local_one_in_its_release() -> None:
    assert portal_id("GB-CFS-9", "first") == portal_id("GB-CFS-9", "second")
    assert portal_id("org-1", "first") != portal_id("org-1", "second")


@pytest.mark.parametrize(("written", "pair"), [
    ("GB-CHC-1234567", ("GB-CHC", "1234567")), ("GB-CHC-1234567-1", ("GB-CHC", "1234567-1")),
    ("gb-chc-1234567", ("GB-CHC", "1234567")), ("GB CHC 1234567", ("GB-CHC", "1234567")),
    ("GB - CHC - 1234567", ("GB-CHC", "1234567")), ("GB_CHC_1234567.0", ("GB-CHC", "1234567")),
    ("GB-CHC-SC012345", ("GB-SC", "SC012345")), ("GB-SC-12345", ("GB-SC", "SC012345")),
    ("GB-NIC-100123", ("GB-NIC", "100123")),
    ("GB-CHC-N/A", None), ("GB-CHC-1.23E+07", None), ("GB-CHC-none", None), ("GB-GOR-N/A", None), ("GB-CHC-0", None),
    ("Mill Hub", None), ("GB", None), ("", None),
])  # fmt: skip
def test_a_charitys_number_is_known_however_it_is_written(written: str, pair: tuple[str, str] | None) -> None:
    assert trusted(*split_id(written)) == pair
