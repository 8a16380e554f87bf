"""Logging what happened: what is kept, what counts as evidence, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from register.clock import clocks_now, today
from register.database import db
from register.interactions.changes import Happening, NewCommitment, NewReading, Present, log_interaction
from register.interactions.checks import problems
from register.interactions.commitment_lookups import commitments_made_in
from register.interactions.lookups import attendances, readings
from register.interactions.models import Interaction
from register.partnerships.changes import add_participation, edit_participation
from register.partnerships.contact_changes import add_contact
from register.partnerships.lookups import Relationship, all_participations
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.lookups import evidence_of, views
from tests.factories import a_partnership, a_person, an_organisation, partners_of

TODAY = today()


def a_meeting(partnership: Partnership, **changed: object) -> Happening:
    """Return a meeting that can be kept, with some facts changed."""
    first, second = (body.id for body in partners_of(partnership)[:2])
    happening = Happening("meeting", TODAY, "We met.", [Present(first), Present(second)])
    return happening._replace(**changed)  # type: ignore[arg-type]  # a test names the fields it changes


def refusal_of(partnership: Partnership, happening: Happening, *commitments: NewCommitment) -> Refusal:
    with pytest.raises(Refusal) as caught:
        log_interaction(a_person(), partnership, happening, commitments)
    return caught.value


@pytest.mark.usefixtures("session")
def test_an_interaction_is_kept_with_who_was_there_its_readings_and_promises() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    contact = add_contact("register", organisation_id=charity.id, role="Head of operations")
    happening = a_meeting(
        partnership, account="We met.\r\nWe talked. ",
        present=[Present(council.id, person_id=officer.id), Present(charity.id, contact.id)],
        readings=[NewReading(council.id, charity.id, "ilm:openness", 4, "  sent   figures ")],
    )
    promise = NewCommitment(charity.id, council.id, "Send the rota", TODAY + timedelta(days=7))
    kept = log_interaction(officer, partnership, happening, [promise])
    assert kept.account == "We met.\nWe talked."
    assert [(one.organisation_id, one.contact_id, one.person_id) for one in attendances([kept.id])[kept.id]] == [
        (council.id, None, officer.id), (charity.id, contact.id, None),
    ]
    [reading] = readings([kept.id])[kept.id]
    assert (reading.score, reading.evidence, reading.voice) == (4, "sent figures", "own")
    assert reading.rated_by_id == officer.id
    [state] = commitments_made_in(kept.id, clocks_now())
    assert (state.commitment.what, state.outcome, state.days_overdue) == ("Send the rota", "open", 0)


@pytest.mark.usefixtures("session")
def test_the_whole_is_the_mean_of_what_was_rated_and_what_did_not_come_up_adds_nothing() -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    pair = council.id, charity.id
    given = [NewReading(*pair, "ilm:openness", 4), NewReading(*pair, "ilm:ability", 5)]
    log_interaction(a_person(), partnership, a_meeting(partnership, readings=given))
    pieces = evidence_of(Relationship(partnership.id, council.id, charity.id), clocks_now())
    assert {(piece.determinant, piece.good) for piece in pieces} == {
        ("", 0.875), ("ilm:openness", 0.75), ("ilm:ability", 1.0),
    }


@pytest.mark.usefixtures("session")
def test_the_two_directions_stay_apart() -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    given = [
        NewReading(council.id, charity.id, "ilm:openness", 5),
        NewReading(charity.id, council.id, "ilm:openness", 1, "We were late twice", "told"),
    ]
    log_interaction(a_person(), partnership, a_meeting(partnership, readings=given))
    ours = Relationship(partnership.id, council.id, charity.id)
    theirs = Relationship(partnership.id, charity.id, council.id)
    found = views([ours, theirs], clocks_now())
    assert found[ours].standing.good == pytest.approx(1)
    assert found[theirs].standing.bad == pytest.approx(1)


@pytest.mark.parametrize(("changed", "field", "words"), [
    ({"held_on": TODAY + timedelta(days=2)}, "held_on", "has not come yet"),
    ({"held_on": None}, "held_on", "Enter the day"),
    ({"held_on": date(206, 11, 3)}, "held_on", "Check the year"),
    ({"kind": "party"}, "kind", "Choose what it was"),
    ({"account": " \n "}, "account", "a sentence is enough"),
    ({"account": "nu\x00ll"}, "account", "cannot be kept"),
    ({"account": "bell\x07"}, "account", "cannot be kept"),
    ({"account": "\ud800"}, "account", "cannot be kept"),
    ({"account": "x" * 4001}, "account", "4000 characters or fewer"),
    ({"present": []}, "present", "Choose which organisations"),
])
@pytest.mark.usefixtures("session")
def test_what_cannot_be_kept_is_refused_on_its_field(changed: dict[str, object], field: str, words: str) -> None:
    partnership = a_partnership()
    refusal = refusal_of(partnership, a_meeting(partnership, **changed))
    assert refusal.field == field
    assert words in refusal.message


@pytest.mark.usefixtures("session")
def test_a_partner_that_takes_no_part_is_refused() -> None:
    partnership, stranger = a_partnership(), an_organisation()
    assert refusal_of(partnership, a_meeting(partnership, present=[Present(stranger.id)])).field == "present"


@pytest.mark.usefixtures("session")
def test_a_partner_takes_part_only_between_its_days() -> None:
    partnership, late, gone = a_partnership(), an_organisation(), an_organisation()
    add_participation("register", partnership, late.id, "partner", joined_on=TODAY)
    add_participation("register", partnership, gone.id, "partner")
    edit_participation(
        "register", all_participations(partnership.id)[-1], role="partner", joined_on=None,
        left_on=TODAY - timedelta(days=30),
    )
    assert refusal_of(partnership, a_meeting(partnership, present=[Present(gone.id)])).field == "present"
    before = a_meeting(partnership, present=[Present(late.id)], held_on=TODAY - timedelta(days=1))
    assert refusal_of(partnership, before).field == "present"
    then = a_meeting(partnership, present=[Present(gone.id)], held_on=TODAY - timedelta(days=40))
    assert log_interaction(a_person(), partnership, then).held_on == TODAY - timedelta(days=40)


@pytest.mark.usefixtures("session")
def test_a_contact_of_another_organisation_is_refused() -> None:
    partnership = a_partnership()
    elsewhere = add_contact("register", organisation_id=an_organisation().id, role="Clerk")
    council = partners_of(partnership)[0]
    refusal = refusal_of(partnership, a_meeting(partnership, present=[Present(council.id, elsewhere.id)]))
    assert (refusal.field, refusal.message) == ("present", "Choose contacts of the organisations that took part.")


@pytest.mark.parametrize(("score", "evidence", "field", "words"), [
    (0, None, "reading", "from 1 to 5 for openness"),
    (6, None, "reading", "from 1 to 5"),
    (1, " ", "evidence", "needs its evidence"),
    (4, "x" * 501, "evidence", "500 characters"),
    (4, "\x00", "evidence", "cannot be kept"),
])
@pytest.mark.usefixtures("session")
def test_a_reading_that_cannot_be_kept_is_refused_on_its_own_input(
    score: int, evidence: str | None, field: str, words: str,
) -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    given = [NewReading(council.id, charity.id, "ilm:openness", score, evidence)]
    refusal = refusal_of(partnership, a_meeting(partnership, readings=given))
    assert refusal.field == f"{field}-{council.id}-{charity.id}-ilm:openness"
    assert words in refusal.message


@pytest.mark.usefixtures("session")
def test_a_reading_of_a_stranger_or_of_oneself_is_refused() -> None:
    partnership = a_partnership()
    council = partners_of(partnership)[0]
    for ratee in (council.id, an_organisation().id):
        given = [NewReading(council.id, ratee, "ilm:openness", 4)]
        assert "one partner about another" in refusal_of(partnership, a_meeting(partnership, readings=given)).message


@pytest.mark.usefixtures("session")
def test_a_determinant_rated_twice_in_one_direction_is_refused() -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    twice = [NewReading(council.id, charity.id, "ilm:openness", score) for score in (2, 4)]
    assert refusal_of(partnership, a_meeting(partnership, readings=twice)).field == "readings"


@pytest.mark.parametrize(("what", "due", "field"), [
    ("", TODAY, "commitments-0-what"),
    ("Send it", None, "commitments-0-due_on"),
    ("Send it", TODAY - timedelta(days=1), "commitments-0-due_on"),
    ("Send it", TODAY + timedelta(days=4000), "commitments-0-due_on"),
    ("x" * 201, TODAY, "commitments-0-what"),
])
@pytest.mark.usefixtures("session")
def test_a_promise_that_cannot_be_kept_is_refused_on_its_own_input(what: str, due: date | None, field: str) -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    promise = NewCommitment(charity.id, council.id, what, due)
    assert refusal_of(partnership, a_meeting(partnership), promise).field == field


@pytest.mark.usefixtures("session")
def test_a_promise_to_oneself_is_refused() -> None:
    partnership = a_partnership()
    council = partners_of(partnership)[0]
    promise = NewCommitment(council.id, council.id, "Send it", TODAY)
    assert refusal_of(partnership, a_meeting(partnership), promise).field == "commitments-0-who"


@pytest.mark.usefixtures("session")
def test_all_problems_are_named_at_once_and_none_when_it_can_be_kept() -> None:
    partnership = a_partnership()
    council, charity = partners_of(partnership)
    bad = a_meeting(
        partnership, account="", held_on=TODAY + timedelta(days=30),
        readings=[NewReading(council.id, charity.id, "ilm:openness", 1)],
    )
    promises = [NewCommitment(council.id, charity.id, "Send it", due) for due in (TODAY, None)]
    assert [refusal.field for refusal in problems(partnership, bad, promises)] == [
        "held_on", "account", f"evidence-{council.id}-{charity.id}-ilm:openness", "commitments-1-due_on",
    ]
    assert problems(partnership, a_meeting(partnership), promises[:1]) == []


@pytest.mark.usefixtures("session")
def test_a_refused_interaction_leaves_nothing_behind() -> None:
    partnership = a_partnership()
    refusal_of(partnership, a_meeting(partnership, account=""))
    assert db.session.scalars(select(Interaction)).all() == []
