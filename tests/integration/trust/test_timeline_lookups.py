"""Standings over time equal what is answered for each day alone, and follow every change of the register."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from register.accounts.models import Person
from register.clock import Clocks, now, pretending, today
from register.database import db
from register.interactions.changes import Happening, Present, correct_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.commitment_lookups import commitment_states
from register.interactions.models import Interaction
from register.partnerships.lookups import Relationship, all_participations
from register.partnerships.models import Partnership
from register.trust.changes import set_restriction
from register.trust.lookups import views
from register.trust.timeline import Moment
from register.trust.timeline_lookups import lending_of, raters_elsewhere, timelines
from tests.factories import a_partnership, a_person, an_interaction, partners_of

DETERMINANTS = ("ilm:openness", "ilm:ability", "ilm:fairness")


def relationships_of(partnership: Partnership) -> list[Relationship]:
    one, other = [row.organisation_id for row in all_participations(partnership.id)][:2]
    return [Relationship(partnership.id, one, other), Relationship(partnership.id, other, one)]


def told_story(seed: int) -> tuple[Person, list[Partnership], list[Interaction]]:
    """Three partnerships with common partners, one of them restricted, and two years of meetings and promises."""
    chance, officer = Random(seed), a_person("officer")
    first = a_partnership(2, {officer: "lead"})
    one, other = partners_of(first)
    partnerships = [
        first,
        a_partnership([other, one], {officer: "lead"}),
        a_partnership([one, other], {officer: "lead"}, is_restricted=True),
    ]
    logged = []
    for _ in range(24):
        partnership = chance.choice(partnerships)
        day = today() - timedelta(days=chance.randrange(700))
        scores = {key: chance.randint(1, 5) for key in chance.sample(DETERMINANTS, chance.randint(1, 3))}
        promise = NewCommitment(one.id, other.id, "to pay", day + timedelta(days=9))
        logged.append(
            an_interaction(
                officer,
                partnership,
                scores,
                held_on=day,
                back=chance.random() < 0.4,
                commitments=[promise] if chance.random() < 0.4 else [],
            )
        )
    settle_some(officer, partnerships, chance)
    return officer, partnerships, logged


def settle_some(officer: Person, partnerships: list[Partnership], chance: Random) -> None:
    for partnership in partnerships:
        for state in commitment_states([partnership.id], Clocks(today())):
            day = state.commitment.made_on
            outcome = chance.choice(["kept", "broken"])
            settle_commitment(officer, partnership, state.commitment, outcome, settled_on=day)


def assert_as_asked_alone(moments: list[Moment], relationship: Relationship, known: date | None = None) -> None:
    for moment in moments:
        view = views([relationship], Clocks(moment.day, known))[relationship]
        for part in ("good", "bad", "lent", "figure", "low", "high", "unknown"):
            alone = getattr(view.standing, part)
            assert getattr(moment.standing, part) == pytest.approx(alone, rel=1e-9, abs=1e-9), (moment.day, part)
        assert moment.standing.word == view.standing.word


@pytest.mark.parametrize("seed", [1, 2])
def test_each_moment_is_what_is_answered_for_its_day_alone(session: scoped_session[Any], seed: int) -> None:
    _, partnerships, _ = told_story(seed)
    shown = 0
    for partnership in partnerships:
        for relationship, moments in timelines(relationships_of(partnership), Clocks(today())).items():
            assert_as_asked_alone(moments, relationship)
            shown += len(moments)
    assert shown > 100


def test_moments_as_known_on_an_earlier_day_leave_out_what_was_learned_since(session: scoped_session[Any]) -> None:
    known = today() - timedelta(days=3)
    with pretending(now() - timedelta(days=10)):
        officer, partnerships, logged = told_story(3)
        db.session.commit()
    before = timelines(relationships_of(partnerships[0]), Clocks(known, known))
    mistaken = next(one for one in logged if one.partnership_id == partnerships[0].id)
    present = [Present(body.id) for body in partners_of(partnerships[0])]
    otherwise = Happening("meeting", mistaken.held_on, "It was otherwise.", present, [])
    correct_interaction(officer, partnerships[0], mistaken, otherwise, "Typo.")
    an_interaction(officer, partnerships[0], {"ilm:ability": 1}, held_on=known - timedelta(days=30))
    db.session.commit()
    after = timelines(relationships_of(partnerships[0]), Clocks(known, known))
    assert after == before
    as_known_now = timelines(relationships_of(partnerships[0]), Clocks(known))
    assert as_known_now != before
    for relationship, moments in after.items():
        assert_as_asked_alone(moments, relationship, known)


def test_a_restriction_takes_what_it_lent_from_the_whole_past(session: scoped_session[Any]) -> None:
    officer, partnerships, _ = told_story(4)
    relationship = relationships_of(partnerships[0])[0]
    db.session.commit()
    lending_of(Clocks(today()))
    set_restriction(officer.actor, partnerships[1], is_restricted=True, reason="It became delicate.")
    db.session.commit()
    assert_as_asked_alone(timelines([relationship], Clocks(today()))[relationship], relationship)


def test_what_is_lent_is_kept_until_the_history_moves(session: scoped_session[Any]) -> None:
    officer, partnerships, _ = told_story(5)
    clocks = Clocks(today())
    assert lending_of(clocks) is not lending_of(clocks), "a change that is not sealed must not be kept for others"
    db.session.commit()
    kept = lending_of(clocks)
    assert lending_of(clocks) is kept
    assert lending_of(Clocks(today() - timedelta(days=400))) is kept, "one timeline serves every day"
    assert lending_of(Clocks(today(), today() - timedelta(days=1))) is not kept
    an_interaction(officer, partnerships[0], {"ilm:ability": 1})
    db.session.commit()
    assert lending_of(clocks) is not kept


def test_without_evidence_there_are_no_moments(session: scoped_session[Any]) -> None:
    relationships = relationships_of(a_partnership(2))
    assert timelines(relationships, Clocks(today())) == {relationship: [] for relationship in relationships}


def test_other_relationships_that_lend_are_counted_without_restricted_ones(session: scoped_session[Any]) -> None:
    officer = a_person("officer")
    first = a_partnership(2, {officer: "lead"})
    one, other = partners_of(first)
    for is_restricted in (False, False, True):
        partnership = a_partnership([one, other], {officer: "lead"}, is_restricted=is_restricted)
        an_interaction(officer, partnership, {"ilm:ability": 4})
    an_interaction(officer, first, {"ilm:ability": 2})
    assert raters_elsewhere(Relationship(first.id, one.id, other.id), Clocks(today())) == 2
