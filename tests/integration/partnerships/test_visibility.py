"""Who knows of which partnership, and what they may do to it: the table of permissions, asked of real rows."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from register.accounts.models import Person, RestrictedAccess
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.partnerships.lookups import members
from register.partnerships.member_changes import end_member, set_member
from register.partnerships.models import Partnership
from register.partnerships.visibility import (
    may,
    open_to_all,
    partnerships_where,
    standing_of,
    visible_partnership,
    visible_to,
)
from tests.factories import a_partnership, a_person

ROLES = ("officer", "leader", "auditor", "governance", "administrator")


def seen_by(person: Person) -> set[str]:
    """Return the names of the partnerships that exist for a person."""
    return set(db.session.scalars(select(Partnership.name).where(visible_to(person))))


def opened_by(person: Person, hours: int) -> None:
    """Record that a person opened the restricted records until some hours from now."""
    with recorded(person.actor, "restricted_access:opened", "An audit."):
        db.session.add(
            RestrictedAccess(
                person_id=person.id,
                reason="An audit.",
                opened_at=now(),
                expires_at=now() + timedelta(hours=hours),
            )
        )


@pytest.mark.parametrize("role", ROLES)
def test_all_but_administrators_see_open_partnerships_and_none_of_them_restricted_ones(app: Flask, role: str) -> None:
    a_partnership(name="Open")
    a_partnership(name="Restricted", is_restricted=True, members={a_person(): "lead"})
    assert seen_by(a_person(role)) == (set() if role == "administrator" else {"Open"})


@pytest.mark.parametrize(("role", "part"), [("officer", "officer"), ("officer", "lead"), ("leader", "named")])
def test_a_restricted_partnership_exists_for_those_with_a_part_while_it_lasts(app: Flask, role: str, part: str) -> None:
    partnership = a_partnership(name="Restricted", is_restricted=True, members={a_person(): "lead"})
    person = a_person(role)
    set_member("register", partnership, person.id, part)
    assert seen_by(person) == {"Restricted"}
    assert visible_partnership(person, partnership.id) == partnership
    end_member("register", members(partnership.id)[1])
    assert seen_by(person) == set()
    assert visible_partnership(person, partnership.id) is None


@pytest.mark.parametrize(
    ("role", "hours", "sees"),
    [
        ("auditor", 1, True),
        ("governance", 1, True),
        ("auditor", -1, False),
        ("officer", 1, False),
        ("leader", 1, False),
        ("administrator", 1, False),
    ],
)
def test_opening_the_restricted_records_is_for_two_roles_and_does_not_last(
    app: Flask,
    role: str,
    hours: int,
    sees: bool,
) -> None:
    a_partnership(name="Restricted", is_restricted=True, members={a_person(): "lead"})
    person = a_person(role)
    opened_by(person, hours)
    assert seen_by(person) == ({"Restricted"} if sees else set())


def test_only_open_partnerships_flow_into_what_everybody_sees(app: Flask) -> None:
    a_partnership(name="Open")
    a_partnership(name="Restricted", is_restricted=True)
    assert set(db.session.scalars(select(Partnership.name).where(open_to_all()))) == {"Open"}


def test_an_officer_stands_outside_or_is_an_officer_or_a_lead_of_a_partnership(app: Flask) -> None:
    outside, officer, lead = a_person(), a_person(), a_person()
    partnership = a_partnership(members={officer: "officer", lead: "lead"})
    assert [standing_of(person, partnership.id) for person in (outside, officer, lead)] == ["N", "M", "L"]
    assert [standing_of(a_person(role), partnership.id) for role in ROLES[1:]] == ["S", "A", "G", "D"]


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("partnership:edit", "ML"),
        ("partnership:members", "L"),
        ("interaction:log", "ML"),
        ("partnership:see", "NMLSAG"),
    ],
)
def test_what_may_be_done_follows_the_table(app: Flask, action: str, who: str) -> None:
    officer, lead = a_person(), a_person()
    partnership = a_partnership(members={officer: "officer", lead: "lead"})
    people = [a_person(), officer, lead, *(a_person(role) for role in ROLES[1:])]
    assert (
        "".join(letter for letter, person in zip("NMLSAGD", people, strict=True) if may(person, action, partnership.id))
        == who
    )


def test_an_officer_corrects_their_own_work_and_a_lead_everybodys(app: Flask) -> None:
    officer, lead = a_person(), a_person()
    partnership = a_partnership(members={officer: "officer", lead: "lead"})
    action = "interaction:correct"
    assert may(officer, action, partnership.id, is_own=True)
    assert not may(officer, action, partnership.id)
    assert may(lead, action, partnership.id)
    assert not may(a_person(), action, partnership.id, is_own=True)


def test_the_partnerships_in_which_one_may_log_are_ones_own(app: Flask) -> None:
    officer = a_person()
    a_partnership(name="Mine", members={officer: "officer"})
    a_partnership(name="Mine, restricted", members={officer: "lead"}, is_restricted=True)
    a_partnership(name="Theirs")

    def names(person: Person, action: str) -> set[str]:
        return set(db.session.scalars(select(Partnership.name).where(partnerships_where(person, action))))

    assert names(officer, "interaction:log") == {"Mine", "Mine, restricted"}
    assert names(officer, "partnership:members") == {"Mine, restricted"}
    assert names(officer, "partnership:see") == {"Mine", "Mine, restricted", "Theirs"}
    assert names(a_person("leader"), "interaction:log") == set()
    assert names(a_person("leader"), "interaction:see") == {"Mine", "Theirs"}
