"""When two names are one."""

import pytest

from register.exchange.reading.names import distinct, fingerprint, is_spoilt, listed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Alder University", "alder  university"),
        ("Birch Parking Ltd.", "BIRCH PARKING LIMITED"),
        ("Fir & Co LLP", "Fir and Company LLP"),
        ("Day’s Accounts", "Days Accounts"),
        ("Ynys Gerrïg", "Ynys Gerrig"),
    ],
)
def test_names_that_company_law_holds_the_same_share_a_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Birch Parking Ltd", "Birch Parking"), ("Alder Council", "Alder County Council"), ("Elm 1", "Elm 2")],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_the_alone_keeps_a_fingerprint() -> None:
    assert fingerprint("The") == "the"
    assert fingerprint(" . ") == ""


def test_a_list_is_cut_at_commas_without_a_blank_after_them() -> None:
    cell = "Alder, City of,alder city , Alder-on-Wex,,alder"
    assert listed(cell) == ("Alder, City of", "alder city , Alder-on-Wex", "alder")
    assert listed("") == ()


def test_only_names_that_say_something_new_are_kept() -> None:
    assert distinct(["alder", "ALDER CITY", "Alder  City", "  "], ["Alder"]) == ("ALDER CITY",)


def test_a_name_that_lost_a_letter_is_known_by_its_mark() -> None:
    assert is_spoilt("Gerr\ufffdg")
    assert is_spoilt("Gerrï¿½g")
    assert not is_spoilt("Gerrïg")
