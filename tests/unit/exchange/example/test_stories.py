"""The story told by hand: a good start, a silence, and then a failing relationship under a sound deal."""

from datetime import date
from itertools import pairwise

from register.exchange.example.county import example
from register.exchange.example.records import Interaction
from register.exchange.example.stories import EQUIPMENT_STORY

TODAY = date(2026, 11, 23)


def story() -> list[Interaction]:
    return sorted(
        (one for one in example(TODAY).interactions if one.partnership == "equipment"), key=lambda one: one.held_on,
    )


def mean(interactions: list[Interaction], rater: str, ratee: str) -> float:
    readings = [reading for one in interactions for reading in one.readings]
    scores = [one.score for one in readings if (one.rater, one.ratee) == (rater, ratee)]
    return sum(scores) / len(scores)


def test_the_story_is_told_as_it_is_written() -> None:
    assert len(EQUIPMENT_STORY) == len(story()) == 24
    assert {one.account for one in story()} == {telling.account for telling in EQUIPMENT_STORY}


def test_it_has_a_long_silence_between_a_good_and_a_bad_time() -> None:
    days = [one.held_on for one in story()]
    gaps = {(later - earlier).days: place for place, (earlier, later) in enumerate(pairwise(days), 1)}
    silence = max(gaps)

    before, after = story()[: gaps[silence]], story()[gaps[silence]:]
    assert silence > 150
    assert mean(before, "varrow", "adults") > 3.4
    assert mean(after, "varrow", "adults") < 2.2
    assert mean(before, "adults", "varrow") > 4
    assert mean(after, "adults", "varrow") < 2.6
    assert mean(after, "varrow", "icb") > 4


def test_it_holds_incidents_disputes_and_promises_broken_by_both_sides() -> None:
    promises = [promise for one in story() for promise in one.commitments]

    assert {"incident", "dispute"} <= {one.kind for one in story()}
    assert {promise.promisor for promise in promises if promise.outcome == "broken"} == {"adults", "varrow"}
    assert [promise for promise in promises if promise.outcome is None and promise.due_on < TODAY]


def test_one_of_its_accounts_was_corrected_and_one_was_logged_weeks_late() -> None:
    assert any(one.correction for one in story())
    assert any((one.recorded_at.date() - one.held_on).days > 20 for one in story())
