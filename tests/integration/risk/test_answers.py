"""Answering flags: what each answer needs, what it leaves in the record, and where the watchlist puts it afterwards."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, pretending, today
from register.database import db
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.risk.answer_lookups import answers_of, possible_owners, told
from register.risk.changes import FURTHEST, NewAnswer, answer_flag
from register.risk.entries import Entry
from register.risk.flags import Flag
from register.risk.life import State
from register.risk.models import FlagAnswer
from register.risk.plan_lookups import WhatCame, what_came
from register.risk.watchlist import entry_of, watchlist
from tests.factories import a_partnership, a_person, an_interaction

pytestmark = pytest.mark.usefixtures("session")
TODAY = today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def in_dispute(days: int = 30, **facts: Any) -> tuple[Person, Partnership]:
    """Return an officer and a partnership with one flag, of a dispute."""
    officer = a_person()
    partnership = a_partnership(**{
        "members": {officer: "lead"}, "significance": "routine", "started_on": ago(900), "lead_officer_id": officer.id,
        **facts,
    })
    an_interaction(officer, partnership, kind="dispute", held_on=ago(days), account="They withheld £86,400.")
    return officer, partnership


def the_flag(partnership: Partnership) -> Flag:
    entry = entry_of(partnership.id, clocks_now())
    assert entry is not None
    return next(flag for flag in entry.flags if flag.rule == "recent_breach")


def the_state(partnership: Partnership, clocks: Clocks | None = None) -> State:
    entry = entry_of(partnership.id, clocks or clocks_now())
    assert entry is not None
    return entry.state_of(next(flag for flag in entry.flags if flag.rule == "recent_breach"))


def a_plan(owner: Person, days: int = 20) -> NewAnswer:
    return NewAnswer("planned", "Meet and settle the invoice", owner.id, None, ago(-days))


def test_a_plan_says_what_who_and_when_and_its_owner_acts() -> None:
    officer, partnership = in_dispute()
    leader = a_person("leader", name="Helen Okafor")
    answer_flag(officer, partnership, the_flag(partnership), a_plan(leader))
    db.session.commit()
    entry = entry_of(partnership.id, clocks_now())

    assert isinstance(entry, Entry)
    assert entry.who_acts == "Helen Okafor"
    assert entry.state.key == "planned"
    assert entry.state.plan is not None
    assert (entry.state.plan.action, entry.state.plan.until) == ("Meet and settle the invoice", ago(-20))
    assert entry.state.plan.by == officer.name


def test_an_answer_is_recorded_with_its_reason_and_the_history_stays_whole() -> None:
    officer, partnership = in_dispute()
    row = answer_flag(officer, partnership, the_flag(partnership), NewAnswer("closed", reason="It was settled."))
    db.session.commit()
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.entity == "flag_answer")).one()

    assert (entry.action, entry.entity_id, entry.scope_id) == ("flag_answer:closed", row.id, partnership.id)
    assert verify().is_whole


def test_a_later_answer_takes_the_place_of_an_earlier_one_which_is_kept() -> None:
    officer, partnership = in_dispute()
    flag = the_flag(partnership)
    answer_flag(officer, partnership, flag, NewAnswer("acknowledged"))
    answer_flag(officer, partnership, flag, NewAnswer("deferred", until=ago(-30), reason="The auditors report first."))

    assert [row.kind for row in answers_of(partnership.id, "recent_breach")] == ["acknowledged", "deferred"]
    assert the_state(partnership).key == "deferred"


def test_a_closed_flag_opens_again_when_something_new_happens() -> None:
    officer, partnership = in_dispute()
    answer_flag(officer, partnership, the_flag(partnership), NewAnswer("closed", reason="It was settled."))
    db.session.commit()
    assert the_state(partnership).key == "closed"
    an_interaction(officer, partnership, kind="dispute", held_on=ago(1), account="The next invoice too.")
    db.session.commit()
    assert the_state(partnership).key == "again"


def test_an_answer_holds_from_its_day_on_and_as_far_as_the_register_knew() -> None:
    with pretending(datetime.combine(ago(70), time(9), UTC)):
        officer, partnership = in_dispute(75)
        db.session.commit()
    with pretending(datetime.combine(ago(10), time(9), UTC)):
        answer_flag(officer, partnership, the_flag(partnership), a_plan(officer, days=5))
        db.session.commit()

    assert the_state(partnership).key == "planned"
    assert the_state(partnership, Clocks(ago(10))).key == "planned"
    assert the_state(partnership, Clocks(ago(11))).key == "open"
    assert the_state(partnership, Clocks(TODAY, ago(11))).key == "open"


def test_an_overdue_plan_rises_above_others_and_what_is_settled_comes_last() -> None:
    officer, first = in_dispute(3)
    _, second = in_dispute(40)
    _, third = in_dispute(50)
    assert [entry.id for entry in watchlist(clocks_now())] == [third.id, second.id, first.id]
    with pretending(datetime.combine(ago(2), time(9), UTC)):
        answer_flag(officer, first, the_flag(first), a_plan(officer, days=-1))
        db.session.commit()
    answer_flag(officer, third, the_flag(third), NewAnswer("closed", reason="It was settled."))
    db.session.commit()

    assert [entry.id for entry in watchlist(clocks_now())] == [first.id, second.id, third.id]
    assert the_state(first).key == "overdue"


@pytest.mark.parametrize(("answer", "field", "sentence"), [
    (NewAnswer(None), "kind", "Choose what to answer: acknowledge, plan, defer or close."),
    (NewAnswer("ignored"), "kind", "Choose what to answer: acknowledge, plan, defer or close."),
    (NewAnswer("planned", None, 1, None, ago(-9)), "action", "Say what will be done."),
    (NewAnswer("planned", " \u200b ", 1, None, ago(-9)), "action", "Say what will be done."),
    (NewAnswer("planned", "Meet", None, "  ", ago(-9)), "owner_id", "Say who owns the plan: choose a person, or write "
     "a name."),
    (NewAnswer("planned", "Meet", 999_999, None, ago(-9)), "owner_id", "Choose an owner from the list, or write a "
     "name."),
    (NewAnswer("planned", "Meet", None, "Helen", None), "until", "Enter the day to look again."),
    (NewAnswer("planned", "Meet", None, "Helen", TODAY), "until", "The day to look again must be after today."),
    (NewAnswer("planned", "Meet", None, "Helen", TODAY + FURTHEST + timedelta(1)), "until",
     "The day to look again must be within two years."),
    (NewAnswer("deferred", until=ago(-9)), "reason", "Say why it is deferred."),
    (NewAnswer("deferred", reason="Later"), "until", "Enter the day until which it is deferred."),
    (NewAnswer("closed"), "reason", "Say why nothing is to be done."),
    (NewAnswer("acknowledged", reason="x" * 201), "reason", "The reason must be 200 characters or fewer. It has 201."),
])
def test_an_answer_that_lacks_something_is_refused_at_its_field(answer: NewAnswer, field: str, sentence: str) -> None:
    officer, partnership = in_dispute()
    with pytest.raises(Refusal) as refused:
        answer_flag(officer, partnership, the_flag(partnership), answer)
    assert (refused.value.field, refused.value.message) == (field, sentence)
    assert db.session.scalars(select(FlagAnswer)).all() == []


def test_what_an_answer_does_not_need_is_left_out() -> None:
    officer, partnership = in_dispute()
    row = answer_flag(officer, partnership, the_flag(partnership), NewAnswer(
        "closed", "Meet", officer.id, "Somebody", ago(-9), "It was settled.",
    ))
    assert (row.action, row.owner_id, row.owner_name, row.until) == (None, None, None, None)


def test_a_restricted_partnership_offers_its_own_people_as_owners_and_an_open_one_leaders_too() -> None:
    officer, partnership = in_dispute()
    leader, gone = a_person("leader", name="Zoe"), a_person("leader", disabled_at=datetime.now(UTC))

    assert set(possible_owners(partnership.id, is_restricted=False)) == {officer, leader}
    assert set(possible_owners(partnership.id, is_restricted=True)) == {officer}
    assert gone not in possible_owners(partnership.id, is_restricted=False)


def test_answers_about_a_restricted_partnership_change_nothing_of_others() -> None:
    _, open_one = in_dispute(40)
    officer, hidden = in_dispute(30, is_restricted=True)
    before = [(entry.id, entry.flags, entry.states) for entry in watchlist(clocks_now()) if entry.id == open_one.id]
    answer_flag(officer, hidden, the_flag(hidden), a_plan(officer))
    db.session.commit()
    after = [(entry.id, entry.flags, entry.states) for entry in watchlist(clocks_now()) if entry.id == open_one.id]
    assert before == after


# Before and after


def planned_then(meetings: list[dict[str, int]], before: int = 2, **plan: Any) -> list[WhatCame]:
    """Return what came of a plan of 40 days ago, after bad meetings before it and some others since."""
    with pretending(datetime.combine(ago(200), time(9), UTC)):
        officer, partnership = in_dispute(230)
        for days in (225, 220, 215, 210):
            an_interaction(officer, partnership, {"ilm:openness": before}, held_on=ago(days))
        db.session.commit()
    with pretending(datetime.combine(ago(40), time(9), UTC)):
        an_interaction(officer, partnership, kind="dispute", held_on=ago(41))
        answer_flag(officer, partnership, the_flag(partnership), NewAnswer(
            "planned", "Meet", None, "Helen", **{"until": ago(2), **plan},
        ))
        db.session.commit()
    for place, scores in enumerate(meetings):
        an_interaction(officer, partnership, scores, held_on=ago(35 - place))
    db.session.commit()
    return what_came(partnership.id, told(answers_of(partnership.id, "recent_breach")), TODAY)


@pytest.mark.parametrize(("before", "score", "number", "trend"), [
    (2, 5, 6, "rising"), (4, 1, 6, "falling"), (2, 5, 1, "no clear change"), (2, 5, 0, "no clear change"),
])
def test_what_came_of_a_plan_is_told_with_whether_it_is_more_than_chance(
    before: int, score: int, number: int, trend: str,
) -> None:
    (came,) = planned_then([{"ilm:openness": score}] * number, before)
    assert (came.trend, came.is_over, came.ended) == (trend, True, ago(2))
    assert came.heard == pytest.approx(number)
    assert came.plan.answered_on == ago(40)
    if number:
        assert (came.now.figure > came.then.figure) == (score == 5)


def test_a_plan_in_hand_is_told_so_far_and_one_that_was_replaced_up_to_that_day() -> None:
    (came,) = planned_then([{"ilm:openness": 5}], until=ago(-5))
    assert (came.is_over, came.ended) == (False, TODAY)
    officer = a_person()
    partnership = db.session.get(Partnership, came.relationship.partnership_id)
    assert partnership is not None
    answer_flag(officer, partnership, the_flag(partnership), NewAnswer("closed", reason="It is settled."))
    (closed,) = what_came(partnership.id, told(answers_of(partnership.id, "recent_breach")), TODAY)
    assert (closed.is_over, closed.ended) == (True, TODAY)


def test_where_nothing_is_known_of_any_relationship_there_is_no_before_and_after() -> None:
    officer, partnership = in_dispute()
    row = answer_flag(officer, partnership, the_flag(partnership), a_plan(officer))
    db.session.commit()
    assert what_came(partnership.id, told([row]), TODAY) == []
