"""The shapes of trust that the example is meant to show are there whatever the seed."""

from datetime import date
from itertools import combinations

import networkx as nx
import pytest

from register.exchange.example.county import example
from register.exchange.example.records import ExampleRegister
from register.interactions.kinds import OUTCOME_BY_KEY

TODAY = date(2026, 11, 23)
HALF_LIFE = 180


@pytest.fixture(scope="module", params=range(1, 6))
def register(request: pytest.FixtureRequest) -> ExampleRegister:
    return example(TODAY, request.param)


def evidence(register: ExampleRegister, partnership: str, rater: str, ratee: str) -> tuple[float, float]:
    """Return what is left today of good evidence, and of all evidence, that one organisation has of another."""
    good = total = 0.0
    for one in register.interactions:
        if one.partnership != partnership:
            continue
        scores = [reading.score for reading in one.readings if (reading.rater, reading.ratee) == (rater, ratee)]
        pieces = [(one.held_on, sum((score - 1) / 4 for score in scores) / len(scores))] if scores else []
        for promise in one.commitments:
            kept = OUTCOME_BY_KEY[promise.outcome].good if promise.outcome else None
            if (promise.promisee, promise.promisor) == (rater, ratee) and kept is not None and promise.settled_on:
                pieces.append((promise.settled_on, kept))
        for day, share in pieces:
            weight = 2 ** (-(TODAY - day).days / HALF_LIFE)
            good, total = good + weight * share, total + weight
    return good, total


def share(register: ExampleRegister, partnership: str, rater: str, ratee: str) -> float:
    good, total = evidence(register, partnership, rater, ratee)
    assert total > 2, "not known"
    return good / total


@pytest.mark.parametrize(("partnership", "rater", "ratee"), [
    ("computing", "resources", "pixel"), ("evidence", "health", "resources"), ("carers", "adults", "chair"),
    ("highways", "place", "stoneway"), ("recovery", "health", "lamplight"), ("table", "tenants", "reachtrust"),
])
def test_some_trust_is_strong(register: ExampleRegister, partnership: str, rater: str, ratee: str) -> None:
    assert share(register, partnership, rater, ratee) > 0.85


@pytest.mark.parametrize(("partnership", "rater", "ratee"), [
    ("equipment", "varrow", "adults"), ("buses", "place", "bellwater"), ("homecare", "adults", "grovesend"),
    ("priorsfold", "priors", "kest"), ("learning", "parents", "children"), ("adulthood", "children", "adults"),
])
def test_some_trust_is_weak(register: ExampleRegister, partnership: str, rater: str, ratee: str) -> None:
    assert share(register, partnership, rater, ratee) < 0.35


@pytest.mark.parametrize(("partnership", "council", "residents"), [
    ("priorsfold", "kest", "priors"), ("learning", "children", "parents"),
])
def test_two_are_one_sided(register: ExampleRegister, partnership: str, council: str, residents: str) -> None:
    theirs = share(register, partnership, residents, council)

    assert share(register, partnership, council, residents) - theirs > 0.35


@pytest.mark.parametrize("partnership", ["skills", "estates", "solar", "fostering"])
def test_some_have_gone_quiet(register: ExampleRegister, partnership: str) -> None:
    cadence = next(one.cadence_days for one in register.partnerships if one.key == partnership)
    last = max(one.held_on for one in register.interactions if one.partnership == partnership)

    assert cadence
    assert (TODAY - last).days > 2 * cadence


def test_of_one_high_value_deal_next_to_nothing_is_known(register: ExampleRegister) -> None:
    deal = next(one.deals[-1] for one in register.partnerships if one.key == "fostering")

    assert deal.value_pence
    assert deal.value_pence > 500_000_000
    assert evidence(register, "fostering", "children", "thistle")[1] < 1
    assert evidence(register, "fostering", "thistle", "children")[1] < 1


def test_one_rests_on_one_person_who_is_leaving(register: ExampleRegister) -> None:
    of_carers = [one for one in register.interactions if one.partnership == "carers"]
    contacts = {one.key: one for one in register.contacts}
    theirs = {key for one in of_carers for key in one.contacts if contacts[key].organisation == "chair"}

    assert theirs == {"chair-1"}
    assert {one.recorded_by for one in of_carers} == {"imogen"}
    left_on = contacts["chair-1"].left_on
    assert left_on
    assert left_on > TODAY


def test_one_body_alone_ties_residents_to_the_rest(register: ExampleRegister) -> None:
    graph = nx.Graph()
    for one in register.partnerships:
        if not one.is_restricted and not one.closed_on:
            graph.add_edges_from(combinations([key for key, _ in one.participants], 2))
    assert "reachtrust" in set(nx.articulation_points(graph))

    graph.remove_node("reachtrust")

    assert nx.node_connected_component(graph, "tenants") == {"tenants", "makers"}
