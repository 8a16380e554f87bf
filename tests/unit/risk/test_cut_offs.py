"""Who would be cut off without whom, from who takes part in which open partnership."""

from datetime import date, timedelta
from random import Random

from register.risk.cut_offs import Span, cut_offs, with_days

DAY = date(2026, 11, 23)
NOBODY: frozenset[tuple[int, int, int]] = frozenset()
NO_UNITS: frozenset[tuple[int, int]] = frozenset()


def spans(*partnerships: tuple[int, ...], since: date | None = None, provider: bool = False) -> tuple[Span, ...]:
    return tuple(
        Span(number, body, provider and place > 0, since, None)
        for number, bodies in enumerate(partnerships, 1)
        for place, body in enumerate(bodies)
    )


def test_in_a_chain_the_one_in_the_middle_would_cut_off_one_end() -> None:
    found = cut_offs(spans((1, 2), (2, 3), (1, 4), (4, 5)), NOBODY, NO_UNITS, DAY)

    # Without 2, organisation 3 is alone; without 1, the two sides fall apart, and the side of 2 hangs on it.
    assert found[2, 2] == {3}
    assert found[4, 4] == {5}
    assert (1, 2) not in found


def test_in_a_ring_and_in_one_partnership_of_all_nobody_is_in_between() -> None:
    assert cut_offs(spans((1, 2), (2, 3), (3, 1)), NOBODY, NO_UNITS, DAY) == {}
    assert cut_offs(spans((1, 2, 3, 4)), NOBODY, NO_UNITS, DAY) == {}


def test_competing_providers_are_tied_only_by_what_was_recorded_between_them() -> None:
    framework = spans((1, 2, 3, 4), provider=True)

    assert cut_offs(framework, NOBODY, NO_UNITS, DAY) == {(1, 1): {3, 4}}
    assert cut_offs(framework, frozenset({(1, 2, 3), (1, 4, 3)}), NO_UNITS, DAY) == {}


def test_the_body_that_keeps_most_partnerships_together_is_no_news() -> None:
    pairs = [(1, body) for body in range(2, 14)]

    assert cut_offs(spans(*pairs), NOBODY, NO_UNITS, DAY) == {}
    assert cut_offs(spans(*pairs[:3]), NOBODY, NO_UNITS, DAY)


def test_units_of_one_body_count_as_one() -> None:
    pairs = [(100 + number % 3, number) for number in range(1, 13)]
    council = frozenset((unit, 99) for unit in (100, 101, 102))

    assert cut_offs(spans(*pairs, (100, 101, 102)), NOBODY, council, DAY) == {}


def test_ended_parts_tie_nobody() -> None:
    ring = (*spans((1, 2), (2, 3)), Span(3, 3, False, None, DAY), Span(3, 1, False, None, DAY))

    assert cut_offs(ring, NOBODY, NO_UNITS, date(2026, 11, 22)) == {}
    assert cut_offs(ring, NOBODY, NO_UNITS, DAY) == {(2, 2): {3}}


def test_it_holds_since_the_day_the_other_way_was_lost() -> None:
    lost = date(2026, 5, 1)
    ring = (
        *spans((1, 2), (2, 3), since=date(2024, 1, 1)),
        Span(3, 3, False, date(2024, 1, 1), lost),
        Span(3, 1, False, date(2024, 1, 1), lost),
    )

    assert with_days(ring, NOBODY, NO_UNITS, DAY) == {(2, 2): (frozenset({3}), lost)}


def test_without_any_change_on_record_it_holds_since_the_day_of_asking() -> None:
    assert with_days(spans((1, 2), (2, 3)), NOBODY, NO_UNITS, DAY) == {(2, 2): (frozenset({3}), DAY)}


def test_walked_back_a_change_at_a_time_the_answer_is_that_of_each_day_reckoned_from_nothing() -> None:
    dice = Random(1)
    for _ in range(60):
        parts = tuple(
            Span(number, body, dice.random() < 0.3, some_day(dice), some_day(dice))
            for number in range(1, 12) for body in dice.sample(range(1, 10), dice.randint(1, 3))
        )
        days = sorted({day for span in parts for day in span[3:] if day is not None and day <= DAY})
        found = with_days(parts, NOBODY, NO_UNITS, DAY)
        present = cut_offs(parts, NOBODY, NO_UNITS, DAY)

        assert {place: others for place, (others, _) in found.items()} == present
        for place, (_, since) in found.items():
            held = [place in cut_offs(parts, NOBODY, NO_UNITS, day) for day in days]
            unbroken = len(held) - next((back for back, holds in enumerate(reversed(held)) if not holds), len(held))
            assert since == days[unbroken]


def some_day(dice: Random) -> date | None:
    return None if dice.random() < 0.3 else date(2026, 11, 1) + timedelta(days=dice.randint(0, 30))
