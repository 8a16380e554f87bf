"""What is said of a place in a file."""

import pytest

from register.exchange.reading.findings import Findings, Problem
from register.refusals import Refusal


def test_a_problem_says_where_what_and_why() -> None:
    problem = Problem("Contacts", 12, "end-date", "31/13/2020", "this is not a date")
    assert problem.sentence() == 'Contacts, row 12, column end-date, "31/13/2020": this is not a date.'


def test_what_is_not_known_of_a_place_is_left_out() -> None:
    assert Problem("", 0, "", "", "the file has no rows").sentence() == "The file has no rows."
    assert Problem("", 3, "", " a\n b ", "odd").sentence() == 'Row 3, "a b": odd.'


def test_a_long_value_is_shortened() -> None:
    sentence = Problem("", 1, "name", "x" * 500, "too long").sentence()
    assert "x" * 59 + "…" in sentence
    assert len(sentence) < 120


def test_a_file_with_problems_is_refused_with_all_of_them() -> None:
    findings = Findings("bad.csv")
    findings.refuse()
    findings.problems += [Problem("", 2, "a", "", "blank"), Problem("", 3, "a", "", "blank")]
    with pytest.raises(Refusal) as caught:
        findings.refuse()
    assert caught.value.message.splitlines() == [
        "bad.csv has 2 problems, and nothing of it was kept.",
        "Row 2, column a: blank.",
        "Row 3, column a: blank.",
    ]
