"""Who carries a tie, who has gone quiet, and who would be cut off."""

from collections.abc import Iterable
from typing import Any

import pytest

from register.risk.facts import Carrier, CutOff, Meeting
from register.risk.flags import Finding
from register.risk.people_rules import gone_quiet, rests_on_one, single_point
from tests.fixtures.risks import ago, some_facts

PRIYA, OMAR = 1, 2
JOAN, KIM = 11, 12
RIVERSIDE = 2
PEOPLE = {PRIYA: Carrier("Asha Verne"), OMAR: Carrier("Omar Bell")}
CONTACTS = {JOAN: Carrier("Joan Whitlock", "Riverside"), KIM: Carrier("Kim Ojo", "Riverside")}


def meetings(days: Iterable[int], people: Iterable[int] = (), contacts: Iterable[int] = ()) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            ago(one),
            frozenset(people),
            frozenset((RIVERSIDE, contact) for contact in contacts),
            frozenset({1, RIVERSIDE}),
        )
        for one in sorted(days, reverse=True)
    )


def carried(*held: tuple[Meeting, ...], **facts: object) -> Finding | None:
    every = sorted((meeting for one in held for meeting in one), key=lambda meeting: meeting.held_on)
    return rests_on_one(some_facts(**{"meetings": tuple(every), "people": PEOPLE, "contacts": CONTACTS, **facts}))


SIX = range(20, 320, 50)


def test_silence_of_twice_the_agreed_gap_is_said_and_is_no_fall() -> None:
    found = gone_quiet(some_facts(cadence_days=60, last_held_on=ago(130)))

    assert found is not None
    assert found.words == (
        "Nothing was logged for 130 days, and the partners agreed to meet every 60. "
        "The evidence is fading; nothing has fallen."
    )
    assert found.since == ago(9)
    assert "arrange a review" in found.clears


@pytest.mark.parametrize(
    ("facts", "fires"),
    [
        ({"cadence_days": 60, "last_held_on": ago(120)}, False),
        ({"cadence_days": 60, "last_held_on": ago(121)}, True),
        ({"cadence_days": 7, "last_held_on": ago(60)}, False),
        ({"cadence_days": 7, "last_held_on": ago(61)}, True),
        ({"usual_gap": 20.0, "last_held_on": ago(61)}, True),
        ({"usual_gap": 90.0, "last_held_on": ago(100)}, False),
        ({"cadence_days": None, "last_held_on": ago(900)}, False),
        ({"cadence_days": 30, "last_held_on": None}, False),
    ],
)
def test_quiet_is_more_than_twice_the_gap_and_more_than_sixty_days(facts: dict[str, Any], fires: bool) -> None:
    assert (gone_quiet(some_facts(**facts)) is not None) is fires


def test_one_officer_in_all_of_six_interactions_carries_the_tie_since_the_sixth() -> None:
    found = carried(meetings(SIX, [PRIYA]))

    assert found is not None
    assert found.words == "Asha Verne took part in 6 of 6 interactions of the last year."
    assert found.since == ago(20)
    assert found.severity is None


def test_five_interactions_are_too_few_to_say() -> None:
    assert carried(meetings(list(SIX)[:5], [PRIYA])) is None


def test_a_second_who_is_there_half_of_the_time_can_carry_on() -> None:
    assert carried(meetings(SIX, [PRIYA]), meetings([20, 70, 120, 170, 220, 270], [PRIYA, OMAR])) is None
    assert carried(meetings([*SIX, 30, 40, 45], [PRIYA]), meetings([25], [OMAR])) is not None


def test_a_colleague_who_looks_after_it_too_can_carry_on_without_having_met_them() -> None:
    assert carried(meetings(SIX, [PRIYA]), officers=2) is None


def test_one_contact_in_all_meetings_of_the_partner_carries_it_whoever_comes_from_here() -> None:
    found = carried(meetings(list(SIX)[::2], [PRIYA], [JOAN]), meetings(list(SIX)[1::2], [OMAR], [JOAN]), officers=2)

    assert found is not None
    assert found.words.startswith("Joan Whitlock took part in 6 of 6")
    assert "Joan Whitlock, Riverside, took part" in str(found.reasons[0])


def test_one_who_carries_it_and_is_leaving_is_said_at_once_and_gravely() -> None:
    leaving = {JOAN: Carrier("Joan Whitlock", "Riverside", leaves_on=ago(-25), known_since=ago(14))}
    found = carried(meetings([10, 40, 70], [PRIYA, OMAR], [JOAN]), contacts=leaving)

    assert found is not None
    assert found.words == "Joan Whitlock, who carries it, leaves on 18 December 2026."
    assert found.since == ago(14)
    assert found.severity == "high"
    assert str(found.reasons[0]).endswith("(last day 18 December 2026)")


def test_one_who_has_left_still_carried_it() -> None:
    gone = {JOAN: Carrier("Joan Whitlock", "Riverside", leaves_on=ago(20), known_since=ago(30))}
    found = carried(meetings(range(30, 120, 20), [PRIYA, OMAR], [JOAN]), contacts=gone)

    assert found is not None
    assert found.words == "Joan Whitlock, who carries it, left on 3 November 2026."


def test_an_officer_whose_account_is_disabled_leaves_too_though_there_are_colleagues() -> None:
    people = {PRIYA: Carrier("Asha Verne", leaves_on=ago(5), known_since=ago(5))}
    found = carried(meetings(SIX, [PRIYA]), people=people, officers=3)

    assert found is not None
    assert found.since == ago(5)


def test_a_contact_who_leaves_but_came_seldom_takes_nothing_along() -> None:
    leaving = {**CONTACTS, KIM: Carrier("Kim Ojo", "Riverside", leaves_on=ago(-9), known_since=ago(1))}
    assert carried(meetings(SIX, [PRIYA, OMAR], []), meetings([15], [PRIYA, OMAR], [KIM]), contacts=leaving) is None


def test_interactions_older_than_a_year_do_not_count() -> None:
    assert carried(meetings([day + 366 for day in SIX], [PRIYA])) is None


def test_who_would_be_cut_off_is_named_with_the_organisation_in_between() -> None:
    found = single_point(some_facts(cut_off=(CutOff(5, "River Authority", ("Saltmarsh Residents",), ago(188)),)))

    assert found is not None
    assert found.words == "Without River Authority, Saltmarsh Residents would be cut off from the rest of the network."
    assert found.since == ago(188)
    assert (found.reasons[0].kind, found.reasons[0].target) == ("organisation", (5,))
    assert single_point(some_facts()) is None
