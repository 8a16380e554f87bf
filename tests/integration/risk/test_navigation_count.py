"""How many partnerships in trouble the navigation counts: those of the list made last, and never one that is hidden."""

from datetime import date, timedelta
from typing import Any

import pytest

from register.accounts.models import Person
from register.clock import clocks_now, today
from register.database import db
from register.partnerships.changes import edit_partnership
from register.partnerships.models import Partnership
from register.risk import watchlist
from register.risk.watchlist import count_in_trouble, flags_of, visible_watchlist
from tests.factories import a_partnership, a_person, an_interaction

pytestmark = pytest.mark.usefixtures("session")


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def in_order(**facts: Any) -> tuple[Person, Partnership]:
    """Return an officer and a partnership of two, routine, in which nothing is wrong."""
    officer = a_person()
    partnership = a_partnership(**{
        "members": {officer: "lead"}, "significance": "routine", "started_on": ago(900),
        "lead_officer_id": officer.id, **facts,
    })
    return officer, partnership


def listed(person: Person) -> int:
    return len(visible_watchlist(person, clocks_now()))


def test_the_navigation_counts_what_is_in_trouble_in_the_list_made_last() -> None:
    officer, partnership = in_order()
    an_interaction(officer, partnership, kind="dispute", held_on=ago(30), account="They withheld £86,400.")
    _, merely_unlogged = in_order(significance="key", name="Nobody has looked")
    db.session.commit()
    assert flags_of(merely_unlogged.id, clocks_now())
    assert listed(officer) == 2
    assert count_in_trouble(officer) == 1

    other, second = in_order()
    an_interaction(other, second, kind="dispute", held_on=ago(20), account="They stopped coming.")
    db.session.commit()
    assert count_in_trouble(officer) == 1
    assert listed(officer) == 3
    assert count_in_trouble(officer) == 2
    assert count_in_trouble(a_person("administrator")) == 0

    edit_partnership(other.actor, second, {"is_restricted": True}, "A complaint is looked into.")
    db.session.commit()
    assert count_in_trouble(officer) == 1, "hidden since then, though the list is the one made before"
    assert count_in_trouble(other) == 2


def test_the_navigation_makes_no_list_and_says_nothing_where_none_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchlist, "_in_trouble", {})
    officer, partnership = in_order()
    an_interaction(officer, partnership, kind="dispute", held_on=ago(30), account="They withheld £86,400.")
    db.session.commit()

    assert count_in_trouble(officer) is None
