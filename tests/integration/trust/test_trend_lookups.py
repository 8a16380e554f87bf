"""The trend of a relationship in the register: what the arithmetic says of its evidence; silence is no fall."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from register.clock import Clocks, today
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.trust.evidence import Item
from register.trust.lookups import evidence_of, views
from register.trust.trend import FALLING, NO_CLEAR_CHANGE, RISING, trend_of
from register.trust.trend_lookups import trends
from tests.factories import a_partnership, a_person, an_interaction, partners_of


def a_relationship(partnership: Partnership) -> Relationship:
    one, other = partners_of(partnership)[:2]
    return Relationship(partnership.id, one.id, other.id)


def told(before: int, lately: int, *, is_restricted: bool = False) -> Relationship:
    """Return a relationship scored so a year to half a year ago, and so in the last weeks."""
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"}, is_restricted=is_restricted)
    for days in range(150, 400, 50):
        an_interaction(officer, partnership, {"ilm:openness": before}, held_on=today() - timedelta(days=days))
    for days in range(5, 80, 10):
        if lately:
            an_interaction(officer, partnership, {"ilm:openness": lately}, held_on=today() - timedelta(days=days))
    return a_relationship(partnership)


def now_of(relationship: Relationship) -> str:
    return trends([relationship], Clocks(today()))[relationship].word


def test_a_relationship_that_went_bad_is_falling(session: scoped_session[Any]) -> None:
    assert now_of(told(5, 1)) == FALLING


def test_one_that_became_good_is_rising(session: scoped_session[Any]) -> None:
    assert now_of(told(1, 5)) == RISING


def test_silence_is_no_fall(session: scoped_session[Any]) -> None:
    assert now_of(told(5, 0)) == NO_CLEAR_CHANGE


def test_without_any_evidence_there_is_no_change(session: scoped_session[Any]) -> None:
    assert now_of(a_relationship(a_partnership())) == NO_CLEAR_CHANGE
    assert trends([], Clocks(today())) == {}


def test_as_it_was_before_the_fall_it_was_not_falling(session: scoped_session[Any]) -> None:
    relationship = told(5, 1)
    then = Clocks(today() - timedelta(days=95))
    assert trends([relationship], then)[relationship].word == NO_CLEAR_CHANGE


@pytest.mark.parametrize("is_restricted", [False, True])
def test_a_batch_answers_what_the_arithmetic_says_of_each(session: scoped_session[Any], is_restricted: bool) -> None:
    told(4, 2)
    one, other = told(5, 2, is_restricted=is_restricted), told(2, 4)
    found = trends([one, other], Clocks(today()))
    before = Clocks(today() - timedelta(days=90))
    for relationship in (one, other):
        items = [
            Item("", row.held_on, row.good, row.bad, row.rater_key)
            for row in evidence_of(relationship, Clocks(today())) if not row.determinant
        ]
        alone = trend_of(items, views([relationship], before)[relationship].standing.lent, today())
        assert found[relationship].word == alone.word
        assert found[relationship].level == pytest.approx(alone.level, rel=1e-9)
        assert found[relationship].chance_falling == pytest.approx(alone.chance_falling, abs=1e-9)
