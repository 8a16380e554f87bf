"""On which day two organisations were logged together last, whoever else was there and whoever left since."""

from datetime import date, timedelta

import pytest

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.interactions.changes import Happening, Present, correct_interaction, log_interaction
from register.interactions.models import Interaction
from register.network.facts_lookups import facts_where
from register.partnerships.changes import edit_participation
from register.partnerships.lookups import all_participations
from register.partnerships.models import Partnership
from register.partnerships.visibility import open_to_all
from tests.factories import a_partnership, a_person

pytestmark = pytest.mark.usefixtures("session")


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def met(officer: Person, partnership: Partnership, days: int, *there: int) -> Interaction:
    happening = Happening("meeting", ago(days), "We met.", [Present(one) for one in there])
    return log_interaction(officer, partnership, happening)


def three() -> tuple[Person, Partnership, list[int]]:
    officer = a_person()
    partnership = a_partnership(partners=3, members={officer: "lead"})
    return officer, partnership, sorted(row.organisation_id for row in all_participations(partnership.id))


def last_days(partnership: Partnership, clocks: Clocks) -> dict[tuple[int, int], int]:
    """Return how many days ago two organisations met last."""
    found = facts_where(open_to_all(), clocks).last_on
    return {shared[1:]: (today() - day).days for shared, day in found.items() if shared[0] == partnership.id}


def test_each_two_have_their_own_last_day_and_who_never_met_has_none() -> None:
    officer, partnership, (one, two, other) = three()
    met(officer, partnership, 50, one, two)
    met(officer, partnership, 30, one, two)
    met(officer, partnership, 10, one, other)
    met(officer, partnership, 5, two)

    assert last_days(partnership, clocks_now()) == {(one, two): 30, (one, other): 10}
    assert last_days(partnership, Clocks(ago(40))) == {(one, two): 50}
    assert last_days(partnership, Clocks(today(), ago(1))) == {}, "nothing was known of it yesterday"


def test_who_left_since_is_still_told_of() -> None:
    officer, partnership, (one, two, other) = three()
    met(officer, partnership, 30, one, other)
    part = next(row for row in all_participations(partnership.id) if row.organisation_id == other)
    edit_participation("register", part, role=part.role, joined_on=part.joined_on, left_on=ago(20))

    assert last_days(partnership, clocks_now()) == {(one, other): 30}
    assert (one, two) not in last_days(partnership, clocks_now())


def test_a_meeting_that_was_corrected_counts_as_it_stands_now() -> None:
    officer, partnership, (one, two, other) = three()
    mistaken = met(officer, partnership, 10, one, two)
    corrected = Happening("meeting", ago(12), "We met.", [Present(one), Present(other)])
    correct_interaction(officer, partnership, mistaken, corrected, "Somebody else was there.")

    assert last_days(partnership, clocks_now()) == {(one, other): 12}
