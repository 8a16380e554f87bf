"""What takes long is worked out off the request, by one at a time, and kept apart for each clearance."""

import sys
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.pool import NullPool

from register import background, refreshing
from register.accounts.models import Person
from register.clock import clocks_now, now, pretending, today
from register.database import db
from register.interactions.changes import Happening, Present, log_interaction
from register.network import kept_lookups
from register.network.carriers import Carrier
from register.network.changes import LONGEST_TURN
from register.network.indexed import Indexed, indexed
from register.network.kept_lookups import ALL_NOW, OPEN, carriers_for, clearance, clearance_of, worked_out_for
from register.network.kept_models import KeptMeasures, RefreshTurn
from register.network.layout_lookups import whole_places
from register.network.lookups import network_for
from register.network.worked_out import NOTHING, WorkedOut, work_out
from register.partnerships.changes import add_participation
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.refreshing import refresh
from register.settings import Settings
from tests.factories import a_partnership, a_person, an_organisation, partners_of
from tests.fixtures.kept import Kept


def found_for(person: Person, part: str = ALL_NOW) -> kept_lookups.Found:
    return worked_out_for(network_for(person, clocks_now()), person, part)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every network counts as too large to be worked out by a page."""
    monkeypatch.setattr(kept_lookups, "SMALL", 1)
    monkeypatch.setattr(kept_lookups, "AT_ONCE", 1)
    monkeypatch.setattr(refreshing, "SMALL", 1)


@pytest.fixture
def one(kept: Kept) -> Partnership:
    """An open partnership of three, committed."""
    made = a_partnership(partners=3)
    db.session.commit()
    return made


def rows() -> dict[str, KeptMeasures]:
    db.session.rollback()
    return {row.clearance: row for row in db.session.scalars(select(KeptMeasures))}


def test_a_refresh_places_everybody_and_keeps_what_takes_long(one: Partnership) -> None:
    done = refresh()

    assert done == refreshing.Refreshed(organisations=3, ties=3, placed=3, worked_out=1, unchanged=0)
    assert whole_places().keys() == {body.id for body in partners_of(one)}
    assert found_for(a_person()).as_of is not None


def test_a_refresh_of_what_has_not_changed_works_nothing_out_and_moves_nobody(one: Partnership) -> None:
    refresh()
    before, at = whole_places(), rows()[OPEN].worked_out_at

    assert refresh() == refreshing.Refreshed(organisations=3, ties=3, placed=0, worked_out=0, unchanged=1)
    assert (whole_places(), rows()[OPEN].worked_out_at) == (before, at)


def test_an_empty_register_is_refreshed_too(kept: Kept) -> None:
    assert refresh() == refreshing.Refreshed(organisations=0, ties=0, placed=0, worked_out=1, unchanged=0)


def test_a_large_network_that_has_changed_since_shows_what_was_kept_and_as_of_when(
    one: Partnership, large: None
) -> None:
    leader = a_person("leader")
    db.session.commit()
    refresh()
    add_participation("register", one, an_organisation().id, "partner")
    db.session.commit()
    found = found_for(leader)

    assert found.is_behind
    assert found.as_of == rows()[OPEN].worked_out_at
    assert found.worked_out.betweenness.keys() == {body.id for body in partners_of(one)[:3]}
    assert found_for(leader, "another part").worked_out == NOTHING

    refresh()
    assert not found_for(leader).is_behind


def test_a_large_network_that_was_never_worked_out_has_nothing_to_show(one: Partnership, large: None) -> None:
    found = found_for(a_person("leader"))

    assert (found.worked_out, found.as_of, found.is_behind) == (NOTHING, None, True)


def test_a_restricted_partnership_leaves_no_trace_in_what_is_kept_for_everybody(one: Partnership, large: None) -> None:
    member, outsider = a_person(), a_person()
    db.session.commit()
    refresh()
    before = {name: (row.fingerprint, row.worked_out_at, row.found) for name, row in rows().items()}
    hidden = a_partnership(partners_of(one)[:2], {member: "lead"}, is_restricted=True)
    secret = an_organisation()
    add_participation("register", hidden, secret.id, "partner")
    a_partnership([secret, an_organisation()])
    db.session.commit()
    refresh()
    hidden_only = a_partnership([partners_of(one)[2], secret], {member: "lead"}, is_restricted=True)
    db.session.commit()
    opened = rows()[OPEN]
    at = (opened.fingerprint, opened.worked_out_at, opened.found)
    with pretending(now() + timedelta(hours=1)):
        refresh()

    assert before.keys() == {OPEN}
    assert (rows()[OPEN].fingerprint, rows()[OPEN].worked_out_at, rows()[OPEN].found) == at
    assert clearance_of(outsider) == OPEN
    assert rows().keys() == {OPEN, clearance({hidden.id, hidden_only.id})}
    assert found_for(member).worked_out.betweenness != found_for(outsider).worked_out.betweenness
    assert found_for(member).as_of != found_for(outsider).as_of


def test_what_was_kept_for_a_clearance_that_nobody_has_any_more_is_forgotten(one: Partnership) -> None:
    refresh()
    db.session.execute(
        insert(KeptMeasures).values(clearance="gone", part=ALL_NOW, fingerprint="x", worked_out_at=now(), found="{}")
    )
    db.session.commit()
    refresh()

    assert rows().keys() == {OPEN}


def test_two_never_work_at_once(one: Partnership) -> None:
    refresh()
    db.session.execute(update(RefreshTurn).values(taken_at=now()))
    db.session.commit()

    assert refresh() is None


def test_a_turn_left_by_a_process_that_died_is_taken_over(one: Partnership) -> None:
    refresh()
    db.session.execute(update(RefreshTurn).values(taken_at=now() - LONGEST_TURN - timedelta(minutes=1)))
    db.session.commit()

    assert refresh() is not None


def test_a_refresh_that_fails_gives_the_turn_back(one: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("no memory")

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "work_out", fails)
        with pytest.raises(OSError, match="no memory"):
            refresh()

    assert refresh() is not None


def test_others_write_while_it_is_worked_out(
    one: Partnership, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection writes in the midst of the work: it would wait, and fail, if a transaction were open."""
    done: list[Indexed] = []

    def meanwhile(network: Indexed) -> WorkedOut:
        engine = create_engine(kept.url, poolclass=NullPool)
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=1")
            connection.execute(text("UPDATE partnership SET purpose = 'meanwhile'"))
        done.append(network)
        return work_out(network)

    monkeypatch.setattr(refreshing, "work_out", meanwhile)

    assert refresh() is not None
    assert done == [indexed(network_for(a_person("leader"), clocks_now()))]


def settings_of(kept: Kept) -> Settings:
    settings: Settings = kept.app.config["REGISTER"]
    return settings


def test_a_page_starts_one_process_at_a_time_with_its_own_settings(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    class Process:
        def __init__(self, command: list[str], *, env: dict[str, str], **_: object) -> None:
            started.append((command, env["DATABASE_URL"]))

        def poll(self) -> int | None:
            return None if len(started) == 1 else 0

    monkeypatch.setattr(background, "_started", {})
    monkeypatch.setattr("register.background.subprocess.Popen", Process)
    background.start(settings_of(kept))
    background.start(settings_of(kept))

    assert started == [([sys.executable, "-m", "register.background"], settings_of(kept).database_url)]


def test_a_process_that_cannot_be_started_fails_no_page(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(background, "_started", {})
    monkeypatch.setattr("register.background.subprocess.Popen", refused)
    background.start(settings_of(kept))


def test_who_carries_the_ties_of_a_large_network_is_kept_apart_for_each_clearance(
    one: Partnership, large: None
) -> None:
    member, outsider = a_person(), a_person()
    hidden = a_partnership(members={member: "lead"}, is_restricted=True)
    first, second = partners_of(hidden)
    contact = add_contact("register", organisation_id=second.id, role="Director").id
    present = [Present(first.id), Present(second.id, contact)]
    log_interaction(member, hidden, Happening("meeting", today(), "We met.", present, []), ())
    db.session.commit()

    def found(person: Person, part: str = ALL_NOW) -> kept_lookups.FoundCarriers:
        shown = network_for(person, clocks_now())
        return carriers_for(shown, person, visible_to(person), clocks_now(), part)

    assert found(member).carriers is None
    refresh()
    assert found(member).carriers == {(first.id, second.id): frozenset({Carrier(member.id, contact)})}
    assert found(outsider).carriers == {}
    assert found(outsider).as_of is not None
    assert found(member, "another part").carriers is None
