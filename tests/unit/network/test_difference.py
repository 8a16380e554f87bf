"""Two days compared: what differs, by more than chance, and how it is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.network.difference import CHANGES, Difference, compared, moved
from register.network.difference_sentences import differences
from register.network.facts import Facts, Part, Work, of_both
from register.network.graph import Network, build
from register.network.narrowing import Filters, narrowed
from register.network.table import rows
from tests.fixtures.networks import network, node, view

MUCH_BAD, LITTLE_BAD, MUCH_GOOD = (0.0, 6.0), (0.0, 1.0), (8.0, 0.0)
RELATIONSHIP = (1, 1, 2)


def pair(word: str | None, figure: float | None = None) -> Network:
    """Return two organisations, tied with what the first says of the second; None: not tied."""
    if word is None:
        return network(2, [])
    return build([node(1), node(2)], {(1, 2): [1]}, [view(1, 2, word, figure)])


def change(before: Network, after: Network, seen: tuple[float, float] = (0.0, 0.0)) -> list[str]:
    return [one.word for one in compared(before, after, {RELATIONSHIP: seen}).changes]


@pytest.mark.parametrize(
    ("before", "after", "seen", "words"),
    [
        (("sound", 0.7), ("weak", 0.3), MUCH_BAD, ["weaker"]),
        (("sound", 0.7), ("mixed", 0.5), LITTLE_BAD, []),
        (("mixed", 0.5), ("strong", 0.9), MUCH_GOOD, ["stronger"]),
        (("strong", 0.9), ("sound", 0.7), (0.0, 0.0), []),
        (("not known", None), ("sound", 0.7), MUCH_GOOD, ["newly known"]),
        (("sound", 0.7), ("not known", None), (0.0, 0.0), ["newly not known"]),
        (("sound", 0.7), ("sound", 0.7), (0.0, 0.0), []),
        ((None,), ("sound", 0.7), MUCH_GOOD, ["new"]),
        (("sound", 0.7), (None,), (0.0, 0.0), ["ended"]),
        ((None,), (None,), (0.0, 0.0), []),
    ],
)
def test_what_differs_has_its_word_and_chance_does_not_count(
    before: tuple[str, float], after: tuple[str, float], seen: tuple[float, float], words: list[str]
) -> None:
    assert change(pair(*before), pair(*after), seen) == words


def test_a_figure_that_moved_against_what_was_observed_is_no_change() -> None:
    assert change(pair("mixed", 0.5), pair("mixed", 0.55), MUCH_BAD) == []


def test_a_tie_that_ended_stands_as_it_stood_then_and_says_so() -> None:
    found = compared(pair("sound"), pair(None), {})

    assert [(tie.word, tie.was, tie.change) for tie in found.network.ties] == [("sound", "sound", "ended")]
    assert {one.word for one in found.by_direction.values()} == {"ended"}
    assert found.by_direction.keys() == {(1, 2), (2, 1)}


def test_a_tie_has_the_change_that_needs_looking_at_first() -> None:
    before = network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "not known"})
    after = network(2, [(1, 2)], {(1, 2): "weak", (2, 1): "sound"})
    found = compared(before, after, {RELATIONSHIP: MUCH_BAD})

    assert [one.word for one in found.changes] == ["weaker", "newly known"]
    assert found.network.ties[0].change == "weaker"
    assert found.counts == {"weaker": 1, "newly known": 1}
    assert found.standings == 2


def test_only_views_known_on_both_days_are_asked_about() -> None:
    before = network(3, [(1, 2), (1, 3)], {(1, 2): "sound", (2, 1): "not known"})
    after = network(3, [(1, 2), (2, 3)], {(1, 2): "weak", (2, 1): "sound"})

    assert [now.word for _, now in moved(before, after)] == ["weak"]


def test_a_part_of_a_difference_has_the_changes_of_its_ties() -> None:
    before = network(3, [(1, 2)])
    after = network(3, [(1, 2), (2, 3)])
    whole = compared(before, after, {})

    assert [one.word for one in whole.within(narrowed(whole.network, Filters(around=3))).changes] == ["new"]
    assert whole.within(network(3, [(1, 2)])).changes == ()


def test_a_standing_keeps_a_tie_that_had_it_on_either_day() -> None:
    whole = compared(pair("sound", 0.7), pair("weak", 0.2), {RELATIONSHIP: MUCH_BAD})

    for word, number in (("sound", 1), ("weak", 1), ("strong", 0)):
        assert len(narrowed(whole.network, Filters(standing=word)).ties) == number


def test_the_table_puts_what_changed_first() -> None:
    before = network(3, [(1, 2)], {(1, 2): "sound"})
    after = network(3, [(1, 2), (2, 3)], {(1, 2): "sound"})

    assert [row.tie.change for row in rows(compared(before, after, {}).network, "change")] == ["new", ""]


def test_the_sentences_count_and_name() -> None:
    before = network(4, [(1, 2), (1, 3)], {(1, 2): "sound"}, {1: "Council"})
    after = network(4, [(1, 2), (3, 4)], {(1, 2): "weak"}, {1: "Council"})
    told = list(map(str, differences(compared(before, after, {RELATIONSHIP: MUCH_BAD}), date(2026, 10, 1))))

    assert told == [
        "Since 1 October 2026, 1 view is weaker; 1 relationship is new, 1 ended.",
        "Weaker: Council of Organisation 2.",
        "Ended: Council with Organisation 3.",
        "New: Organisation 3 with Organisation 4.",
    ]


def test_nothing_that_differs_is_said_too() -> None:
    same = compared(pair("sound"), pair("sound"), {})

    assert list(map(str, differences(same, date(2026, 10, 1)))) == [
        "Since 1 October 2026, nothing differs by more than chance."
    ]


def test_of_parts_in_partnerships_it_is_said_who_speaks() -> None:
    work, parts = Work(7, "Bins", "internal", None, "key", None), (Part(7, 1, "lead"), Part(7, 2, "partner"))
    bodies = (node(1, "Council"), node(2, "Cleansing"))
    before, after = (
        of_both(Facts(bodies, (work,), parts, (view(1, 2, word, partnership=7),), {})) for word in ("sound", "weak")
    )
    found = compared(before, after, {(7, 1, 2): MUCH_BAD})
    told = " ".join(map(str, differences(found, date(2026, 10, 1))))

    assert "Council of the others in Bins" in told
    assert "the others in Bins of Cleansing" in told


WORDS = st.sampled_from(["strong", "sound", "mixed", "weak", "not known"])


@given(
    st.dictionaries(st.tuples(st.integers(1, 5), st.integers(1, 5)), WORDS),
    st.dictionaries(st.tuples(st.integers(1, 5), st.integers(1, 5)), WORDS),
)
def test_whatever_is_compared_everything_of_either_day_is_there_once(
    one: dict[tuple[int, int], str], other: dict[tuple[int, int], str]
) -> None:
    before, after = (network(5, words, {p: w for p, w in words.items() if p[0] != p[1]}) for words in (one, other))
    found = compared(before, after, {})

    assert {(tie.a, tie.b) for tie in found.network.ties} == {
        (tie.a, tie.b) for net in (before, after) for tie in net.ties
    }
    assert {one.word for one in found.changes} <= set(CHANGES)
    assert compared(before, before, {}).changes == ()
    assert isinstance(found, Difference)
    assert {tie.change for tie in found.network.ties} - {""} <= set(found.counts)


OPPOSITE = {
    "new": "ended", "ended": "new", "newly known": "newly not known", "newly not known": "newly known",
    "weaker": "stronger", "stronger": "weaker",
}  # fmt: skip


@st.composite
def days(draw: st.DrawFn) -> Network:
    """A network of four, whose directions have any figure or none."""
    pairs = draw(st.sets(st.sampled_from([(1, 2), (1, 3), (2, 3), (3, 4)])))
    views = [
        view(rater, ratee, word, None if word == "not known" else draw(st.sampled_from([0.1, 0.5, 0.9])))
        for one, other in sorted(pairs)
        for rater, ratee in ((one, other), (other, one))
        if (word := draw(st.sampled_from(["sound", "not known", ""])))
    ]
    return build([node(number) for number in range(1, 5)], {pair: [1] for pair in pairs}, views)


@given(days(), days())
def test_the_way_back_has_the_opposite_words(before: Network, after: Network) -> None:
    """What was observed between two days speaks for the later one, so here so much that it is never chance."""
    relationships = {
        one.relationship for net in (before, after) for tie in net.ties for one in (tie.a_of_b, tie.b_of_a) if one
    }
    there = compared(before, after, dict.fromkeys(relationships, (0.0, 40.0)))
    back = compared(after, before, dict.fromkeys(relationships, (40.0, 0.0)))
    sure = {"new", "ended", "newly known", "newly not known", "weaker"}
    told = {(one.rater, one.ratee, one.word) for one in there.changes if one.word in sure}
    mirrored = {(one.rater, one.ratee, OPPOSITE[one.word]) for one in back.changes if OPPOSITE[one.word] in sure}
    assert told == mirrored
    assert {(tie.a, tie.b) for tie in there.network.ties} == {(tie.a, tie.b) for tie in back.network.ties}


@given(days())
def test_a_day_does_not_differ_from_itself(day: Network) -> None:
    found = compared(day, day, {})
    assert found.changes == ()
    assert found.counts == {}
    assert {(tie.a, tie.b) for tie in found.network.ties} == {(tie.a, tie.b) for tie in day.ties}


@given(days(), days())
def test_every_change_stands_at_a_tie_and_is_counted_once(before: Network, after: Network) -> None:
    found = compared(before, after, {})
    assert sum(found.counts.values()) == len(found.changes)
    ties = {(tie.a, tie.b) for tie in found.network.ties}
    assert found.by_pair.keys() <= ties
    assert [CHANGES.index(one.word) for one in found.changes] == sorted(CHANGES.index(c.word) for c in found.changes)
    assert found.within(found.network) == found
    assert found.within(network(4, [])).changes == ()
