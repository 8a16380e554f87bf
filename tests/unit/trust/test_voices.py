"""Voices differ by what each said last and lately; own views and what was told are never one voice."""

from datetime import date, timedelta

from register.trust.evidence import Item
from register.trust.voices import APART, OWN, TOLD, spreads, voice_of

ON = date(2026, 6, 1)


def said(by: str, score: float, days_ago: int = 10, determinant: str = "ilm:openness") -> Item:
    good = (score - 1) / 4
    return Item(determinant, ON - timedelta(days=days_ago), good, 1 - good, by)


def test_two_people_two_points_apart_disagree() -> None:
    (spread,) = spreads([said("person:1:own", 4), said("person:2:own", 2)], ON)
    assert (spread.determinant, spread.apart, spread.is_disagreement) == ("ilm:openness", APART, True)
    assert (spread.low.rater_key, spread.high.rater_key) == ("person:2:own", "person:1:own")


def test_one_point_apart_is_a_difference_and_no_disagreement() -> None:
    (spread,) = spreads([said("person:1:own", 4), said("person:2:own", 3)], ON)
    assert not spread.is_disagreement


def test_one_voice_alone_has_no_spread() -> None:
    assert spreads([said("person:1:own", 4), said("person:1:own", 1, days_ago=50)], ON) == []


def test_one_person_in_two_voices_is_two_voices() -> None:
    (spread,) = spreads([said("person:1:own", 5), said("person:1:told", 2)], ON)
    assert {voice.kind for voice in spread.voices} == {OWN, TOLD}
    assert spread.is_disagreement


def test_what_each_said_last_counts() -> None:
    items = [said("person:1:own", 1, days_ago=90), said("person:1:own", 4, days_ago=5), said("person:2:own", 4)]
    assert spreads(items, ON)[0].apart == 0


def test_several_scores_of_one_day_are_their_mean() -> None:
    (spread,) = spreads([said("person:1:own", 5), said("person:1:own", 2), said("person:2:own", 1)], ON)
    assert spread.high.score == 3.5


def test_what_is_older_than_180_days_or_of_a_later_day_is_not_heard() -> None:
    old, ahead = said("person:2:own", 1, days_ago=180), said("person:3:own", 1, days_ago=-1)
    assert spreads([said("person:1:own", 5), old, ahead], ON) == []
    assert spreads([said("person:1:own", 5), said("person:2:own", 1, days_ago=179)], ON)[0].is_disagreement


def test_promises_and_the_relationship_as_a_whole_have_no_voice() -> None:
    assert spreads([said("", 1), said("person:1:own", 5), said("person:2:own", 1, determinant="")], ON) == []


def test_the_widest_spread_comes_first() -> None:
    items = [
        said("person:1:own", 4), said("person:2:own", 3),
        said("person:1:own", 5, determinant="ilm:ability"), said("person:2:own", 1, determinant="ilm:ability"),
    ]
    assert [spread.determinant for spread in spreads(items, ON)] == ["ilm:ability", "ilm:openness"]


def test_the_voice_of_a_key() -> None:
    assert [voice_of(key) for key in ("person:3:told", "person:3:own", "person:3")] == [TOLD, OWN, OWN]
