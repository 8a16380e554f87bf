"""The chance of a serious breach: a word until the past can back a number, and then the number with its record."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from register.accounts.models import Person
from register.clock import Clocks, pretending, today
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.risk.chance_lookups import chance_of, ground
from register.risk.exposure import exposure_of
from register.risk.view_lookups import facts_of
from register.trust import calibrated
from register.trust.calibrated import HIGH, LOW
from register.trust.changes import set_restriction
from register.trust.lookups import View, views
from tests.factories import a_partnership, a_person, an_interaction, partners_of
from tests.fixtures.stories import read_page, why_address, words_of

BAD = 3
"""Of ten partnerships, how many go badly, with a reading of 1 at each meeting."""


def a_county() -> tuple[Person, list[Partnership]]:
    """Ten partnerships over a year, each meeting recorded on its day; the first three go badly throughout."""
    officer = a_person(name="Imogen")
    partnerships = [a_partnership(members={officer: "lead"}) for _ in range(10)]
    for days in range(345, 0, -30):
        with pretending(datetime.combine(today() - timedelta(days=days), time(12), UTC)):
            for place, partnership in enumerate(partnerships):
                an_interaction(officer, partnership, {"ilm:openness": 1 if place < BAD else 5})
    return officer, partnerships


def view_of(partnership: Partnership) -> View:
    one, other = (body.id for body in partners_of(partnership))
    relationship = Relationship(partnership.id, one, other)
    return views([relationship], Clocks(today()))[relationship]


def test_today_every_score_is_the_exposure_that_the_flags_use(session: scoped_session[Any]) -> None:
    _, partnerships = a_county()
    exposures = [exposure_of(facts_of(view_of(one), "", ""), today()) for one in partnerships]
    assert sorted(ground().scores) == pytest.approx(sorted(score for score in exposures if score is not None), rel=1e-9)


def test_until_there_is_history_the_chance_is_a_word(session: scoped_session[Any]) -> None:
    _, partnerships = a_county()
    worst, best = chance_of(view_of(partnerships[0])), chance_of(view_of(partnerships[-1]))
    assert worst is not None
    assert best is not None
    assert worst.level in (HIGH, "raised")
    assert best.level == LOW
    assert (worst.number, best.number, worst.record) == (None, None, None)


def test_with_history_it_is_a_number_with_its_record(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer, partnerships = a_county()
    monkeypatch.setattr(calibrated, "LEAST_TRIALS", 10)
    monkeypatch.setattr(calibrated, "LEAST_BREACHES", 3)
    found = ground().calibration
    assert found.trials >= 10
    assert found.breaches >= 3
    worst, best = chance_of(view_of(partnerships[0])), chance_of(view_of(partnerships[-1]))
    assert worst is not None
    assert best is not None
    assert worst.number is not None
    assert best.number is not None
    assert worst.number > best.number
    seen = words_of(read_page(client, officer, why_address(partnerships[0])))
    assert worst.record is not None
    assert f"Its record: {worst.record.breaches} of {worst.record.trials} past relationships" in seen
    assert f"about {100 * worst.number:.0f} in 100" in seen


def test_a_restricted_partnership_is_no_ground_for_others(session: scoped_session[Any]) -> None:
    _, partnerships = a_county()
    set_restriction("register", partnerships[0], is_restricted=True, reason="sensitive")
    assert len(ground().scores) == 9
    assert chance_of(view_of(partnerships[0])) is not None


def test_of_too_little_evidence_nothing_is_said(session: scoped_session[Any]) -> None:
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    assert ground().scores == ()
    an_interaction(officer, partnership, {"ilm:openness": 3})
    assert chance_of(view_of(partnership)) is None
