"""Days, levels and rhythm of the example."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from register.exchange.example.days import (
    month_end,
    month_start,
    next_working_day,
    office_hours,
    recording,
    working_day,
)
from register.exchange.example.opinions import MOODS, OUTCOMES, SCORES, level_of, readings, voice_of
from register.exchange.example.outlines import Outline, Rhythm, Terms, View
from register.exchange.example.phrases import EVIDENCE, NOTES
from register.exchange.example.rhythm import told_days
from register.interactions.kinds import OUTCOME_BY_KEY
from register.trust.schemes import DEMOS, ILM

ROLES = (("kest", "lead"), ("tcc", "partner"), ("lamplight", "partner"))


def an_outline(*views: View) -> Outline:
    return Outline(
        "test", "Test", "shared_service", "other", "", ROLES, "imogen", None, Terms(), None,
        (("the test", "Well.", "Badly."),), (), "sound", "mixed", views,
    )


@pytest.mark.parametrize(("day", "worked"), [
    (date(2026, 11, 23), date(2026, 11, 23)),
    (date(2026, 11, 22), date(2026, 11, 20)),
    (date(2026, 11, 21), date(2026, 11, 20)),
    (date(2027, 1, 1), date(2026, 12, 23)),
])
def test_a_free_day_gives_way_to_the_working_day_before(day: date, worked: date) -> None:
    assert working_day(day) == worked


def test_a_free_day_gives_way_to_the_working_day_after() -> None:
    assert next_working_day(date(2026, 12, 24)) == date(2027, 1, 4)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert month_start(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert month_start(date(2026, 12, 5), 1) == date(2027, 1, 1)
    assert month_end(date(2028, 1, 31), 1) == date(2028, 2, 29)


def test_office_hours_are_of_the_day() -> None:
    for seed in range(20):
        instant = office_hours(date(2026, 7, 1), Random(seed))
        assert datetime(2026, 7, 1, 9, tzinfo=UTC) <= instant < datetime(2026, 7, 1, 17, tzinfo=UTC)


def test_nothing_is_recorded_today_or_before_it_happened() -> None:
    today = date(2026, 11, 23)

    assert recording(date(2026, 11, 20), 40, today, Random(1)).date() == date(2026, 11, 20)
    assert recording(date(2026, 11, 10), 2, today, Random(1)).date() == date(2026, 11, 12)


def test_a_rhythm_keeps_its_pace_and_its_silences() -> None:
    days = told_days(Rhythm(10, 500, 20, ((400, 200),)), Random(1))

    assert days == sorted(days, reverse=True)
    assert 20 <= days[-1] <= days[0] <= 500
    assert not [day for day in days if 200 < day < 400]
    assert 20 <= len(days) <= 45


def test_a_view_turns_on_its_day() -> None:
    outline = an_outline(View("kest", "tcc", "weak", "strong", 100))

    assert level_of(outline, "kest", "tcc", 101) == "strong"
    assert level_of(outline, "kest", "tcc", 100) == "weak"


def test_a_pair_without_a_view_has_the_level_of_its_side() -> None:
    outline = an_outline()

    assert level_of(outline, "tcc", "kest", 5) == "sound"
    assert level_of(outline, "tcc", "lamplight", 5) == "mixed"


def test_the_council_and_its_units_speak_for_themselves() -> None:
    assert [voice_of(key) for key in ("tcc", "adults", "lawyers")] == ["own"] * 3
    assert [voice_of(key) for key in ("kest", "icb", "priors")] == ["told"] * 3


def test_who_does_not_see_another_gives_no_reading() -> None:
    outline = an_outline(View("kest", "tcc", "unrated"))

    given = readings(outline, [("kest", "tcc"), ("tcc", "kest")], 10, 3, Random(1))

    assert {(one.rater, one.ratee) for one in given} == {("tcc", "kest")}
    assert 1 <= len(given) <= 3


def test_better_levels_give_better_scores() -> None:
    means = [sum(SCORES[level]) / len(SCORES[level]) for level in ("strong", "sound", "mixed", "weak")]

    assert means == sorted(means, reverse=True)
    assert means[0] > 4.6
    assert means[-1] < 2


def test_every_determinant_of_the_schemes_in_use_has_its_sentences() -> None:
    used = {one.key.partition(":")[2] for scheme in (ILM, DEMOS) for one in scheme.determinants}

    assert set(EVIDENCE) == used
    assert all(set(moods) == {"good", "fair", "poor"} for moods in EVIDENCE.values())


def test_every_outcome_has_its_notes_and_every_level_its_mood() -> None:
    assert set(NOTES) == set(OUTCOME_BY_KEY)
    assert set(MOODS) == {*OUTCOMES, "unrated"}


def test_a_pretended_day_is_later_than_what_was_recorded() -> None:
    today = date(2026, 11, 23)

    latest = max(recording(today - timedelta(days), 5, today, Random(days)) for days in range(2, 40))

    assert latest.date() < today
