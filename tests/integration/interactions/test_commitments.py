"""What became of promises, on both clocks, and what that says of who promised."""

from datetime import date, datetime, time, timedelta

import pytest

from register.accounts.models import Person
from register.clock import LONDON, Clocks, clocks_now, pretending, today
from register.interactions.commitment_changes import (
    NewCommitment,
    live_settlement,
    make_commitments,
    settle_commitment,
)
from register.interactions.commitment_lookups import (
    broken_promises,
    commitment_states,
    made_in,
    open_commitments,
    settlements_of,
    successors_of,
)
from register.interactions.models import Commitment
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.lookups import evidence_of
from tests.factories import a_partnership, a_person, an_interaction, partners_of

TODAY = today()


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def noon(ago: int) -> datetime:
    return datetime.combine(days_ago(ago), time(12), LONDON)


def a_promise(
    by: Person, partnership: Partnership, *, made: int = 30, due: int = 10, what: str = "Send it",
) -> Commitment:
    """Return what the second partner promised the first, so many days ago, due so many days ago."""
    council, charity = partners_of(partnership)[:2]
    promise = NewCommitment(charity.id, council.id, what, days_ago(due))
    return make_commitments(by, partnership, [promise], made_on=days_ago(made))[0]


def about_promisor(promise: Commitment) -> Relationship:
    return Relationship(promise.partnership_id, promise.promisee_id, promise.promisor_id)


@pytest.mark.parametrize(("outcome", "settled", "good"), [
    ("kept", 12, 1.0), ("late", 5, 0.5), ("broken", 3, 0.0), ("withdrawn", 3, None), ("renegotiated", 3, None),
])
@pytest.mark.usefixtures("session")
def test_an_answer_counts_as_the_promisees_evidence_about_the_promisor(
    outcome: str, settled: int, good: float | None,
) -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    settle_commitment(
        officer, partnership, promise, outcome, settled_on=days_ago(settled), new_due_on=TODAY + timedelta(days=9),
    )
    pieces = evidence_of(about_promisor(promise), clocks_now())
    told = [(piece.good, piece.bad, piece.determinant, piece.rater_key, piece.held_on) for piece in pieces]
    assert told == ([] if good is None else [(good, 1 - good, "", "", days_ago(settled))])


@pytest.mark.usefixtures("session")
def test_a_changed_answer_takes_the_evidence_of_the_earlier_one_back() -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    settle_commitment(officer, partnership, promise, "broken", settled_on=days_ago(3))
    settle_commitment(officer, partnership, promise, "late", settled_on=days_ago(3), note="It came that evening")
    assert [piece.good for piece in evidence_of(about_promisor(promise), clocks_now())] == [0.5]
    assert [row.outcome for row in settlements_of(promise.id)] == ["broken", "late"]
    assert getattr(live_settlement(promise.id), "outcome", None) == "late"


@pytest.mark.parametrize(("outcome", "settled", "field"), [
    ("kept", 5, "outcome"), ("late", 12, "outcome"), ("kept", 31, "settled_on"), ("kept", -1, "settled_on"),
    ("lost", 5, "outcome"),
])
@pytest.mark.usefixtures("session")
def test_an_answer_that_cannot_be_is_refused(outcome: str, settled: int, field: str) -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    with pytest.raises(Refusal) as caught:
        settle_commitment(officer, partnership, promise, outcome, settled_on=days_ago(settled))
    assert caught.value.field == field
    assert settlements_of(promise.id) == []


@pytest.mark.usefixtures("session")
def test_an_answer_is_changed_only_with_a_reason() -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    settle_commitment(officer, partnership, promise, "broken", settled_on=days_ago(3))
    with pytest.raises(Refusal) as caught:
        settle_commitment(officer, partnership, promise, "late", settled_on=days_ago(3), note=" ")
    assert caught.value.field == "note"


@pytest.mark.parametrize(("due", "what", "field"), [
    (None, None, "new_due_on"), (days_ago(9), None, "new_due_on"), (TODAY, "x" * 201, "new_what"),
])
@pytest.mark.usefixtures("session")
def test_a_renegotiated_promise_needs_a_day_and_words_that_can_be_kept(
    due: date | None, what: str | None, field: str,
) -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    with pytest.raises(Refusal) as caught:
        settle_commitment(
            officer, partnership, promise, "renegotiated", settled_on=days_ago(3), new_due_on=due, new_what=what,
        )
    assert caught.value.field == field


@pytest.mark.usefixtures("session")
def test_a_renegotiated_promise_is_followed_by_its_successor() -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    settle_commitment(officer, partnership, promise, "renegotiated", settled_on=days_ago(3), new_due_on=TODAY)
    [successor] = successors_of(promise.id)
    assert (successor.what, successor.made_on, successor.due_on) == ("Send it", days_ago(3), TODAY)
    assert [state.commitment for state in open_commitments([partnership.id], clocks_now())] == [successor]


@pytest.mark.usefixtures("session")
def test_promises_are_told_as_they_stood_on_a_day() -> None:
    partnership, officer = a_partnership(), a_person()
    promise = a_promise(officer, partnership)
    settle_commitment(officer, partnership, promise, "late", settled_on=days_ago(5))

    def stood(ago: int) -> list[tuple[str, int]]:
        states = commitment_states([partnership.id], Clocks(days_ago(ago)))
        return [(state.outcome, state.days_overdue) for state in states]

    assert {ago: stood(ago) for ago in (31, 30, 10, 7, 5, 0)} == {
        31: [], 30: [("open", 0)], 10: [("open", 0)], 7: [("open", 3)], 5: [("late", 0)], 0: [("late", 0)],
    }


@pytest.mark.usefixtures("session")
def test_promises_are_told_as_they_were_known_on_a_day() -> None:
    partnership, officer = a_partnership(), a_person()
    with pretending(noon(20)):
        promise = a_promise(officer, partnership)
    for ago, outcome, note in ((6, "broken", None), (2, "late", "It came after all")):
        with pretending(noon(ago)):
            settle_commitment(officer, partnership, promise, outcome, settled_on=days_ago(8), note=note)
    known = {
        ago: [state.outcome for state in commitment_states([partnership.id], Clocks(TODAY, days_ago(ago)))]
        for ago in (21, 20, 7, 6, 3, 2)
    }
    assert known == {21: [], 20: ["open"], 7: ["open"], 6: ["broken"], 3: ["broken"], 2: ["late"]}
    now = commitment_states([partnership.id], clocks_now())
    assert [(state.outcome, state.note) for state in now] == [("late", "It came after all")]
    assert broken_promises([partnership.id], clocks_now()) == []


@pytest.mark.usefixtures("session")
def test_promises_of_several_partnerships_come_with_the_longest_overdue_first() -> None:
    one, other, officer = a_partnership(), a_partnership(), a_person()
    a_promise(officer, one, due=2, what="second")
    a_promise(officer, other, due=9, what="first")
    a_promise(officer, other, due=-5, what="third")
    states = open_commitments([one.id, other.id], clocks_now())
    told = [(state.commitment.what, state.days_overdue) for state in states]
    assert told == [("first", 9), ("second", 2), ("third", 0)]
    assert [state.is_overdue for state in states] == [True, True, False]


@pytest.mark.usefixtures("session")
def test_promises_are_counted_by_the_interaction_they_were_made_in() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    promises = [NewCommitment(charity.id, council.id, f"Number {number}", TODAY) for number in range(2)]
    with_two = an_interaction(officer, partnership, commitments=promises)
    with_none = an_interaction(officer, partnership)
    assert made_in([with_two.id, with_none.id], clocks_now()) == {with_two.id: 2}
