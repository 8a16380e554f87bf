"""Who carries a tie is read from who was in its meetings."""

from datetime import timedelta

import pytest
from sqlalchemy import true

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.interactions.changes import Happening, Present, log_interaction
from register.network.carriers import Carrier
from register.network.carriers_lookups import LOOKED_BACK, carriers_where
from register.partnerships.contact_changes import add_contact
from register.partnerships.models import Partnership
from register.partnerships.visibility import open_to_all
from tests.factories import a_partnership, a_person, partners_of

pytestmark = pytest.mark.usefixtures("session")


def met(officer: Person, partnership: Partnership, *present: Present, days: int = 10) -> None:
    log_interaction(
        officer, partnership, Happening("meeting", today() - timedelta(days=days), "We met.", list(present), []), ()
    )


def a_contact(partnership: Partnership, place: int = 1) -> int:
    return add_contact("register", organisation_id=partners_of(partnership)[place].id, role="Director").id


def test_whoever_logged_a_meeting_carries_it_where_no_officer_is_named() -> None:
    officer = a_person()
    pair = a_partnership(members={officer: "lead"})
    one, other = partners_of(pair)
    contact = a_contact(pair)
    met(officer, pair, Present(one.id), Present(other.id, contact))

    assert carriers_where(true(), clocks_now()) == {(one.id, other.id): {Carrier(officer.id, contact)}}


def test_a_meeting_without_named_contacts_and_one_of_long_ago_carry_nothing() -> None:
    officer = a_person()
    pair = a_partnership(members={officer: "lead"})
    one, other = partners_of(pair)
    met(officer, pair, Present(one.id), Present(other.id))
    met(officer, pair, Present(one.id), Present(other.id, a_contact(pair)), days=LOOKED_BACK.days + 1)

    assert carriers_where(true(), clocks_now()) == {}
    assert carriers_where(true(), Clocks(today() - timedelta(days=30))) != {}


def test_only_the_partnerships_that_are_asked_for_count() -> None:
    officer = a_person()
    pair = a_partnership(members={officer: "lead"}, is_restricted=True)
    one, other = partners_of(pair)
    met(officer, pair, Present(one.id), Present(other.id, a_contact(pair)))

    assert carriers_where(open_to_all(), clocks_now()) == {}
