"""Councils from the register of local authorities."""

from datetime import date
from pathlib import Path

import pytest

from register.exchange.readers.councils import Councils, read_councils
from register.exchange.reading.rows import OrganisationRow
from register.exchange.reading.uploads import Upload, upload_from

FIXTURE = Path(__file__).parents[3] / "fixtures" / "exchange" / "councils.csv"
HEADER = "local-authority-code,official-name,nation,start-date,end-date,replaced-by,gss-code,current-authority\n"


@pytest.fixture(scope="module")
def councils() -> dict[str, OrganisationRow]:
    found = read_councils(upload_from(FIXTURE))
    assert found.findings.problems == []
    return {row.identifiers[0][1]: row for row in found.rows}


def read(content: str) -> Councils:
    return read_councils(Upload("councils.csv", content.encode()))


def problems(rows: str) -> list[str]:
    return [problem.sentence() for problem in read(HEADER + rows).findings.problems]


def test_every_row_becomes_an_organisation(councils: dict[str, OrganisationRow]) -> None:
    assert len(councils) == 12
    assert {row.sector for row in councils.values()} == {"public"}
    assert councils["QXD"].kind == "combined_authority"
    assert councils["QXE"].kind == "council"


def test_a_council_carries_the_code_of_its_nations_register(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXA"].identifiers == (("GB-LANI", "QXA"), ("GB-GSS", "N09900001"))
    assert councils["QXC"].identifiers[0] == ("GB-PLA", "QXC")
    assert councils["QXE"].identifiers[0] == ("GB-LAE", "QXE")


def test_former_statistical_codes_are_kept_so_that_old_files_find_the_council(
    councils: dict[str, OrganisationRow],
) -> None:
    assert councils["QXB"].identifiers == (
        ("GB-LAS", "QXB"),
        ("GB-GSS", "S12900002"),
        ("GB-GSS", "S12900012"),
        ("GB-GSS", "S12900013"),
    )


def test_names_keep_their_own_commas_and_say_nothing_twice(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXA"].short_name == "Alderwick City, Brackley and Wexmere"
    assert councils["QXA"].aliases == ("alderwick, brackley and wexmere",)
    assert councils["QXE"].aliases == ("Eastmere, Borough of", "Eastmere UA")
    assert councils["QXK"].aliases == ("kestrel district",)


def test_blanks_at_the_edges_are_taken_off(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXD"].short_name == "Dunmarsh"


def test_a_short_name_that_is_the_name_is_not_repeated(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXI-A"].name == "Ivybank"
    assert councils["QXI-A"].short_name is None


def test_an_ended_council_has_its_day_and_its_successors_even_two(councils: dict[str, OrganisationRow]) -> None:
    assert [row.closed_on for row in councils.values() if row.closed_on] == [
        date(2023, 4, 1),
        date(2023, 4, 1),
        date(2015, 3, 31),
    ]
    assert councils["QXG"].successors == (("GB-LAE", "QXE"), ("GB-LAE", "QXF"))
    assert councils["QXH"].successors == (("GB-LAE", "QXE"),)
    assert councils["QXI-A"].successors == ()


def test_a_council_belongs_to_its_county_and_its_combined_authority(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXE"].memberships == (("GB-LAE", "QXD"),)
    assert councils["QXK"].memberships == (("GB-LAE", "QXJ"),)
    assert councils["QXB"].memberships == ()


def test_a_name_that_lost_a_letter_is_left_out_and_noted() -> None:
    found = read_councils(upload_from(FIXTURE))
    assert [note.sentence() for note in found.findings.notes] == [
        'Row 4, column alt-names, "Ynys Gerrï¿½g": this name lost a letter before it came here, and was left out.',
    ]


def test_the_place_is_the_region_or_else_the_nation(councils: dict[str, OrganisationRow]) -> None:
    assert councils["QXK"].place == "South East"
    assert councils["QXI-A"].place == "Northern Ireland"


def test_a_spreadsheets_dates_are_understood() -> None:
    found = read(HEADER + "QXA,Alder,England,01/04/1974,31/03/2019,,,FALSE\n")
    assert (found.rows[0].opened_on, found.rows[0].closed_on) == (date(1974, 4, 1), date(2019, 3, 31))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (",Alder,England,,,,,\n", "Row 2, column local-authority-code: this is blank and has to be filled."),
        ("QXA,,England,,,,,\n", "Row 2, column official-name: this is blank and has to be filled."),
        (
            "QXA,Alder,Atlantis,,,,,\n",
            'Row 2, column nation, "Atlantis": this is none of England, Scotland, Wales, Northern Ireland.',
        ),
        (
            "QXA,Alder,England,2020-13-01,,,,\n",
            'Row 2, column start-date, "2020-13-01": this is not a date; write it as 2023-04-01 or 01/04/2023.',
        ),
        (
            "QXA,Alder,England,2020-01-02,2020-01-01,,,\n",
            'Row 2, column end-date, "2020-01-01": this is before the start, 2020-01-02.',
        ),
        ("QXA,Alder,England,,,,,False\n", "Row 2, column end-date: the council is not current and has no end date."),
        (
            "QXA,Alder,England,,,QXB,,\nQXB,Birch,England,,,,,\n",
            'Row 2, column replaced-by, "QXB": the council is replaced and has no end date.',
        ),
        (
            "QXA,Alder,England,,,,,\nqxa,Birch,England,,,,,\n",
            'Row 3, column local-authority-code, "qxa": row 2 has this code already.',
        ),
        (
            "QXA,Alder,England,,,,E06900001,\nQXB,Birch,England,,,,E06900001,\n",
            'Row 3, column gss-code, "E06900001": row 2 has this code already.',
        ),
        (
            "QXA,Al\x02der,England,,,,,\n",
            'Row 2, column official-name, "Al?der": this has characters that cannot be '
            "kept, such as a null or a control character.",
        ),
    ],
)
def test_what_is_wrong_in_a_row_is_named_by_row_and_column(rows: str, sentence: str) -> None:
    assert sentence in problems(rows)


def test_all_problems_of_a_file_are_named_at_once() -> None:
    assert len(problems("QXA,,England,x,,,,\nQXB,Birch,Nowhere,,y,,,\n")) == 4


def test_a_code_that_no_row_has_is_noted_and_left_to_the_register() -> None:
    found = read(HEADER + "QXA,Alder,Scotland,,2020-01-01,QXZ,,\n")
    assert found.rows[0].successors == (("GB-LAS", "QXZ"),)
    assert found.findings.notes[0].sentence() == 'Row 2, column replaced-by, "QXZ": no row of this file has this code.'


def test_a_file_of_another_shape_names_the_missing_columns() -> None:
    found: Councils = read("id,title\n1,Alder\n")
    assert found.rows == ()
    assert [problem.column for problem in found.findings.problems] == [
        "local-authority-code",
        "official-name",
        "nation",
    ]


def test_titles_of_other_lists_and_nations_in_any_case_are_known() -> None:
    content = b"Council code;Council name;Country\nQXA;Alder;england\nQXB;Birch;NORTHERN IRELAND\n"
    found = read_councils(Upload("councils.csv", content))
    assert found.findings.problems == []
    assert [row.identifiers for row in found.rows] == [(("GB-LAE", "QXA"),), (("GB-LANI", "QXB"),)]
    assert [row.place for row in found.rows] == ["England", "Northern Ireland"]
