"""Why two days differ, as far as the log says it."""

from dataclasses import replace
from datetime import date

import pytest

from register.network.difference import compared
from register.network.facts import Facts, Part, Work
from register.network.graph import build
from register.network.reasons import Event, Observation, Span, reasons
from tests.fixtures.networks import network, node, view

SINCE, ON = date(2026, 10, 1), date(2026, 11, 23)
KEY = (1, 1, 2)
BAD, GOOD = Observation(0.0, 6.0, 6), Observation(8.0, 0.0, 8)
NOBODY = Facts((), (), (), (), {})


def reason(before: str, after: str, events: tuple[Event, ...] = (), seen: Observation = BAD) -> str:
    """Return why the first's view of the second differs."""
    nets = [build([node(1), node(2)], {(1, 2): [1]}, [view(1, 2, word)]) for word in (before, after)]
    found = compared(nets[0], nets[1], {KEY: seen[:2]})
    return reasons(found, Span(NOBODY, NOBODY, SINCE, ON), events, {KEY: seen})[1, 2]


def event(kind: str, words: str, bodies: tuple[int, ...] = (1, 2), day: int = 13, partnership: int = 1) -> Event:
    return Event(partnership, date(2026, 10, day), kind, words, bodies)


def test_a_weaker_view_is_told_by_the_last_breach_and_how_many_there_were() -> None:
    events = (event("dispute", "Invoices.", (2, 1, 5), 3), event("broken promise", "send the route data"))

    assert reason("sound", "weak", events) == (
        "A promise was broken on 13 October 2026: send the route data. One more before it."
    )


@pytest.mark.parametrize(
    "other",
    [
        event("broken promise", "theirs", (2, 1)),
        event("broken promise", "elsewhere", partnership=9),
        event("dispute", "of others", (1, 5)),
        event("kept promise", "kept"),
    ],
)
def test_what_is_about_others_explains_nothing(other: Event) -> None:
    assert reason("sound", "weak", (other,)) == "6 observations since 1 October 2026, on average 0 out of 100."


def test_a_stronger_view_is_told_by_the_last_promise_kept() -> None:
    assert reason("mixed", "strong", (event("kept promise", "pay early"),), GOOD) == (
        "A promise was kept on 13 October 2026: pay early."
    )


def test_a_long_account_is_cut_without_a_second_stop() -> None:
    told = reason("sound", "weak", (event("dispute", "word " * 60),))

    assert told.endswith("word…")
    assert len(told) < 150


def test_a_view_newly_known_says_what_was_observed() -> None:
    assert (
        reason("not known", "sound", seen=Observation(0.75, 0.25, 1))
        == "1 observation since 1 October 2026: 75 out of 100."
    )
    assert reason("not known", "sound", seen=Observation(0, 0, 0)) == "Known from another partnership that they share."


@pytest.mark.parametrize(
    ("met_on", "observed_on", "sentence"),
    [
        (date(2026, 8, 15), date(2026, 8, 15), "Nothing logged for 100 days. No bad news."),
        (date(2026, 11, 1), date(2026, 8, 15), "They met, but said nothing of one another for 100 days."),
        (None, None, "What it rested on is no longer there."),
    ],
)
def test_what_faded_is_no_bad_news(met_on: date | None, observed_on: date | None, sentence: str) -> None:
    seen = replace(view(1, 2, "sound"), last_on=observed_on)
    before = build([node(1), node(2)], {(1, 2): [1]}, [seen])
    after = network(2, [(1, 2)], {(1, 2): "not known"}, last_on={(1, 2): met_on} if met_on else None)
    found = compared(before, after, {})

    assert reasons(found, Span(NOBODY, NOBODY, SINCE, ON), (), {})[1, 2] == sentence


def facts(started: date | None = None, closed: date | None = None, left: date | None = None) -> Facts:
    work = Work(1, "Home to school", "internal", None, "key", None, started, closed)
    parts = (Part(1, 1, "lead"), Part(1, 2, "partner", None, left))
    return Facts((node(1, "Council"), node(2, "Lanmark")), (work,), parts, (view(1, 2, "sound"),), {})


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (NOBODY, facts(date(2026, 10, 5)), "Together in Home to school since 5 October 2026."),
        (NOBODY, facts(date(2020, 1, 1)), "They take part in Home to school."),
        (facts(closed=date(2026, 11, 2)), NOBODY, "Home to school closed on 2 November 2026."),
        (facts(left=date(2026, 11, 3)), NOBODY, "Lanmark left Home to school on 3 November 2026."),
        (facts(), NOBODY, ""),
    ],
)
def test_new_and_ended_ties_name_what_began_or_ended(before: Facts, after: Facts, sentence: str) -> None:
    found = compared(before.network, after.network, {})

    assert [*reasons(found, Span(before, after, SINCE, ON), (), {}).values()] == [sentence]
