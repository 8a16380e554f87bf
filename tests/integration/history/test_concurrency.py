"""Many writers at once: one chain without fork or gap, no writer lost, none locked out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.history.models import HistoryEntry
from register.history.recording import recorded
from register.history.verification import verify
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.models import Interaction
from register.partnerships.lookups import all_participations
from register.partnerships.models import Partnership
from register.trust.models import Evidence, TrustState
from register.trust.sums import StateKey, sums_of
from tests.factories import a_partnership, a_person, an_organisation
from tests.fixtures.kept import Kept

WRITERS = 6


def at_once(kept: Kept, work: Callable[[int], None], times: int) -> None:
    """Let several threads do something again and again, each time in a transaction of its own."""

    def write(number: int) -> None:
        with kept.app.app_context():
            for turn in range(times):
                work(number * times + turn)
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))


def test_writers_share_one_chain(kept: Kept) -> None:
    at_once(kept, _add_two, 15)
    sequences = list(db.session.scalars(select(HistoryEntry.sequence).order_by(HistoryEntry.sequence)))
    assert sequences == list(range(1, len(sequences) + 1))
    assert len(sequences) >= WRITERS * 15 * 2
    assert verify().problems == ()


def _add_two(number: int) -> None:
    an_organisation(name=f"One {number}")
    with recorded("register", "organisation:added"):
        an_organisation(name=f"Two {number}")


def test_writers_about_one_relationship_keep_its_sums(kept: Kept) -> None:
    """Readings of one rater and day share one unit: two writers who do not see one another would each add a whole."""
    officer = a_person()
    partnership = a_partnership(members={officer: "lead"})
    db.session.commit()
    numbers, names = (officer.id, partnership.id), count()
    db.session.remove()

    def log(number: int) -> None:
        by, about = db.session.get_one(Person, numbers[0]), db.session.get_one(Partnership, numbers[1])
        first, second = [row.organisation_id for row in all_participations(about.id)]
        determinant = ("ilm:openness", "ilm:fairness", "ilm:ability")[number % 3]
        readings = [NewReading(first, second, determinant, 1 + number % 5, "seen", "own")]
        if number % 2:
            readings.append(NewReading(second, first, "ilm:integrity", 2, "seen", "told"))
        happening = Happening(
            "meeting",
            today() - timedelta(days=number % 3),
            f"Meeting {next(names)}",
            [Present(first), Present(second)],
            readings,
        )
        newest = db.session.scalar(
            select(Interaction)
            .where(Interaction.superseded_at.is_(None), Interaction.id % WRITERS == number % WRITERS)
            .order_by(Interaction.id.desc())
            .limit(1)
            .with_for_update(),
        )
        if newest is not None and number % 4 == 0:
            correct_interaction(by, about, newest, happening, "A mistake.")
        else:
            log_interaction(by, about, happening)

    at_once(kept, log, 8)
    assert verify().problems == ()
    replayed = sums_of(db.session.scalars(select(Evidence).where(Evidence.withdrawn_at.is_(None))))
    stored = {
        StateKey(row.partnership_id, row.rater_id, row.ratee_id, row.determinant): row
        for row in db.session.scalars(select(TrustState))
    }
    assert replayed.keys() == {key for key, row in stored.items() if row.rows}
    for key, sums in replayed.items():
        row = stored[key]
        assert row.rows == sums.rows
        kept_sums = (row.good_90, row.good_180, row.good_365, row.bad_90, row.bad_180, row.bad_365)
        assert kept_sums == pytest.approx((*sums.good, *sums.bad), rel=1e-9)
