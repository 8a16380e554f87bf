"""Organisations for programs: one by its number, several by sector or by a number in a public register."""

from collections.abc import Callable

import pytest
from flask import Flask

from register.partnerships.organisation_models import Organisation
from tests.factories import a_person, an_organisation
from tests.fixtures.programs import Program

ProgramOf = Callable[..., Program]
HOSTILE = "%'; DROP TABLE organisation; --"


@pytest.fixture
def three(app: Flask) -> list[Organisation]:
    return [
        an_organisation("Alder Council", identifiers=[("GB-LAE", "ALD")]),
        an_organisation("Birch Care", sector="private", kind="company", identifiers=[("GB-COH", "01234567")]),
        an_organisation(HOSTILE, sector="private", kind="company", identifiers=[("GB-COH", "07654321")]),
    ]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("sector=public", [0]), ("sector=private", [1, 2]), ("scheme=GB-COH", [1, 2]), ("scheme=GB-CHC", []),
        ("scheme=GB-COH&value=01234567", [1]), ("scheme=GB-LAE&value=01234567", []), ("value=ALD", [0]),
        ("value=%25", []), ("value=0_234567", []), ("sector=public&scheme=GB-COH", []),
    ],
)  # fmt: skip
def test_organisations_are_found_by_sector_and_number(
    three: list[Organisation], program_of: ProgramOf, query: str, places: list[int]
) -> None:
    found = program_of(a_person(), "read").get(f"/organisations?{query}").get_json()
    assert [row["id"] for row in found["items"]] == [three[place].id for place in places]


def test_one_organisation_is_told_as_in_the_list(three: list[Organisation], program_of: ProgramOf) -> None:
    program = program_of(a_person(), "read")
    listed = program.get("/organisations").get_json()["items"]
    for body, row in zip(three, listed, strict=True):
        assert program.get(f"/organisations/{body.id}").get_json() == row
    assert listed[2]["name"] == HOSTILE
    assert [(one["scheme"], one["value"]) for one in listed[1]["identifiers"]] == [("GB-COH", "01234567")]


@pytest.mark.parametrize("number", ["0", "99999999", str(2**31), str(2**63), "-1"])
def test_a_number_that_no_organisation_has_is_not_found(
    three: list[Organisation], program_of: ProgramOf, number: str
) -> None:
    assert program_of(a_person(), "read").get(f"/organisations/{number}").status_code == 404
