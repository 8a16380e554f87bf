"""Very many interactions at once: the same rows, history and sums as one by one, and the same refusals."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from register.accounts.models import Person
from register.clock import now, pretending, today
from register.database import db
from register.history.verification import verify
from register.interactions import logbook
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.interactions.commitment_changes import NewCommitment
from register.interactions.logbook import Entry, EntryRefusal, log_interactions, refusals_of
from register.interactions.models import Interaction
from register.partnerships.changes import add_participation
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from register.trust.changes import rebuild
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.everything import all_that_is_kept, sums
from tests.fixtures.kept import Database, Kept

TODAY = today()
DETERMINANTS = ("ilm:ability", "ilm:openness", "ilm:fairness")
WORDS = ("We met.", " We met\r\nand talked.  ", "Said “no”: naïve 🌍 %s %%", "back\\slash", "x" * 4000)


def a_register() -> tuple[Person, list[Partnership]]:
    """Return the same small register each time: two partnerships share organisations, one is restricted."""
    officer = a_person(name="Ada", email="ada@testshire.example", created_at=now())
    bodies = [an_organisation(f"Body {number}") for number in range(4)]
    some = [
        a_partnership(bodies[:3], name="Bins"), a_partnership(bodies[1:], name="Care", is_restricted=True),
        a_partnership(bodies[:2], name="Roads"),
    ]
    add_contact("register", organisation_id=bodies[1].id, role="Head of bins")
    add_participation("register", some[2], bodies[3].id, "partner", TODAY - timedelta(days=30))
    db.session.commit()
    return officer, some


def entries_for(partnerships: Sequence[Partnership], seed: int, count: int) -> list[Entry]:
    """Return meetings of few days, so that some share a unit of weight; some have promises, all can be kept."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        partnership = chance.choice(partnerships)
        first, second, *_ = [body.id for body in partners_of(partnership)]
        held_on = TODAY - timedelta(days=chance.choice((0, 1, 1, 40, 900)))
        readings = [
            NewReading(first, second, determinant, chance.randint(1, 5), "seen", chance.choice(("own", "told")))
            for determinant in chance.sample(DETERMINANTS, chance.randint(0, 3))
        ]
        happening = Happening("meeting", held_on, chance.choice(WORDS), [Present(first), Present(second)], readings)
        promises = [NewCommitment(first, second, " A  promise ", held_on)] * chance.choice((0, 0, 1, 2))
        found.append(Entry(partnership.id, happening, promises))
    return found


def one_by_one(officer: Person, partnerships: Sequence[Partnership], entries: Sequence[Entry]) -> None:
    by_id = {partnership.id: partnership for partnership in partnerships}
    for entry in entries:
        log_interaction(officer, by_id[entry.partnership_id], entry.happening, entry.commitments)


def at_once(officer: Person, _partnerships: Sequence[Partnership], entries: Sequence[Entry]) -> None:
    assert len(log_interactions(officer, entries)) == len(entries)


@pytest.mark.parametrize("seed", range(3))
def test_at_once_leaves_what_one_by_one_leaves(
    kept: Kept, keeping: Database, seed: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logbook, "AT_ONCE", 7)
    monkeypatch.setattr(logbook, "VERY_MANY", 20)
    left = []
    ways: tuple[Callable[[Person, Sequence[Partnership], Sequence[Entry]], None], ...] = (one_by_one, at_once)
    with pretending(now()):
        for log in ways:
            officer, partnerships = a_register()
            log(officer, partnerships, entries_for(partnerships, seed, 25))
            left.append(all_that_is_kept())
            verdict = verify()
            assert verdict.is_whole
            assert verdict.entries > 100
            db.session.remove()
            db.engine.dispose()
            keeping.empty()
    assert left[0] == left[1]
    assert kept.url


def test_more_can_be_logged_at_once_beside_what_is_there_and_the_sums_equal_those_made_anew(kept: Kept) -> None:
    officer, partnerships = a_register()
    entries = entries_for(partnerships, 5, 40)
    one_by_one(officer, partnerships, entries[:20])
    at_once(officer, partnerships, entries[20:])
    db.session.commit()
    stored = sums()
    rebuild()
    assert sums() == stored
    db.session.commit()
    assert verify().is_whole
    assert kept.url


def refused(**changed: Any) -> EntryRefusal:
    """Return what is said of the fourth of five entries, with some facts of it changed."""
    officer, partnerships = a_register()
    entries = entries_for(partnerships[:1], 1, 5)
    entries[3] = entries[3]._replace(happening=entries[3].happening._replace(**changed))
    [found] = refusals_of(entries)
    with pytest.raises(EntryRefusal) as caught:
        log_interactions(officer, entries)
    assert (caught.value.entry, caught.value.message, caught.value.field) == (found.entry, found.message, found.field)
    assert db.session.scalar(select(func.count()).select_from(Interaction)) == 0
    return caught.value


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"account": " "}, "account"), ({"kind": "party"}, "kind"), ({"held_on": None}, "held_on"),
        ({"held_on": TODAY + timedelta(days=2)}, "held_on"), ({"held_on": date(1906, 1, 1)}, "held_on"),
        ({"present": []}, "present"), ({"present": [Present(0)]}, "present"),
    ],
)
def test_a_refusal_names_the_entry_and_the_field_and_nothing_is_written(changed: dict[str, Any], field: str) -> None:
    refusal = refused(**changed)
    assert (refusal.entry, refusal.field) == (4, field)
    assert refusal.message == f"Entry 4: {refusal.refusal.message}"
    # Nothing was written, so the session can go on.
    db.session.commit()


@pytest.mark.usefixtures("session")
def test_contacts_of_others_and_unknown_ones_are_refused_and_the_right_one_is_kept() -> None:
    officer, [bins, *_] = a_register()
    council, firm, _ = partners_of(bins)
    contact = add_contact("register", organisation_id=firm.id, role="Driver")
    for present, count in (([Present(council.id, contact.id)], 1), ([Present(firm.id, 999_999)], 1),
                           ([Present(firm.id, contact.id)], 0)):
        entries = [Entry(bins.id, Happening("call", TODAY, "We talked.", present))]
        assert [refusal.field for refusal in refusals_of(entries)] == ["present"] * count
    assert log_interactions(officer, entries)


@pytest.mark.usefixtures("session")
def test_an_organisation_that_had_not_joined_yet_or_had_left_is_refused() -> None:
    _, [*_, roads] = a_register()
    late = partners_of(roads)[2]
    for days, count in ((31, 1), (30, 0)):
        happening = Happening("call", TODAY - timedelta(days=days), "We talked.", [Present(late.id)])
        assert len(list(refusals_of([Entry(roads.id, happening)]))) == count


@pytest.mark.usefixtures("session")
def test_an_unknown_partnership_and_a_promise_without_a_day_are_refused() -> None:
    _, [bins, *_] = a_register()
    first, second, _ = [body.id for body in partners_of(bins)]
    happening = Happening("call", TODAY, "We talked.", [Present(first)])
    entries = [Entry(999_999, happening), Entry(bins.id, happening, [NewCommitment(first, second, "Write", None)])]
    assert [(refusal.entry, refusal.field) for refusal in refusals_of(entries)] == [
        (1, "partnership_id"), (2, "commitments-0-due_on"),
    ]


@pytest.mark.usefixtures("session")
def test_after_a_refusal_in_a_later_portion_the_transaction_can_only_be_rolled_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logbook, "AT_ONCE", 2)
    with pytest.raises(AssertionError):
        refused(kind="party")
    with pytest.raises(RuntimeError, match="rolled back"):
        db.session.commit()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Interaction)) == 0


@pytest.mark.usefixtures("session")
def test_at_a_savepoint_all_goes_with_it() -> None:
    officer, partnerships = a_register()
    entries = entries_for(partnerships, 1, 5)
    with db.session.begin_nested() as savepoint:
        log_interactions(officer, entries)
        savepoint.rollback()
    log_interactions(officer, entries[:2])
    db.session.commit()
    assert verify().is_whole
    assert db.session.scalar(select(func.count()).select_from(Interaction)) == 2


@pytest.mark.usefixtures("session")
def test_progress_is_told_portion_by_portion_and_an_empty_logbook_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logbook, "AT_ONCE", 2)
    officer, partnerships = a_register()
    told: list[int] = []
    log_interactions(officer, iter(entries_for(partnerships, 1, 5)), told.append)
    assert told == [2, 2, 1]
    assert log_interactions(officer, []) == []
