"""As the register knew it on a day: names, kinds, closings and partners are those of the history, not today's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from register.clock import Clocks, clocks_now, now, pretending, today
from register.database import db
from register.network.facts import Facts
from register.network.facts_lookups import facts_for
from register.network.lookups import partnership_names
from register.network.what_if_lookups import ORGANISATION, PARTNERSHIP, Asker, subject_of
from register.partnerships.changes import add_participation, close_partnership, edit_partnership
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import edit_organisation
from tests.factories import a_partnership, a_person, an_organisation, partners_of

pytestmark = pytest.mark.usefixtures("session")

KNOWN = Clocks(today(), today() - timedelta(days=10))


@contextmanager
def earlier() -> Iterator[None]:
    """Do something twenty days ago, and seal it then."""
    with pretending(now() - timedelta(days=20)):
        yield
        db.session.commit()


@pytest.fixture
def pair() -> Partnership:
    """A partnership of twenty days ago."""
    with earlier():
        return a_partnership(
            [an_organisation("Old Council"), an_organisation("Mill Hub")], name="Old Board", theme="children"
        )


def facts(clocks: Clocks) -> Facts:
    db.session.commit()
    return facts_for(a_person("leader"), clocks)


def test_a_name_given_since_is_not_known_then(pair: Partnership) -> None:
    council = partners_of(pair)[0]
    edit_organisation("register", council, {"name": "New Council", "place": "Lanmark"})
    edit_partnership("register", pair, {"name": "New Board", "theme": "safety"})
    then, today_ = facts(KNOWN), facts(clocks_now())

    assert (then.network.by_id[council.id].name, then.network.by_id[council.id].place) == ("Old Council", "")
    assert (then.work_by_id[pair.id].name, then.work_by_id[pair.id].theme) == ("Old Board", "children")
    assert (today_.network.by_id[council.id].name, today_.work_by_id[pair.id].theme) == ("New Council", "safety")
    assert partnership_names(a_person(), [pair.id], KNOWN) == {pair.id: "Old Board"}
    assert partnership_names(a_person(), [pair.id]) == {pair.id: "New Board"}


def test_a_question_of_what_if_is_asked_by_the_name_of_then(pair: Partnership) -> None:
    council = partners_of(pair)[0]
    edit_organisation("register", council, {"name": "New Council"})
    edit_partnership("register", pair, {"name": "New Board"})
    asker = Asker(a_person("leader"), KNOWN, facts(KNOWN), {})
    body, work = subject_of(ORGANISATION, council.id, asker), subject_of(PARTNERSHIP, pair.id, asker)

    assert body is not None
    assert work is not None
    assert (body.opening, work.opening) == ("If Old Council left", "If Old Board ended")


def test_a_closing_recorded_since_was_not_known_then(pair: Partnership) -> None:
    close_partnership("register", pair, today() - timedelta(days=15), "It is over.")

    assert pair.id in facts(KNOWN).work_by_id
    assert len(facts(KNOWN).network.ties) == 1
    assert pair.id not in facts(clocks_now()).work_by_id
    assert facts(Clocks(today() - timedelta(days=16))).network.ties


def test_a_partner_recorded_since_was_not_known_then_whenever_it_joined(pair: Partnership) -> None:
    with earlier():
        third = an_organisation("Third")
    add_participation("register", pair, third.id, "partner")

    assert third.id in facts(KNOWN).network.by_id
    assert facts(KNOWN).network.ties_of[third.id] == ()
    assert len(facts(clocks_now()).network.ties_of[third.id]) == 2


def test_what_was_made_since_was_not_known_then(pair: Partnership) -> None:
    later = a_partnership([partners_of(pair)[0], an_organisation("Newcomer")])
    then = facts(KNOWN)

    assert then.work_by_id.keys() == {pair.id}
    assert "Newcomer" not in {node.name for node in then.nodes}
    assert later.id in facts(clocks_now()).work_by_id


def test_who_may_see_a_partnership_is_decided_by_today(pair: Partnership) -> None:
    member = a_person()
    with earlier():
        hidden = a_partnership(partners_of(pair), {member: "lead"}, name="Hidden Board", is_restricted=True)

    assert hidden.id not in facts(KNOWN).work_by_id
    assert hidden.id in facts_for(member, KNOWN).work_by_id
    assert partnership_names(a_person(), [hidden.id], KNOWN) == {}
