"""What came of past exposures: scores as they were known on their day, and breaches of the right relationship."""

from datetime import date, timedelta

import pytest

from register.risk.exposure import exposure
from register.risk.past_chances import Past, Serious, trials
from register.trust.evidence import Item, summed
from register.trust.figure import counterpart_share, figure, network_share
from register.trust.judgements import Judgement

DAY = date(2025, 1, 1)
US, THEM = 1, 2
KEY = (10, US, THEM)


def met(days: int, good: float, late: int = 0, key: tuple[int, int, int] = KEY) -> Judgement:
    held = DAY + timedelta(days=days)
    return Judgement(held, held + timedelta(days=late), *key, "person:1:own", good)


def test_a_score_is_the_exposure_of_what_was_known_that_day() -> None:
    told = [met(day, 0.25) for day in range(0, 100, 10)]
    on = DAY + timedelta(days=100)
    items = [Item("", one.held_on, one.good, 1 - one.good, "") for one in told]
    lent = counterpart_share(0, 0, network_share(*summed(items, on, 365)))
    count = sum(summed(items, on, 365))
    expected = exposure(count, DAY, figure(*summed(items, on, 90), lent), on)
    assert Past(told).scores_on(on) == {KEY: pytest.approx(expected, rel=1e-12)}


def test_what_was_recorded_later_does_not_score_yet() -> None:
    told = [met(day, 0.25, late=60) for day in range(0, 100, 10)]
    assert Past(told).scores_on(DAY + timedelta(days=90)) == {}
    assert KEY in Past(told).scores_on(DAY + timedelta(days=160))


def test_with_fewer_than_five_pieces_there_is_no_score() -> None:
    assert Past([met(day, 0.5) for day in range(4)]).scores_on(DAY + timedelta(days=5)) == {}


def test_what_has_faded_scores_no_more() -> None:
    told = [met(day, 0.5) for day in range(6)]
    assert Past(told).scores_on(DAY + timedelta(days=900)) == {}


@pytest.mark.parametrize(("kind", "bodies", "concerned"), [
    ("dispute", (THEM, US, 3), True),
    ("dispute", (US, 3), False),
    ("broken promise", (US, THEM), True),
    ("broken promise", (THEM, US), False),
    ("reading of 1", (US, THEM), True),
    ("reading of 1", (THEM, US), False),
])
def test_a_breach_concerns_the_one_who_suffered_it(kind: str, bodies: tuple[int, ...], concerned: bool) -> None:
    assert Serious(DAY, 10, kind, bodies).concerns(KEY) is concerned
    assert not Serious(DAY, 11, kind, bodies).concerns(KEY)


def test_each_score_is_tried_once_in_90_days_against_the_90_that_followed() -> None:
    told = [met(day, 0.5) for day in range(0, 400, 10)]
    on = DAY + timedelta(days=400)
    just_in, too_late = on - timedelta(days=180), on + timedelta(days=1)
    broken = [Serious(day, 10, "reading of 1", (US, THEM)) for day in (just_in, too_late)]
    found = list(trials(Past(told), broken, DAY, on))
    # 90, 180, 270 and 360 days before: the breach of 180 days before follows the score of 270 days before alone.
    assert [trial.breached for trial in found] == [False, False, True, False]
