"""The network as the database has it: who takes part, as one person may see it, on the day asked about."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from register.clock import Clocks, clocks_now, today
from register.history.recording import recorded
from register.network.graph import Network, Tie
from register.network.lookups import network_for, open_network, partnership_names
from register.network.narrowing import Filters
from register.partnerships.models import Partnership
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of

pytestmark = pytest.mark.usefixtures("session")

GOOD, BAD = {"ilm:openness": 5}, {"ilm:openness": 1}


def pairs(network: Network) -> set[tuple[int, int]]:
    return {(tie.a, tie.b) for tie in network.ties}


def ids(partnership: Partnership) -> tuple[int, ...]:
    return tuple(sorted(body.id for body in partners_of(partnership)))


def the_tie(network: Network, partnership: Partnership) -> Tie:
    return next(tie for tie in network.ties if (tie.a, tie.b) == ids(partnership))


def test_partners_of_one_partnership_are_tied_pair_by_pair() -> None:
    leader, three = a_person("leader"), a_partnership(partners=3)
    one, two, other = ids(three)

    assert pairs(network_for(leader, clocks_now())) >= {(one, two), (one, other), (two, other)}


def test_two_providers_are_tied_only_once_there_is_evidence_between_them(session: scoped_session[Any]) -> None:
    officer, leader = a_person(), a_person("leader")
    bodies = [an_organisation() for _ in range(3)]
    framework = a_partnership(bodies, roles=["provider", "provider", "commissioner"], members={officer: "lead"})
    providers = (bodies[0].id, bodies[1].id)

    assert providers not in pairs(network_for(leader, clocks_now()))

    an_interaction(officer, framework, GOOD)
    session.flush()
    assert providers in pairs(network_for(leader, clocks_now()))


def test_each_direction_has_the_standing_that_trust_computes() -> None:
    officer, leader = a_person(), a_person("leader")
    pair = a_partnership(members={officer: "lead"})
    for days in range(0, 60, 10):
        an_interaction(officer, pair, GOOD, held_on=today() - timedelta(days=days))
        an_interaction(officer, pair, BAD, held_on=today() - timedelta(days=days), back=True)
    first, second = (body.id for body in partners_of(pair))
    tie = the_tie(network_for(leader, clocks_now()), pair)
    there, back = (tie.a_of_b, tie.b_of_a) if first < second else (tie.b_of_a, tie.a_of_b)

    assert there is not None
    assert back is not None
    assert (there.word, back.word, tie.word) == ("strong", "weak", "weak")
    assert there.relationship == (pair.id, first, second)


def test_a_tie_without_evidence_is_not_known_and_has_no_figure() -> None:
    leader, pair = a_person("leader"), a_partnership()
    tie = the_tie(network_for(leader, clocks_now()), pair)

    assert (tie.word, tie.last_on) == ("not known", None)
    assert tie.view is not None
    assert tie.view.figure is None


def test_the_last_day_counts_meetings_that_were_not_rated() -> None:
    officer, leader = a_person(), a_person("leader")
    pair = a_partnership(members={officer: "lead"})
    an_interaction(officer, pair, GOOD, held_on=today() - timedelta(days=100))
    an_interaction(officer, pair, held_on=today() - timedelta(days=40))

    assert the_tie(network_for(leader, clocks_now()), pair).last_on == today() - timedelta(days=40)


def test_as_it_was_before_a_meeting_the_tie_was_not_known() -> None:
    officer, leader = a_person(), a_person("leader")
    pair = a_partnership(members={officer: "lead"})
    for days in (1, 2, 3, 4):
        an_interaction(officer, pair, GOOD, held_on=today() - timedelta(days=days))
    then = Clocks(today() - timedelta(days=30))

    assert the_tie(network_for(leader, then), pair).word == "not known"
    assert the_tie(network_for(leader, clocks_now()), pair).word != "not known"


def test_as_it_was_known_before_it_was_recorded_nothing_is_there() -> None:
    pair = a_partnership()
    yesterday = Clocks(today(), today() - timedelta(days=1))

    assert pairs(network_for(a_person("leader"), yesterday)).isdisjoint({ids(pair)})


def test_a_closed_partnership_ties_nobody(session: scoped_session[Any]) -> None:
    leader, pair = a_person("leader"), a_partnership()
    with recorded("register", "partnership:closed"):
        pair.closed_on = today()
    session.flush()

    assert ids(pair) not in pairs(network_for(leader, clocks_now()))


def test_a_restricted_partnership_changes_nothing_for_those_outside_it() -> None:
    member, outsider = a_person(), a_person()
    open_pair = a_partnership()
    before = network_for(outsider, clocks_now())
    hidden = a_partnership(partners_of(open_pair), is_restricted=True, members={member: "lead"})
    an_interaction(member, hidden, BAD)

    assert network_for(outsider, clocks_now()) == before
    assert open_network(clocks_now()) == before
    assert the_tie(network_for(member, clocks_now()), open_pair).partnerships == (open_pair.id, hidden.id)


def test_names_of_hidden_partnerships_are_not_told() -> None:
    open_pair, hidden = a_partnership(name="Open board"), a_partnership(name="Hidden board", is_restricted=True)

    assert partnership_names(a_person(), [open_pair.id, hidden.id]) == {open_pair.id: "Open board"}


def test_administrators_see_no_relationship() -> None:
    a_partnership()

    assert network_for(a_person("administrator"), clocks_now()).ties == ()


def test_an_organisation_without_partnership_is_there_until_it_closes() -> None:
    alone = an_organisation("Nobody’s Partner")
    gone = an_organisation("Gone", closed_on=date(2020, 1, 1))
    found = network_for(a_person("leader"), clocks_now())

    assert found.ties_of[alone.id] == ()
    assert gone.id not in found.by_id


def test_kind_and_theme_leave_only_their_partnerships() -> None:
    leader = a_person("leader")
    waste = a_partnership(kind="shared_service", theme="environment")
    jobs = a_partnership(kind="multi_agency", theme="joblessness")

    assert pairs(network_for(leader, clocks_now(), Filters(kind="multi_agency", theme="joblessness"))) >= {ids(jobs)}
    assert ids(waste) not in pairs(network_for(leader, clocks_now(), Filters(kind="multi_agency")))
