"""What rules argue from is read of some partnerships after others, and is the same as if read at once."""

from datetime import date

import pytest

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import db
from register.risk import evidence_lookups, people_lookups
from register.risk.facts_lookups import gather
from register.trust import lookups
from tests.factories import a_partnership, an_interaction
from tests.fixtures.surveys import ago


@pytest.mark.parametrize("known", [None, today()])
@pytest.mark.parametrize("days", [0, 45])
def test_a_list_read_one_partnership_at_a_time_is_the_list_read_at_once(
    its_officer: Person, monkeypatch: pytest.MonkeyPatch, days: int, known: date | None
) -> None:
    for _ in range(2):
        hardly_known = a_partnership(started_on=ago(100))
        an_interaction(its_officer, hardly_known, {"ilm:openness": 1, "ilm:fairness": 2}, held_on=ago(60))
    db.session.commit()
    clocks = Clocks(ago(days), known) if days or known else clocks_now()
    at_once = gather(clocks)
    for module in (evidence_lookups, people_lookups, lookups):
        monkeypatch.setattr(module, "AT_A_TIME", 1)

    assert gather(clocks) == at_once
    assert any(view.pieces for facts in at_once for view in facts.views)
    assert all(facts.meetings for facts in at_once)


def test_the_same_people_at_many_meetings_are_in_memory_once(its_officer: Person) -> None:
    meetings = gather(clocks_now())[0].meetings

    assert len({id(meeting.people) for meeting in meetings}) == len({meeting.people for meeting in meetings})
    assert len(meetings) > 1
