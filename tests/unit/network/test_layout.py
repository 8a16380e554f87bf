"""Places are reckoned once, kept, and never on top of one another."""

import math
import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from register.network.graph import Network, build
from register.network.layout import SPACING, box, positions
from register.network.spacing import packed, stretched
from tests.fixtures.networks import network, node

Point = tuple[float, float]


def grown(number: int, ties: int, seed: int = 5) -> Network:
    """A connected network in which early organisations have more ties, as networks of councils do."""
    chance = random.Random(seed)
    pairs = [(at, max(1, int(at * chance.random() ** 2))) for at in range(2, number + 1)]
    pairs += [(chance.randint(1, number), chance.randint(1, number)) for _ in range(ties - number)]
    return network(number, pairs)


def nearest(places: dict[int, Point]) -> float:
    return min(math.dist(one, other) for one, other in combinations(places.values(), 2))


def test_sixty_organisations_fill_a_box_of_1000_by_800_without_touching() -> None:
    places = positions(grown(60, 95))

    assert all(0 <= x <= 1000 and 0 <= y <= 800 for x, y in places.values())
    assert max(x for x, _ in places.values()) - min(x for x, _ in places.values()) > 900
    assert nearest(places) > 0.7 * SPACING


def test_the_same_network_gets_the_same_places() -> None:
    assert positions(grown(40, 60)) == positions(grown(40, 60))


def test_an_organisation_that_has_a_place_keeps_it_and_a_new_one_comes_beside_its_neighbour() -> None:
    before = positions(grown(30, 45))
    pairs = {(tie.a, tie.b): tie.partnerships for tie in grown(30, 45).ties}
    after = positions(build([node(at) for at in range(1, 32)], {**pairs, (31, 7): [1]}), before)

    assert {key: after[key] for key in before} == before
    assert SPACING <= math.dist(after[31], before[7]) < 4 * SPACING
    assert nearest(after) >= min(nearest(before), SPACING)


def test_a_new_partnership_takes_no_other_partnerships_place() -> None:
    stored = {1: (0.0, 0.0), 2: (300.0, 0.0)}
    bodies = [node(1), node(2)]
    before = positions(build([*bodies, node(-5)], {(-5, 1): [5], (-5, 2): [5]}), stored)
    both = {(-5, 1): [5], (-5, 2): [5], (-6, 1): [6], (-6, 2): [6]}
    after = positions(build([*bodies, node(-5), node(-6)], both), stored)

    assert {key: after[key] for key in before} == before


def test_newcomers_that_know_only_newcomers_follow_along_the_chain() -> None:
    chain = network(4, [(1, 2), (2, 3), (3, 4)])
    places = positions(chain, {1: (500.0, 400.0)})

    assert places[1] == (500.0, 400.0)
    assert nearest(places) >= SPACING - 0.1


def test_a_new_group_without_placed_neighbours_stands_below_the_others() -> None:
    places = positions(network(5, [(1, 2), (3, 4)]), {1: (0.0, 0.0), 2: (100.0, 300.0)})

    assert min(places[at][1] for at in (3, 4, 5)) >= 300 + SPACING - 0.1


def test_places_of_organisations_no_longer_shown_are_left_out() -> None:
    assert positions(network(1, []), {1: (3.0, 4.0), 9: (5.0, 6.0)}) == {1: (3.0, 4.0)}


def test_a_stored_place_that_is_no_number_is_reckoned_anew() -> None:
    places = positions(network(2, [(1, 2)]), {1: (math.nan, 1.0), 2: (math.inf, 0.0)})

    assert all(math.isfinite(value) for spot in places.values() for value in spot)


def test_an_empty_network_needs_no_place_and_a_single_organisation_stands_in_the_middle() -> None:
    assert positions(network(0, [])) == {}
    assert positions(network(1, [])) == {1: (111.8, 89.4)}


def test_separate_groups_and_isolates_do_not_overlap() -> None:
    places = positions(network(9, [(1, 2), (2, 3), (3, 1), (4, 5), (5, 6), (6, 4)]))
    first, second = ([places[at] for at in ids] for ids in ((1, 2, 3), (4, 5, 6)))

    assert max(x for x, _ in first) < min(x for x, _ in second) or max(y for _, y in first) < min(y for _, y in second)
    assert nearest(places) > 0.7 * SPACING


def test_a_few_organisations_are_laid_out_in_a_smaller_box_so_that_their_names_are_larger() -> None:
    places = positions(network(5, [(1, 2), (2, 3), (3, 4), (4, 5)]))

    assert max(x for x, _ in places.values()) <= 500
    assert max(y for _, y in places.values()) <= 400


def test_a_large_network_is_laid_out_in_a_box_grown_with_it() -> None:
    places = positions(grown(400, 900))
    width, height = box(400)

    assert all(0 <= x <= width + 0.1 and 0 <= y <= height + 0.1 for x, y in places.values())
    assert nearest(places) > 0.3 * SPACING


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=20))
def test_every_organisation_gets_a_finite_place_of_its_own(number: int, pairs: list[tuple[int, int]]) -> None:
    places = positions(network(number, pairs))

    assert set(places) == set(range(1, number + 1))
    assert all(math.isfinite(value) for spot in places.values() for value in spot)
    assert number == 1 or nearest(places) > 1


def test_packing_puts_no_group_over_another() -> None:
    groups = [{1: (0.0, 0.0), 2: (50.0, 80.0)}, {3: (9.0, 9.0)}, {4: (0.0, 0.0), 5: (300.0, 10.0)}]
    places = packed(groups, 1.25, 20)

    assert nearest(places) >= 20
    assert places[2][0] - places[1][0] == 50


def test_stretching_draws_no_side_out_by_much_more_than_the_other() -> None:
    assert stretched({1: (0.0, 0.0), 2: (1.0, 1.0)}, 300, 100) == {1: (75.0, 0.0), 2: (225.0, 100.0)}
    assert stretched({1: (0.0, 5.0), 2: (10.0, 5.0)}, 100, 100) == {1: (0.0, 50.0), 2: (100.0, 50.0)}
    assert stretched({}, 100, 100) == {}
