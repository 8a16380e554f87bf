"""JSON documents, and what is wrong in them."""

from datetime import date
from decimal import Decimal

import pytest

from register.exchange.reading.documents import Branch, civil_day
from register.exchange.reading.findings import Findings
from register.exchange.reading.json_texts import read_document
from register.refusals import Refusal


def branch(**values: object) -> Branch:
    return Branch(Findings(sheet="releases"), 7, values=values)


def problems(of: Branch) -> list[str]:
    return [problem.sentence() for problem in of.findings.problems]


def notes(of: Branch) -> list[str]:
    return [note.sentence() for note in of.findings.notes]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"a": 1,\n "b" 2}', "Line 2, column 6: a colon is missing here."),
        ('{"a": 1\n "b": 2}', "Line 2, column 2: a comma is missing here."),
        ('{"a": ', "Line 1, column 7: a value is missing here."),
        ('{"a": "x', "Line 1, column 7: a quote mark opens here and is never closed."),
        ("[1]\n[2]", "Line 2, column 1: the JSON ends here, and more follows."),
        ("[" * 100_000, "is nested too deeply to be read."),
        ("[NaN]", "has a number that cannot be read: NaN is no number of JSON."),
        ("[" + "9" * 5000 + "]", "has a number that cannot be read"),
        ('["\\x"]', "Line 1, column 3: invalid \\escape"),
    ],
)
def test_broken_json_is_refused_with_its_line_and_column(content: str, says: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_document(content, "a.json")
    assert caught.value.message.startswith("a.json ")
    assert says in caught.value.message


def test_fractions_are_read_exactly() -> None:
    assert read_document("[16478.54]", "a.json") == [Decimal("16478.54")]


def test_what_is_missing_is_empty_and_no_problem() -> None:
    of = branch(name=None)
    assert (of.text("name", 9), of.amount("sum"), of.day("on"), of.branches("list"), of.words("roles")) == (
        "",
        None,
        None,
        [],
        [],
    )
    assert dict(of.branch("buyer").values) == {}
    assert problems(of) == []


def test_what_has_another_shape_is_named_by_its_path() -> None:
    of = branch(buyer=[], awards={}, name={}, sum=["12"], parties=["x", {"name": True, "at": "soon"}])
    of.branch("buyer")
    of.branches("awards")
    of.text("name", 9)
    of.amount("sum")
    (party,) = of.branches("parties")
    party.text("name", 9)
    party.day("at")
    assert problems(of) == [
        "Releases, row 7, column buyer: this should be an object in braces.",
        "Releases, row 7, column awards: this should be a list in square brackets.",
        "Releases, row 7, column name: this should be a text.",
        "Releases, row 7, column sum: this should be a number.",
        'Releases, row 7, column parties/0, "x": this should be an object in braces.',
        'Releases, row 7, column parties/1/name, "True": this should be a text.',
        'Releases, row 7, column parties/1/at, "soon": this is not a date; write it as 2023-04-01 or '
        "2023-04-01T00:00:00Z.",
    ]


def test_numbers_are_taken_for_texts_where_a_text_is_meant() -> None:
    assert branch(id=4142000).text("id", 20) == "4142000"


def test_text_that_cannot_be_kept_is_mended_and_noted() -> None:
    of = branch(title="Bir\x02ch", purpose="x" * 30)
    assert of.text("title", 20) == "Bir ch"
    assert of.text("purpose", 20) == "x" * 19 + "…"
    assert notes(of) == [
        'Releases, row 7, column title, "Bir?ch": this has control characters, which were taken out.',
        f'Releases, row 7, column purpose, "{"x" * 30}": this has 30 characters, and was cut to 20.',
    ]


@pytest.mark.parametrize("amount", [-1, Decimal("1E+40")])
def test_a_number_that_is_no_sum_of_money_is_left_out_and_noted(amount: object) -> None:
    of = branch(amount=amount)
    assert of.amount("amount") is None
    assert "this cannot be a sum of money" in notes(of)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-01-06", date(2025, 1, 6)),
        ("2025-01-06T00:00:00Z", date(2025, 1, 6)),
        ("2025-07-31T23:59:59Z", date(2025, 7, 31)),
        ("2025-08-19T23:59:59+01:00", date(2025, 8, 19)),
        ("2025-06-30T23:00:00Z", date(2025, 7, 1)),
        ("2025-07-01T00:00:00+01:00", date(2025, 7, 1)),
        ("2025-07-01T12:00:00", date(2025, 7, 1)),
    ],
)
def test_a_moment_is_the_day_it_means_in_london(text: str, day: date) -> None:
    assert civil_day(text) == day


@pytest.mark.parametrize("text", ["soon", "2025-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T22:00:00-14:00"])
def test_a_date_that_is_none_is_a_problem_and_no_traceback(text: str) -> None:
    of = branch(on=text)
    of.day("on")
    assert all("this is not a date" in sentence for sentence in problems(of))


@pytest.mark.parametrize(("written", "meant"), [("1,500.00", "1500.00"), (" 12 ", "12"), ("1234567.5", "1234567.5")])
def test_a_number_between_quote_marks_is_the_number(written: str, meant: str) -> None:
    of = branch(sum=written)
    assert of.amount("sum") == Decimal(meant)
    assert notes(of) == []


@pytest.mark.parametrize("written", ["N/A", "1,50", "£3", "1e9", "9" * 40])
def test_a_text_that_is_no_number_is_noted_and_left_out(written: str) -> None:
    of = branch(sum=written)
    assert of.amount("sum") is None
    assert notes(of) != []


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00Z", "9999-12-31", "0000-00-00"])
def test_a_year_that_programs_write_for_no_date_is_noted_and_left_out(written: str) -> None:
    of = branch(at=written)
    assert of.day("at") is None
    assert "this stands where no date is known" in notes(of)[0]
    assert problems(of) == []
