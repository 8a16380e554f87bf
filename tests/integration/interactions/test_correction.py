"""Correcting: the new version counts, the first one stays visible, and what was known then stays known."""

from datetime import UTC, datetime, timedelta

import pytest

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, pretending, today
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.lookups import interactions_of_partnership, readings, versions_of
from register.interactions.models import Interaction
from register.partnerships.lookups import Relationship
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.lookups import evidence_of, views
from tests.factories import a_partnership, a_person, an_interaction, partners_of

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday in March, when the mistaken version was logged."""
LATER = THEN + timedelta(days=30)


def corrected(
    by: Person, partnership: Partnership, mistaken: Interaction, reason: str | None = "Mixed up two people",
    account: str = "We met and talked.", **scores: int,
) -> Interaction:
    council, charity = partners_of(partnership)
    given = [NewReading(council.id, charity.id, f"ilm:{name}", score, "seen") for name, score in scores.items()]
    happening = Happening("meeting", mistaken.held_on, account, [Present(council.id), Present(charity.id)], given)
    return correct_interaction(by, partnership, mistaken, happening, reason)


@pytest.mark.usefixtures("session")
def test_a_correction_withdraws_the_earlier_evidence_and_adds_its_own() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    relationship = Relationship(partnership.id, council.id, charity.id)
    mistaken = an_interaction(officer, partnership, {"ilm:openness": 1, "ilm:ability": 1})
    kept = corrected(officer, partnership, mistaken, openness=5)
    standing = views([relationship], clocks_now())[relationship].standing
    assert (standing.good, standing.bad) == pytest.approx((1, 0))
    pieces = evidence_of(relationship, clocks_now())
    assert {(piece.determinant, piece.source) for piece in pieces} == {
        ("", f"interaction:{kept.id}"), ("ilm:openness", f"interaction:{kept.id}"),
    }


@pytest.mark.usefixtures("session")
def test_what_was_known_before_the_correction_stays_known() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    relationship = Relationship(partnership.id, council.id, charity.id)
    with pretending(THEN):
        mistaken = an_interaction(officer, partnership, {"ilm:openness": 1})
    with pretending(LATER):
        kept = corrected(officer, partnership, mistaken, openness=5)
    day = mistaken.held_on
    eve = LATER.date() - timedelta(days=1)
    for known, row, good in ((day, mistaken, 0), (eve, mistaken, 0), (LATER.date(), kept, 1)):
        clocks = Clocks(day, known)
        assert interactions_of_partnership(partnership.id, clocks) == [row]
        assert views([relationship], clocks)[relationship].standing.good == pytest.approx(good)
    assert interactions_of_partnership(partnership.id, Clocks(day - timedelta(days=1))) == []
    assert interactions_of_partnership(partnership.id, Clocks(day, day - timedelta(days=1))) == []


@pytest.mark.usefixtures("session")
def test_every_version_is_told_first_one_first_from_any_of_them() -> None:
    partnership, officer = a_partnership(), a_person()
    first = an_interaction(officer, partnership)
    second = corrected(officer, partnership, first, account="Second")
    third = corrected(officer, partnership, second, account="Third")
    for version in (first, second, third):
        assert versions_of(version) == [first, second, third]
        assert version.lasting_id == first.id
    assert (first.superseded_by_id, second.superseded_by_id, third.superseded_by_id) == (second.id, third.id, None)
    assert first.account == "We met and talked."


@pytest.mark.parametrize("reason", [None, "", "  ", "bad\x00reason", "x" * 201])
@pytest.mark.usefixtures("session")
def test_a_correction_needs_a_reason_that_can_be_kept(reason: str | None) -> None:
    partnership, officer = a_partnership(), a_person()
    mistaken = an_interaction(officer, partnership)
    with pytest.raises(Refusal) as caught:
        corrected(officer, partnership, mistaken, reason)
    assert caught.value.field == "reason"
    assert not mistaken.is_superseded


@pytest.mark.usefixtures("session")
def test_only_the_newest_version_is_corrected() -> None:
    partnership, officer = a_partnership(), a_person()
    mistaken = an_interaction(officer, partnership)
    corrected(officer, partnership, mistaken)
    with pytest.raises(Refusal, match="corrected already"):
        corrected(officer, partnership, mistaken)


@pytest.mark.usefixtures("session")
def test_a_reading_stays_the_opinion_of_who_gave_it_until_its_score_changes() -> None:
    partnership, officer, lead = a_partnership(), a_person(), a_person()
    mistaken = an_interaction(officer, partnership, {"ilm:openness": 4, "ilm:ability": 2})
    kept = corrected(lead, partnership, mistaken, openness=4, ability=3, fairness=5)
    opinions = {row.determinant: row.rated_by_id for row in readings([kept.id])[kept.id]}
    assert opinions == {"ilm:openness": officer.id, "ilm:ability": lead.id, "ilm:fairness": lead.id}
    council, charity = partners_of(partnership)
    pieces = evidence_of(Relationship(partnership.id, council.id, charity.id), clocks_now())
    wholes = {piece.rater_key: piece.good for piece in pieces if not piece.determinant}
    assert wholes == {f"person:{officer.id}:own": 0.75, f"person:{lead.id}:own": 0.75}


@pytest.mark.usefixtures("session")
def test_moving_a_meeting_to_another_day_moves_its_evidence() -> None:
    partnership, officer = a_partnership(), a_person()
    council, charity = partners_of(partnership)
    mistaken = an_interaction(officer, partnership, {"ilm:openness": 4})
    given = [NewReading(council.id, charity.id, "ilm:openness", 4, "seen")]
    day = today() - timedelta(days=10)
    happening = Happening("call", day, "It was a call.", [Present(council.id)], given)
    correct_interaction(officer, partnership, mistaken, happening, "Wrong day")
    pieces = evidence_of(Relationship(partnership.id, council.id, charity.id), clocks_now())
    assert {piece.held_on for piece in pieces} == {day}
