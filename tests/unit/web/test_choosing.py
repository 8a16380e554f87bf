"""Fields in which one chooses a word or a record."""

import pytest

from register.partnerships.kinds import SIGNIFICANCES
from register.web.choosing import key_or_none, labels_of, number_or_none, record_choices, word_choices


def test_a_word_is_offered_with_its_meaning() -> None:
    first = word_choices(SIGNIFICANCES)[0]
    assert (first.value, first.label) == ("key", "Key")
    assert "harm" in first.render_kw["hint"]


def test_choosing_none_stands_first() -> None:
    assert word_choices(SIGNIFICANCES, "Not known")[0].value == ""
    assert [choice.label for choice in record_choices([(3, "Leeds")], "Nobody")] == ["Nobody", "Leeds"]


def test_two_organisations_of_one_name_are_told_apart() -> None:
    rows = [(1, "Age Concern", "Leeds"), (2, "Age Concern", None), (3, "Mind", "Leeds")]
    assert labels_of(rows) == [(1, "Age Concern (Leeds)"), (2, "Age Concern (no. 2)"), (3, "Mind")]


@pytest.mark.parametrize("value", ["", None])
def test_nothing_chosen_is_none(value: str | None) -> None:
    assert key_or_none(value) is None
    assert number_or_none(value) is None


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "one", str(2**31), "9" * 40, "\x00"])
def test_what_no_record_can_have_as_its_id_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"\d|one|literal"):
        number_or_none(value)


def test_an_id_is_read() -> None:
    assert number_or_none("7") == number_or_none(7) == 7
