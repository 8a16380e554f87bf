"""Whatever is written to a large register: the rows touched say what the replay says, and the next list equals it."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import clocks_now, now, pretending, today
from register.database import db
from register.interactions.commitment_changes import NewCommitment, make_commitments, settle_commitment
from register.interactions.models import Commitment
from register.partnerships.changes import edit_partnership
from register.partnerships.deal_changes import revise_deal
from register.partnerships.models import Partnership
from register.refreshing import refresh
from register.risk.changes import NewAnswer, answer_flag
from register.risk.kept_changes import REST
from register.risk.watchlist import entry_of, flags_of, survey, surveyed
from tests.factories import an_interaction, partners_of
from tests.fixtures.surveys import ago, all_of_them, own, replayed, the_entry


def log(officer: Person, one: Partnership, random: Random) -> None:
    an_interaction(
        officer, one, {"ilm:openness": random.randint(1, 5), "ilm:fairness": random.randint(1, 5)},
        held_on=ago(random.randint(0, 200)), back=random.random() < 0.3,
    )  # fmt: skip


def dispute(officer: Person, one: Partnership, random: Random) -> None:
    an_interaction(officer, one, kind="dispute", held_on=ago(random.randint(0, 400)))


def promise(officer: Person, one: Partnership, random: Random) -> None:
    first, second = partners_of(one)[:2]
    due = ago(random.randint(-40, 90))
    make_commitments(officer, one, [NewCommitment(first.id, second.id, "Send it", due)], made_on=ago(100))


def settle(officer: Person, one: Partnership, random: Random) -> None:
    made = db.session.scalars(select(Commitment).where(Commitment.partnership_id == one.id)).all()
    if made:
        settle_commitment(officer, one, random.choice(made), random.choice(["late", "broken"]), settled_on=today())


def agree(officer: Person, one: Partnership, random: Random) -> None:
    revise_deal(officer.actor, one, {"agreed_on": ago(300), "review_on": ago(random.randint(-50, 50))})


def edit(officer: Person, one: Partnership, random: Random) -> None:
    edit_partnership(officer.actor, one, {
        "name": f"Renamed {random.randint(1, 999)}", "significance": random.choice(["key", "routine"]),
        "is_restricted": random.random() < 0.4,
    }, "Because.")


def answer(officer: Person, one: Partnership, random: Random) -> None:
    flags = flags_of(one.id, clocks_now())
    if flags:
        answer_flag(officer, one, random.choice(flags), NewAnswer("acknowledged"))


WRITES: tuple[Callable[[Person, Partnership, Random], None], ...] = (log, dispute, promise, settle, agree, edit, answer)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_writes_each_row_touched_says_what_the_replay_says_and_the_next_list_equals_it(
    its_officer: Person, seed: int,
) -> None:
    random = Random(seed)
    refresh()
    for _ in range(6):
        touched = random.choice(all_of_them())
        random.choice(WRITES)(its_officer, touched, random)
        db.session.commit()
        replay = {entry.id: entry for entry in surveyed(clocks_now()).entries}
        assert own(the_entry(touched)) == own(replay.get(touched.id))
        assert own(entry_of(touched.id, clocks_now())) == own(replay.get(touched.id))
        assert {entry.id for entry in survey(clocks_now()).entries} == set(replay)
    with pretending(now() + REST + timedelta(seconds=1)):
        refresh()
        assert survey(clocks_now()).entries == replayed()
