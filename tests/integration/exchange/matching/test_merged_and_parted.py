"""Whatever happened between organisations, merging two of them and taking it back leaves every figure as it was."""

from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now
from register.database import db
from register.exchange.matching.merge_changes import merge_organisations
from register.exchange.matching.unmerge_changes import undo_merge
from register.history.verification import verify
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.lookups import all_participations
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Organisation
from register.trust.changes import rebuild
from register.trust.lookups import partnership_views
from tests.factories import a_partnership, a_person, an_organisation
from tests.fixtures.stories import days_ago

DETERMINANTS = ("ilm:openness", "ilm:ability", "ilm:fairness")


class Lives:
    """Four organisations and three partnerships with meetings, corrections and promises as chance has it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.officer: Person = a_person()
        self.bodies: list[Organisation] = [an_organisation() for _ in range(4)]
        self.works: list[Partnership] = [
            a_partnership(self.chance.sample(self.bodies, self.chance.choice([2, 3, 4])), {self.officer: "lead"})
            for _ in range(3)
        ]
        for _ in range(8):
            self.happens()
        db.session.commit()

    def happens(self) -> None:
        """Let something happen in one of the partnerships."""
        work = self.chance.choice(self.works)
        partners = [row.organisation_id for row in all_participations(work.id) if row.left_on is None]
        if len(partners) < 2:
            return
        one, other = self.chance.sample(partners, 2)
        held_on = days_ago(self.chance.randrange(1, 400))
        promise = NewCommitment(other, one, "Send the plan", held_on)
        logged = log_interaction(self.officer, work, self.told(one, other, held_on), [promise])
        if self.chance.random() < 0.4:
            correct_interaction(self.officer, work, logged, self.told(one, other, held_on), "A slip.")
        if self.chance.random() < 0.5:
            made = db.session.scalars(select(Commitment).order_by(Commitment.id.desc()).limit(1)).one()
            outcome = self.chance.choice(["broken", "withdrawn", "kept"])
            settle_commitment(self.officer, work, made, outcome, settled_on=held_on)

    def told(self, one: int, other: int, held_on: Any) -> Happening:
        readings = [
            NewReading(*pair, determinant, self.chance.randint(1, 5), "It was seen")
            for pair in ((one, other), (other, one))
            for determinant in self.chance.sample(DETERMINANTS, self.chance.randint(0, 2))
        ]
        return Happening("meeting", held_on, "We met.", [Present(one), Present(other)], readings)

    def figures(self) -> dict[Any, tuple[float, float, int]]:
        db.session.expire_all()
        found = partnership_views([work.id for work in self.works], clocks_now())
        return {
            key: (round(view.standing.good, 9), round(view.standing.bad, 9), view.rows)
            for key, view in found.items()
            if view.rows
        }


@pytest.mark.parametrize("seed", range(4))
def test_merged_and_parted_again_is_never_merged(app: Flask, seed: int) -> None:
    lives = Lives(seed)
    before = lives.figures()
    assert before
    kept, merged = lives.chance.sample(lives.bodies, 2)
    merge = merge_organisations(lives.officer, kept, merged, "One charity number.")
    db.session.commit()
    joined = lives.figures()
    assert not [key for key in joined if merged.id in (key.rater_id, key.ratee_id)]
    assert not [key for key in joined if key.rater_id == key.ratee_id]
    rebuild()
    assert lives.figures() == joined
    undo_merge(lives.officer, merge)
    db.session.commit()
    assert lives.figures() == before
    rebuild()
    assert lives.figures() == before
    assert verify().problems == ()


@pytest.mark.parametrize("seed", range(2))
def test_what_happens_while_they_are_one_counts_after_they_are_two_again(app: Flask, seed: int) -> None:
    lives = Lives(100 + seed)
    kept, merged = lives.chance.sample(lives.bodies, 2)
    merge = merge_organisations(lives.officer, kept, merged, "One charity number.")
    for _ in range(3):
        lives.happens()
    meetings = len(db.session.scalars(select(Interaction.id)).all())
    undo_merge(lives.officer, merge)
    db.session.commit()
    parted = lives.figures()
    rebuild()
    assert lives.figures() == parted
    assert len(db.session.scalars(select(Interaction.id)).all()) == meetings
    assert verify().problems == ()
