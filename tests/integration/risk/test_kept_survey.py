"""The list of a large register: made off the request, kept, brought up with what was touched, equal to the replay."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from register import background, refreshing
from register.accounts.models import Person
from register.clock import Clocks, clocks_now, now, pretending, today
from register.database import db
from register.partnerships.changes import close_partnership, edit_partnership
from register.refreshing import make_lists, refresh
from register.risk import kept_lookups
from register.risk.kept_changes import LOOKED_BACK, MOST_ASKED, REST, forget_surveys, is_due
from register.risk.kept_lookups import is_anything_since, last_seen
from register.risk.kept_models import KeptSurvey
from register.risk.kept_text import slim
from register.risk.watchlist import count_in_trouble, entry_of, flags_of, survey, surveyed, visible_survey
from tests.factories import a_partnership, a_person, an_interaction
from tests.fixtures.kept import Kept
from tests.fixtures.surveys import ago, all_of_them, own, replayed, the_entry


def test_a_list_that_was_not_made_is_said_to_be_missing_and_a_page_does_not_make_it(its_officer: Person) -> None:
    found = visible_survey(its_officer, clocks_now())

    assert (found.is_missing, found.entries, found.upto) == (True, (), None)
    assert count_in_trouble(its_officer) is None
    assert is_due(clocks_now())


def test_a_refresh_makes_todays_list_and_that_of_ninety_days_before(its_officer: Person) -> None:
    done = refresh()

    assert done is not None
    assert done.lists == 2
    assert survey(clocks_now()).entries == replayed()
    then = Clocks(today() - LOOKED_BACK)
    assert survey(then).entries == tuple(slim(entry) for entry in surveyed(then).entries)
    assert not is_due(clocks_now())
    again = refresh()
    assert again is not None
    assert again.lists == 0, "nothing was recorded since"


def test_what_is_logged_shows_at_once_in_its_row_and_on_its_page(its_officer: Person) -> None:
    refresh()
    first, second, _ = all_of_them()
    before = the_entry(second)
    an_interaction(its_officer, first, kind="dispute", held_on=ago(1), account="They withheld it.")
    db.session.commit()

    assert "recent_breach" in {flag.rule for flag in flags_of(first.id, clocks_now())}
    found = survey(clocks_now())
    assert found.entries[0].id == first.id
    assert found.entries[0].worst.rule == "recent_breach"
    assert the_entry(second) == before
    assert is_anything_since(its_officer, found.upto or 0)
    assert count_in_trouble(its_officer) == 1


def test_a_page_of_a_partnership_sees_what_its_own_transaction_did(its_officer: Person) -> None:
    refresh()
    first = all_of_them()[0]
    an_interaction(its_officer, first, kind="dispute", held_on=ago(1))

    assert "recent_breach" in {flag.rule for flag in flags_of(first.id, clocks_now())}


def test_a_partnership_started_or_closed_since_comes_and_goes_at_once(its_officer: Person) -> None:
    refresh()
    first = all_of_them()[0]
    close_partnership(its_officer.actor, first, today(), "It is done.")
    new = a_partnership(members={its_officer: "lead"}, significance="key", started_on=ago(300))
    db.session.commit()
    ids = {entry.id for entry in survey(clocks_now()).entries}

    assert first.id not in ids
    assert new.id in ids


def test_of_very_many_touched_at_once_those_touched_last_are_argued_anew(
    its_officer: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:
    refresh()
    monkeypatch.setattr(kept_lookups, "MOST_ARGUED", 1)
    first, second, _ = all_of_them()
    for partnership in (first, second):
        an_interaction(its_officer, partnership, kind="dispute", held_on=ago(1))
        db.session.commit()
    rules = {entry.id: {flag.rule for flag in entry.flags} for entry in survey(clocks_now()).entries}

    assert "recent_breach" in rules[second.id]
    assert "recent_breach" not in rules[first.id], "the next list tells of it"
    assert "recent_breach" in {flag.rule for flag in flags_of(first.id, clocks_now())}, "its own page does at once"
    with pretending(now() + REST + timedelta(seconds=1)):
        refresh()
    assert survey(clocks_now()).entries == replayed()


def test_yesterdays_list_stands_until_todays_is_made(its_officer: Person) -> None:
    refresh()
    with pretending(now() + timedelta(days=1)):
        found = survey(clocks_now())
        assert is_due(clocks_now())
        assert not found.is_missing
        assert found.clocks == clocks_now()
        assert found.entries
        assert survey(Clocks(clocks_now().on - LOOKED_BACK)).is_missing


def test_a_list_stands_for_some_minutes_and_one_of_a_past_day_for_an_hour(its_officer: Person) -> None:
    refresh()
    then = Clocks(today() - LOOKED_BACK)
    an_interaction(its_officer, all_of_them()[0], held_on=ago(1))
    db.session.commit()

    assert not is_due(clocks_now())
    with pretending(now() + timedelta(minutes=6)):
        assert is_due(clocks_now())
        assert not is_due(Clocks(today() - LOOKED_BACK))
    with pretending(now() + timedelta(minutes=61)):
        assert is_due(then)


def test_days_that_people_asked_for_are_made_first_and_the_oldest_forgotten(its_officer: Person) -> None:
    refresh()
    for days in range(1, MOST_ASKED + 3):
        make_lists([Clocks(ago(days)), Clocks(ago(days), ago(days))])
        db.session.commit()
    kept = list(db.session.execute(select(KeptSurvey.day, KeptSurvey.known).order_by(KeptSurvey.id)).all())

    assert len(kept) == MOST_ASKED + 2
    assert {(today(), None), (today() - LOOKED_BACK, None)} <= set(map(tuple, kept))
    assert (ago(MOST_ASKED + 2), ago(MOST_ASKED + 2)) in set(map(tuple, kept))
    assert not survey(Clocks(ago(MOST_ASKED + 2), ago(MOST_ASKED + 2))).is_missing
    assert survey(Clocks(ago(1))).is_missing


def test_a_small_register_keeps_none(kept: Kept) -> None:
    a_partnership(members={a_person(): "lead"})
    db.session.commit()

    refresh()
    assert db.session.scalar(select(func.count()).select_from(KeptSurvey)) == 0
    assert not survey(clocks_now()).is_missing


def test_on_a_day_without_a_list_a_partnership_is_argued_alone_and_says_so(its_officer: Person) -> None:
    refresh()
    first = all_of_them()[0]
    past, present = entry_of(first.id, Clocks(ago(40))), entry_of(first.id, clocks_now())

    assert past is not None
    assert present is not None
    assert not past.is_whole
    assert present.is_whole
    assert own(past) == own(next(one for one in surveyed(Clocks(ago(40))).entries if one.id == first.id))


def test_nothing_that_a_restricted_partnership_does_reaches_those_outside(its_officer: Person) -> None:
    outsider = a_person(name="Somebody else")
    hidden = a_partnership(
        members={its_officer: "lead"}, name="Hidden", is_restricted=True, started_on=ago(700),
        lead_officer_id=its_officer.id,
    )
    db.session.commit()
    refresh()

    def shown() -> tuple[object, ...]:
        found = visible_survey(outsider, clocks_now())
        upto = found.upto or 0
        return found.entries, last_seen(outsider, upto), is_anything_since(outsider, upto), count_in_trouble(outsider)

    before = shown()
    an_interaction(its_officer, hidden, {"ilm:openness": 1}, kind="dispute", held_on=ago(1))
    db.session.commit()
    assert shown() == before
    theirs = visible_survey(its_officer, clocks_now()).entries
    assert "recent_breach" in {flag.rule for one in theirs for flag in one.flags}
    with pretending(now() + REST + timedelta(seconds=1)):
        refresh()
        assert shown() == before


def test_a_partnership_that_becomes_restricted_is_gone_at_once_whatever_waits(
    its_officer: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:
    refresh()
    monkeypatch.setattr(kept_lookups, "MOST_ARGUED", 0)
    first = all_of_them()[0]
    outsider = a_person(name="Somebody else")
    db.session.commit()
    assert first.id in {entry.id for entry in visible_survey(outsider, clocks_now()).entries}
    edit_partnership(its_officer.actor, first, {"is_restricted": True}, "A complaint is looked into.")
    db.session.commit()

    assert first.id not in {entry.id for entry in visible_survey(outsider, clocks_now()).entries}
    assert first.id in {entry.id for entry in visible_survey(its_officer, clocks_now()).entries}


def test_lists_can_be_forgotten_for_they_quote_what_was_recorded(its_officer: Person) -> None:
    refresh()
    forget_surveys()

    assert survey(clocks_now()).is_missing


def test_two_databases_and_two_lists_are_not_taken_for_one_another(its_officer: Person) -> None:
    refresh()
    before = survey(clocks_now())
    assert survey(clocks_now()) is before
    an_interaction(its_officer, all_of_them()[0], kind="dispute", held_on=ago(1))
    db.session.commit()
    with pretending(now() + REST + timedelta(seconds=1)):
        refresh()

    assert survey(clocks_now()) is not before
    assert survey(clocks_now()).upto != before.upto


def test_two_never_make_lists_at_once(its_officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "take_turn_to_refresh", lambda: False)

    assert refresh() is None
    assert survey(clocks_now()).is_missing


def test_a_page_that_wants_the_list_of_a_day_gets_it_made(its_officer: Person) -> None:
    wanted = background.Wanted(background.LISTS, "", on=ago(30).isoformat())

    assert background.refresh_wanted(wanted)
    assert not survey(Clocks(ago(30))).is_missing
    assert not survey(clocks_now()).is_missing
