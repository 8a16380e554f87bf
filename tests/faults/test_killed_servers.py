"""kill -9 at random moments while four workers answer eight programs: no acknowledged write is lost."""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import select

from register.accounts.token_changes import issue_token
from register.clock import today
from register.database import db
from register.history.verification import verify
from register.interactions.models import Interaction
from register.trust.changes import rebuild
from tests.factories import a_partnership, a_person, partners_of
from tests.faults.serving import Kept as Noted
from tests.faults.serving import Meeting, Served, log_until_over, served
from tests.fixtures.everything import sums
from tests.fixtures.kept import Kept

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "10"))
"""How often everything is killed; 200 on demand, as CONTRIBUTING says."""
PROGRAMS = 8
ON_ONE_REGISTER = 10
"""Rounds after which a register begins anew: each round verifies all of it."""


def prepared() -> tuple[list[str], Meeting]:
    """Make people and a partnership; return tokens, and what is sent of a meeting."""
    a_person(role="administrator")
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    db.session.commit()
    tokens = [issue_token(officer, f"Program {number}", ["log"], 30)[1] for number in range(PROGRAMS)]
    db.session.commit()
    first, second = (body.id for body in partners_of(partnership))
    number = partnership.id
    db.session.rollback()
    db.session.remove()

    def meeting(account: str) -> dict[str, object]:
        return {
            "partnership_id": number, "kind": "meeting", "held_on": today().isoformat(), "account": account,
            "present": [{"organisation_id": first}, {"organisation_id": second}],
            "readings": [{"rater_id": first, "ratee_id": second, "determinant": "ilm:openness", "score": 4}],
            "commitments": [],
        }

    return tokens, meeting


def kill_at_random(server: Served, noted: Noted, chance: random.Random) -> None:
    """Kill a worker now and then, and all at last, each after a number of acknowledged writes that chance chooses."""
    for _ in range(chance.randrange(3)):
        noted.wait_for(len(noted.accounts) + chance.randrange(1, 20))
        with suppress(ProcessLookupError):
            os.kill(chance.choice(server.workers()), signal.SIGKILL)
    assert noted.wait_for(len(noted.accounts) + chance.randrange(1, 20)), "The server answered nobody any more."
    server.kill()
    noted.over.set()


def one_round(kept: Kept, name: str, chance: random.Random, tokens: list[str], meeting: Meeting) -> list[str]:
    """Let programs log until everything is killed; return what they were told was kept."""
    noted = Noted()
    with served(kept.app.config["REGISTER"].data, kept.url) as server, ThreadPoolExecutor(PROGRAMS) as pool:
        for number, token in enumerate(tokens):
            pool.submit(log_until_over, server, token, f"{name}, program {number}", meeting, noted)
        try:
            kill_at_random(server, noted, chance)
        finally:
            noted.over.set()
    assert noted.failures == []
    return noted.accounts


def assert_whole(told: list[str]) -> None:
    """Everything acknowledged is there once, the chain and every live value are whole, and the sums are right."""
    accounts = list(db.session.scalars(select(Interaction.account)))
    assert set(told) <= set(accounts)
    assert len(set(accounts)) == len(accounts)
    assert verify().problems == ()
    stored = sums()
    rebuild()
    assert sums() == stored
    db.session.rollback()
    db.session.remove()


@pytest.mark.parametrize("batch", range((ROUNDS + ON_ONE_REGISTER - 1) // ON_ONE_REGISTER))
def test_no_acknowledged_write_is_lost_and_the_chain_is_valid_each_time(kept: Kept, batch: int) -> None:
    seed = random.SystemRandom().randrange(10**9)
    chance, told = random.Random(seed), list[str]()
    tokens, meeting = prepared()
    rounds = min(ON_ONE_REGISTER, ROUNDS - batch * ON_ONE_REGISTER)
    # On PostgreSQL half as often: there it is the server of the database that keeps what was acknowledged.
    for turn in range(rounds if kept.url.startswith("sqlite") else (rounds + 1) // 2):
        told += one_round(kept, f"Seed {seed}, round {turn}", chance, tokens, meeting)
        assert_whole(told)
