"""What changed between two days."""

from dataclasses import replace

import pytest

from register.clock import Clocks
from register.risk.comparison import Change, compare
from register.risk.entries import Entry, Survey, entry_from
from register.risk.facts import PartnershipFacts
from tests.fixtures.risks import BAD, GOOD, TODAY, a_breach, a_view, some_facts


def an_entry(number: int, **facts: object) -> Entry:
    found: PartnershipFacts = replace(some_facts(**facts), id=number, name=f"Partnership {number}")
    return entry_from(found)


def a_survey(*entries: Entry) -> Survey:
    return Survey(Clocks(TODAY), entries)


FINE = {"views": (a_view(GOOD), a_view(GOOD, rater=2, ratee=1))}
BROKEN = {**FINE, "breaches": (a_breach(5),)}
WORSE = {**BROKEN, "views": (a_view(BAD), a_view(BAD, rater=2, ratee=1))}


def test_who_came_on_came_off_and_was_closed_is_told_apart() -> None:
    found = compare(
        a_survey(an_entry(1, **FINE), an_entry(2, **BROKEN), an_entry(3, **BROKEN), an_entry(4, **FINE)),
        a_survey(an_entry(1, **BROKEN), an_entry(2, **FINE), an_entry(5, **BROKEN)),
    )

    assert [entry.id for entry in found.came_on] == [1, 5]
    assert [(change.now.id, change.gone_names) for change in found.came_off] == [(2, ("Recent breach",))]
    assert [entry.id for entry in found.closed] == [3]


def test_one_that_was_on_the_list_and_has_a_new_grave_flag_got_worse() -> None:
    found = compare(a_survey(an_entry(1, **BROKEN)), a_survey(an_entry(1, **WORSE)))

    assert [change.graver for change in found.graver] == [("Weak trust",)]
    assert found.graver[0].new_names == ("Weak trust",)
    assert (found.came_on, found.came_off) == ((), ())


@pytest.mark.parametrize(
    ("then", "now", "became"),
    [
        (FINE, WORSE, "worse"),
        (WORSE, FINE, "better"),
        (FINE, FINE, ""),
        ({"views": (a_view(),)}, FINE, "known"),
        (FINE, {"views": (a_view(),)}, "less known"),
    ],
)
def test_how_a_standing_changed_is_one_word(then: dict[str, object], now: dict[str, object], became: str) -> None:
    change = Change(an_entry(1, **then), an_entry(1, **now))

    assert change.became == became
    told = compare(a_survey(change.then), a_survey(change.now)).changed
    assert [one.became for one in told] == ([became] if became else [])


def test_a_word_that_changed_while_the_figure_stood_still_is_no_change() -> None:
    before = a_view(GOOD)
    after = replace(before, word="mixed", figure=before.figure - 0.01)

    assert Change(an_entry(1, views=(before,)), an_entry(1, views=(after,))).became == ""
