"""Which columns of a file an import finds its own in."""

from register.exchange.reading.columns import Column, guessed, placed, told_apart

COLUMNS = (
    Column("organisation-name", also=("name",)),
    Column("start-date"),
    Column("end-date"),
    Column("note"),
)


def test_titles_that_repeat_are_told_apart() -> None:
    assert told_apart(["Note", " ", "NOTE", "a  b", "note"]) == ("Note", "", "NOTE (2)", "a b", "note (3)")


def test_a_column_is_found_by_its_title_or_another_it_goes_by() -> None:
    assert placed(COLUMNS, ("Start_Date", "Name", "other"), {}) == {"start-date": 0, "organisation-name": 1}


def test_what_a_person_says_counts_and_none_is_an_answer() -> None:
    assert placed(COLUMNS, ("Note", "From"), {"start-date": "from", "note": ""}) == {"start-date": 1}


def test_a_similar_title_is_proposed_once_and_a_different_one_never() -> None:
    titles = ("Organisation names", "Start dates", "Begun", "Note", "notes")
    assert guessed(COLUMNS, titles, {}) == {
        "organisation-name": "Organisation names",
        "start-date": "Start dates",
        "note": "Note",
    }
    assert "organisation-name" not in guessed(COLUMNS, titles, {"organisation-name": ""})
