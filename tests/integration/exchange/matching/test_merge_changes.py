"""Merges: two organisations become one with all they have, and become two again, figures and history included."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import Base, db
from register.exchange.matching.likeness import DIFFERENT, LATER
from register.exchange.matching.lookups import candidates, duplicates, kept_instead
from register.exchange.matching.merge_changes import judge_apart, merge_into, merge_organisations
from register.exchange.matching.merge_models import OrganisationMatch
from register.exchange.matching.pointer_lookups import POINTERS
from register.exchange.matching.unmerge_changes import undo_merge
from register.history.coverage import recorded_tables
from register.history.models import HistoryEntry
from register.history.verification import verify
from register.interactions.changes import NewCommitment
from register.interactions.commitment_changes import settle_commitment
from register.interactions.models import Attendance, Commitment, Reading
from register.partnerships.contact_changes import add_contact
from register.partnerships.deal_changes import Share, revise_deal
from register.partnerships.lookups import Relationship, participations
from register.partnerships.organisation_changes import edit_organisation
from register.partnerships.organisation_lookups import aliases_of, identifiers_of
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal
from register.trust.changes import rebuild
from register.trust.lookups import partnership_views, views
from register.trust.models import Evidence, TrustState
from tests.factories import a_partnership, a_person, an_interaction, an_organisation

NOT_MOVED = {
    "evidence": "restated by trust, so that what was known stays known",
    "trust_state": "a cache of the evidence",
    "organisation_match": "says what somebody said of these two",
    "organisation_merge": "says what was merged",
}
"""Tables that point to organisations and are not moved, with the reason."""


@pytest.fixture
def officer(app: Flask) -> Person:
    return a_person()


class Twins:
    """The Council works with Mill Hub in one partnership and with "Mill Hub Ltd", the same body, in another."""

    def __init__(self, officer: Person) -> None:
        self.council, self.hub, self.twin = (an_organisation(name) for name in ("Council", "Mill Hub", "Mill Hub Ltd"))
        self.one = a_partnership([self.council, self.hub], {officer: "lead"}, name="One")
        self.two = a_partnership([self.council, self.twin], {officer: "lead"}, name="Two", is_restricted=True)
        edit_organisation(officer.actor, self.twin, {}, aliases=["MHL"], identifiers=[("GB-CHC", "1234567")])
        add_contact(officer.actor, organisation_id=self.twin.id, role="Manager")
        self.unit = an_organisation("Kitchen", parent_id=self.twin.id)
        an_interaction(officer, self.one, {"ilm:openness": 4}, held_on=today() - timedelta(days=9))
        promise = NewCommitment(self.twin.id, self.council.id, "Send the plan", today())
        five, three = (today() - timedelta(days=days) for days in (5, 3))
        an_interaction(officer, self.two, {"ilm:openness": 1}, held_on=five, commitments=[promise])
        an_interaction(officer, self.two, {"ilm:fairness": 2}, held_on=three, back=True)
        kept = db.session.scalars(select(Commitment)).one()
        settle_commitment(officer, self.two, kept, "broken", settled_on=today())
        revise_deal(officer.actor, self.two, {"reference": "A"}, (Share(self.twin.id, 100, None),))
        db.session.commit()

    def everything(self) -> dict[str, object]:
        """Return every value of every recorded table, and every figure, but for what only grows."""
        grown = {"organisation_merge", "organisation_match", "evidence", "organisation_alias"}
        tables = {name: table for name, table in recorded_tables().items() if name not in grown}
        rows = {
            name: sorted(map(str, db.session.execute(select(*(one for one in table.c if one.name != "version")))))
            for name, table in tables.items()
        }
        return {**rows, "figures": self.figures()}

    def figures(self) -> dict[object, tuple[float, float, int]]:
        found = partnership_views([self.one.id, self.two.id], clocks_now())
        return {
            key: (round(view.standing.good, 9), round(view.standing.bad, 9), view.rows)
            for key, view in found.items() if view.rows
        }


@pytest.fixture
def twins(officer: Person) -> Twins:
    return Twins(officer)


def test_every_pointer_to_an_organisation_is_moved_or_says_why_not() -> None:
    pointing = {
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
    }
    unexplained = {key for key in pointing - POINTERS.keys() if key.partition(".")[0] not in NOT_MOVED}
    assert unexplained == set()
    assert POINTERS.keys() <= pointing


def test_all_that_one_has_comes_to_the_other(officer: Person, twins: Twins) -> None:
    merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    db.session.commit()
    hub, twin = twins.hub.id, twins.twin.id
    assert {row.organisation_id for row in participations([twins.two.id], clocks_now())} == {twins.council.id, hub}
    for column in (
        Attendance.organisation_id, Reading.rater_id, Reading.ratee_id, Commitment.promisor_id,
        Contact.organisation_id, Organisation.parent_id,
    ):  # fmt: skip
        assert twin not in set(db.session.scalars(select(column))), column
    assert set(aliases_of(hub)) == {"MHL", "Mill Hub Ltd"}
    assert [one.value for one in identifiers_of(hub)] == ["1234567"]
    assert twins.twin.closed_on == today()
    merged = merge_into(twin)
    assert merged
    assert merged.kept_id == hub
    assert kept_instead() == {twin: hub}
    assert verify().is_whole


def test_the_figures_are_those_of_one_organisation_and_equal_the_replay(officer: Person, twins: Twins) -> None:
    before = views([Relationship(twins.two.id, twins.council.id, twins.twin.id)], clocks_now())
    merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    db.session.commit()
    relationship = Relationship(twins.two.id, twins.council.id, twins.hub.id)
    after = views([relationship], clocks_now())[relationship]
    (was,) = before.values()
    assert (after.standing.good, after.standing.bad, after.rows) == (was.standing.good, was.standing.bad, was.rows)
    stored = twins.figures()
    rebuild()
    assert twins.figures() == stored


def test_what_was_known_before_the_merge_stays_known(officer: Person, twins: Twins) -> None:
    merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    db.session.commit()
    old = db.session.scalars(select(Evidence).where(Evidence.ratee_id == twins.twin.id)).all()
    assert old
    assert all(row.withdrawn_at is not None for row in old)


def test_a_merge_taken_back_leaves_everything_as_it_was(officer: Person, twins: Twins) -> None:
    before = twins.everything()
    merge = merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    db.session.commit()
    assert twins.everything() != before
    undo_merge(officer, merge)
    db.session.commit()
    after = twins.everything()
    for name, rows in before.items():
        assert after[name] == rows, name
    assert twins.twin.closed_on is None
    assert aliases_of(twins.hub.id) == []
    assert merge_into(twins.twin.id) is None
    assert verify().is_whole


def test_what_was_logged_since_stays_with_the_kept_organisation(officer: Person, twins: Twins) -> None:
    merge = merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    since = an_interaction(officer, twins.two, {"ilm:openness": 5})
    undo_merge(officer, merge)
    db.session.commit()
    rated = db.session.scalars(select(Reading.ratee_id).where(Reading.interaction_id == since.id)).one()
    assert rated == twins.hub.id
    assert verify().is_whole


def test_two_that_took_part_beside_one_another_become_one_partner(officer: Person) -> None:
    council, hub, twin = an_organisation(), an_organisation("Mill Hub"), an_organisation("Mill Hub Ltd")
    partnership = a_partnership([hub, twin, council], {officer: "lead"})
    an_interaction(officer, partnership, {"ilm:openness": 1})
    an_interaction(officer, partnership, {"ilm:openness": 4}, back=True)
    before = {row.id: row.left_on for row in participations([partnership.id], clocks_now())}
    merge = merge_organisations(officer, hub, twin, "One body.")
    db.session.commit()
    assert [row.organisation_id for row in participations([partnership.id], clocks_now())] == [hub.id, council.id]
    live = select(Evidence).where(Evidence.withdrawn_at.is_(None))
    assert db.session.scalars(live).all() == []
    states = db.session.scalars(select(TrustState).execution_options(populate_existing=True))
    assert all(row.rows == 0 for row in states)
    undo_merge(officer, merge)
    db.session.commit()
    assert {row.id: row.left_on for row in participations([partnership.id], clocks_now())} == before
    assert len(db.session.scalars(live).all()) == 4
    assert verify().is_whole


def test_each_partnership_tells_its_own_part_of_a_merge(officer: Person, twins: Twins) -> None:
    merge_organisations(officer, twins.hub, twins.twin, "The same charity number.")
    db.session.commit()
    acts = db.session.execute(
        select(HistoryEntry.action, HistoryEntry.scope_id, HistoryEntry.entity)
        .where(HistoryEntry.action.in_(("participation:moved", "organisation_merge:made")))
    ).all()
    assert {(action, scope) for action, scope, _ in acts} == {
        ("participation:moved", twins.two.id), ("organisation_merge:made", None),
    }  # fmt: skip
    told = {entity for action, _, entity in acts if action == "organisation_merge:made"}
    assert told.isdisjoint({"participation", "reading", "attendance", "commitment", "evidence"})


@pytest.mark.parametrize("reason", [None, "  "])
def test_a_merge_needs_its_reason(officer: Person, twins: Twins, reason: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        merge_organisations(officer, twins.hub, twins.twin, reason)
    assert refused.value.field == "reason"


def test_what_cannot_be_one_is_refused(officer: Person, twins: Twins) -> None:
    with pytest.raises(Refusal, match="two different"):
        merge_organisations(officer, twins.hub, twins.hub, "x")
    for kept, merged in ((twins.twin, twins.unit), (twins.unit, twins.twin)):
        with pytest.raises(Refusal, match="part and its whole"):
            merge_organisations(officer, kept, merged, "x")


def test_merges_follow_one_another_and_are_taken_back_in_turn(officer: Person, twins: Twins) -> None:
    third = an_organisation("Mill Hub Limited")
    first = merge_organisations(officer, twins.hub, twins.twin, "x")
    with pytest.raises(Refusal, match="merged already"):
        merge_organisations(officer, third, twins.twin, "x")
    second = merge_organisations(officer, third, twins.hub, "x")
    assert kept_instead() == {twins.twin.id: third.id, twins.hub.id: third.id}
    with pytest.raises(Refusal, match="Take that merge back first"):
        undo_merge(officer, first)
    undo_merge(officer, second)
    undo_merge(officer, first)
    with pytest.raises(Refusal, match="already"):
        undo_merge(officer, first)
    assert kept_instead() == {}
    db.session.commit()
    assert verify().is_whole


def test_a_judgement_is_remembered_and_may_change(officer: Person, twins: Twins) -> None:
    pair = (twins.hub.id, twins.twin.id)
    assert pair in [one.pair for one in duplicates()[0]]
    judge_apart(officer, twins.twin, twins.hub, LATER)
    assert pair in [one.pair for one in duplicates()[1]]
    judge_apart(officer, twins.hub, twins.twin, DIFFERENT, "Two charities.")
    assert pair not in [one.pair for some in duplicates() for one in some]
    assert db.session.scalars(select(OrganisationMatch.judgement)).all() == [DIFFERENT]
    with pytest.raises(Refusal):
        judge_apart(officer, twins.hub, twins.twin, "enemies")


def test_a_merged_organisation_is_compared_no_more(officer: Person, twins: Twins) -> None:
    merge_organisations(officer, twins.hub, twins.twin, "x")
    assert twins.twin.id not in [one.id for one in candidates()]


def test_a_merge_keeps_what_moved_as_ids_only(officer: Person, twins: Twins) -> None:
    merge = merge_organisations(officer, twins.hub, twins.twin, "x")
    moved = json.loads(merge.moved)
    assert all(isinstance(number, int) for numbers in moved.values() for number in numbers)


def test_an_earlier_day_still_knows_who_took_part(officer: Person, twins: Twins) -> None:
    merge_organisations(officer, twins.hub, twins.twin, "x")
    on = Clocks(today() - timedelta(days=4))
    relationship = Relationship(twins.two.id, twins.council.id, twins.hub.id)
    assert views([relationship], on)[relationship].rows == 1

