"""What very many interactions cost at once, beside one by one, on SQLite. Prints, asserts no time."""

import resource
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from register.clock import today
from register.database import db
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.interactions.logbook import Entry, log_interactions
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, partners_of
from tests.fixtures.kept import opened

pytestmark = pytest.mark.benchmark

FEW, MANY = 500, 20_000
PARTNERSHIPS = 200
DETERMINANTS = ("ilm:openness", "ilm:ability", "ilm:fairness")


def entries(partnerships: Sequence[Partnership], count: int, rated: int) -> list[Entry]:
    """Return meetings of two partners on days of four years, each with so many readings."""
    chance, partners = Random(1), {one.id: [body.id for body in partners_of(one)] for one in partnerships}
    found = []
    for number in range(count):
        key = chance.choice(list(partners))
        first, second = partners[key]
        readings = [
            NewReading(first, second, determinant, chance.randint(2, 5), "what was seen")
            for determinant in DETERMINANTS[:rated]
        ]
        held_on = today() - timedelta(days=chance.randrange(1460))
        account = f"We met and talked about week {number}, and who would write to whom."
        present = [Present(first), Present(second)]
        found.append(Entry(key, Happening("meeting", held_on, account, present, readings)))
    return found


def measured(what: str, log: Callable[[Sequence[Entry]], object], some: Sequence[Entry], rated: int) -> float:
    """Print how many interactions a second were logged; return it for the processor alone.

    Covered rows are those that have an entry in the history: the interaction, two attendances, and for each reading
    the row and its evidence, with one more for the relationship as a whole. Each makes three rows of the database.
    """
    began, worked = time.perf_counter(), time.process_time()
    log(some)
    db.session.commit()
    took, work = time.perf_counter() - began, time.process_time() - worked
    covered = 3 + 2 * rated + (rated > 0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:<10} {rated} readings: {len(some) / took:>7,.0f} interactions a second by the clock, "
        f"{len(some) / work:>7,.0f} of the processor ({len(some) * covered / work:>8,.0f} covered rows, "
        f"{len(some) * covered * 3 / work:>8,.0f} of the database), {memory:.0f} MB",
    )
    return len(some) / work


@pytest.mark.parametrize("rated", [0, 1, 3])
def test_interactions_at_once_beside_one_by_one(tmp_path: Path, rated: int) -> None:
    app = opened(tmp_path, f"sqlite:///{tmp_path / 'register.sqlite3'}")
    with app.app_context():
        officer = a_person()
        partnerships = [a_partnership() for _ in range(PARTNERSHIPS)]
        db.session.commit()
        by_id = {one.id: one for one in partnerships}

        def one_by_one(some: Sequence[Entry]) -> None:
            for entry in some:
                log_interaction(officer, by_id[entry.partnership_id], entry.happening)

        def at_once(some: Sequence[Entry]) -> None:
            log_interactions(officer, some)

        print()
        slow = measured("one by one", one_by_one, entries(partnerships, FEW, rated), rated)
        fast = measured("at once", at_once, entries(partnerships, MANY, rated), rated)
        print(f"{fast / slow:.1f} times as many at once")
        db.session.remove()
        db.engine.dispose()
