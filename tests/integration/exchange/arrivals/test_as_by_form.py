"""A sheet of interactions brings what a form logs: the same rows, the same history, the same sums."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from register.accounts.models import Person
from register.clock import now, pretending, today
from register.database import db
from register.exchange.arrivals.own_sheets import bring_sheets
from register.exchange.bringing.errands import Errand
from register.exchange.reading.uploads import Upload
from register.exchange.sheets.files import read_sheets
from register.history.verification import verify
from register.interactions import logbook
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.everything import all_that_is_kept
from tests.fixtures.kept import Database, Kept
from tests.fixtures.sheets import zipped

DETERMINANTS = ("ilm:ability", "ilm:openness", "ilm:fairness")
WORDS = ("We met.", "“No”: naïve 🌍 %s %%, twice", "=1+1", "line one\nline two", "back\\slash; #7", "x" * 4000)
Logged = tuple[int, Happening]


def a_register() -> tuple[Person, list[Partnership]]:
    officer = a_person(name="Ada", email="ada@testshire.example", created_at=now())
    bodies = [an_organisation(f"Body {number}") for number in range(3)]
    some = [
        a_partnership(bodies, {officer: "lead"}, name="Bins"),
        a_partnership(bodies[1:], {officer: "lead"}, name="Care", is_restricted=True),
    ]
    db.session.commit()
    return officer, some


def drawn(partnerships: Sequence[Partnership], seed: int) -> list[Logged]:
    """Return meetings of few days, so that some share a unit of weight; none is the same as another."""
    chance, found = random.Random(seed), []
    for number in range(12):
        partnership = chance.choice(partnerships)
        first, second, *_ = [body.id for body in partners_of(partnership)]
        readings = [
            NewReading(first, second, determinant, chance.randint(1, 5), "seen", chance.choice(("own", "told")))
            for determinant in chance.sample(DETERMINANTS, chance.randint(0, 3))
        ]
        held_on = today() - timedelta(days=chance.choice((0, 1, 40, 900)))
        account, there = f"{number}. {chance.choice(WORDS)}"[:4000], [Present(first), Present(second)]
        found.append((partnership.id, Happening("meeting", held_on, account, there, readings)))
    return found


def as_file(logged: Sequence[Logged]) -> Upload:
    """Return the same as our sheets of interactions and readings."""
    met, rated = io.StringIO(), io.StringIO()
    meetings, scores = csv.writer(met), csv.writer(rated)
    meetings.writerow(["Id", "Partnership id", "Kind", "Held on", "What happened", "Present"])
    scores.writerow(["Interaction id", "Rater id", "Rated id", "Determinant", "Score", "Evidence", "Voice"])
    for number, (partnership_id, what) in enumerate(logged):
        there = "; ".join(f"#{one.organisation_id}" for one in what.present)
        meetings.writerow([f"k{number}", partnership_id, what.kind, what.held_on, what.account, there])
        for one in what.readings:
            scores.writerow([f"k{number}", *one])
    return Upload("ours.zip", zipped({"interactions": met.getvalue().encode(), "readings": rated.getvalue().encode()}))


def by_form(officer: Person, logged: Sequence[Logged]) -> None:
    for partnership_id, happening in logged:
        log_interaction(officer, db.session.get_one(Partnership, partnership_id), happening)


def by_import(officer: Person, logged: Sequence[Logged]) -> None:
    errand = Errand(officer.actor, person=officer)
    bring_sheets(errand, read_sheets(as_file(logged)))
    assert errand.summary.problems == []
    assert errand.summary.tallies["interactions"].created == len(logged)


@pytest.mark.parametrize("seed", range(4))
def test_a_file_brings_what_forms_log(
    kept: Kept, keeping: Database, seed: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logbook, "AT_ONCE", 5)
    left: list[dict[str, list[Any]]] = []
    logged: list[Logged] = []
    with pretending(now()):
        for way in (by_form, by_import):
            officer, partnerships = a_register()
            logged = logged or drawn(partnerships, seed)
            way(officer, logged)
            left.append(all_that_is_kept())
            assert verify().is_whole
            db.session.remove()
            db.engine.dispose()
            keeping.empty()
    assert left[0] == left[1]
    assert kept.url
