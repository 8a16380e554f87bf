"""What a notice tells that the register does not know."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.bringing.news import is_overtaken, is_told_anew


@dataclass
class Known:
    value_pence: int
    told_at: datetime | None = None


def on(day: int | None) -> datetime | None:
    return datetime(2025, 1, day, tzinfo=UTC) if day else None


@pytest.mark.parametrize(("value", "day", "known", "is_news"), [
    (1, 5, [], True),
    (2, 6, [(1, 5)], True),
    (1, 6, [(1, 5)], False),
    (2, 4, [(1, 5)], False),
    (1, 7, [(2, 6), (1, 5)], True),
    (1, 5, [(2, 5), (1, 5)], False),
    (3, 5, [(2, 5), (1, 5)], True),
    (1, 5, [(9, None), (1, 5)], False),
    (2, 6, [(2, None), (1, 5)], False),
    (3, 6, [(2, None), (1, 5)], True),
    (1, None, [(2, None), (1, None)], False),
    (3, None, [(2, None), (1, None)], True),
    (1, 6, [(2, None), (1, None)], False),
])  # fmt: skip
def test_only_what_a_later_notice_tells_otherwise_is_news(
    value: int, day: int | None, known: list[tuple[int, int | None]], *, is_news: bool
) -> None:
    revisions = [Known(pence, on(when)) for pence, when in known]
    assert is_told_anew({"value_pence": value}, on(day), revisions) is is_news


@pytest.mark.parametrize(("value", "day", "is_late"), [(3, 4, True), (1, 4, False), (3, 6, False), (3, None, False)])
def test_terms_of_an_older_notice_are_overtaken_unless_they_are_known(
    value: int, day: int | None, *, is_late: bool
) -> None:
    assert is_overtaken({"value_pence": value}, on(day), [Known(1, on(5))]) is is_late


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9)), max_size=8))
def test_the_same_notices_again_are_never_news(notices: list[tuple[int, int]]) -> None:
    known: list[Known] = []
    notices.sort(key=lambda notice: notice[1])
    for _ in range(2):
        before = len(known)
        for value, day in notices:
            if is_told_anew({"value_pence": value}, on(day), known):
                known.insert(0, Known(value, on(day)))
    assert len(known) == before
