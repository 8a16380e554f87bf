"""The still drawing has the same lines and symbols as the moving one."""

import re

import pytest

from register.network.difference import compared
from register.network.drawing import Picture, draw, lines_of
from register.network.graph import Network
from register.network.still import LARGEST, outline, still
from tests.fixtures.networks import network


def picture(net: Network) -> Picture:
    places = {one.id: (100.0 * one.id, 50.0) for one in net.nodes}
    return draw(net, places)


def test_every_line_and_every_symbol_of_the_picture_is_in_the_drawing() -> None:
    drawn = picture(network(3, [(1, 2), (2, 3)], {(1, 2): "weak", (2, 3): "strong"}))
    made = still(drawn)

    assert made is not None
    assert [(line.colour, line.width) for line in made.lines] == [
        (stroke.colour, width) for edge in drawn["edges"] for stroke, width in lines_of(edge)
    ]
    assert [symbol.id for symbol in made.symbols] == [1, 2, 3]


def test_a_straight_tie_runs_through_the_middle_and_directions_that_differ_part_to_both_sides() -> None:
    straight = still(picture(network(2, [(1, 2)], {(1, 2): "strong"})))
    apart = still(picture(network(2, [(1, 2)], {(1, 2): "strong", (2, 1): "mixed"})))
    assert straight
    assert apart
    there, back = (float(re.split("[Q ]", line.path)[3]) for line in apart.lines)

    assert straight.lines[0].path == "M100 50L200 50"
    assert (there - 50) * (back - 50) < 0


def test_the_box_leaves_room_around_everybody() -> None:
    made = still(picture(network(2, [(1, 2)])))

    assert made
    assert made.view_box == "30 -20 240 140"


@pytest.mark.parametrize("number", [0, LARGEST + 1])
def test_nothing_or_too_much_is_not_drawn(number: int) -> None:
    assert still(picture(network(number, []))) is None


@pytest.mark.parametrize("shape", ["square", "diamond", "triangle", "hexagon", "star", "dot", "unheard"])
def test_every_symbol_is_a_closed_path(shape: str) -> None:
    assert re.fullmatch(r"M[-\d. aL]+z", outline(shape, 9, 9, 7))


def test_what_changed_of_a_tie_stands_at_its_middle_as_a_sign() -> None:
    before, after = network(3, [(1, 2)]), network(3, [(1, 2), (2, 3)])
    made = still(picture(compared(before, after, {}).network))

    assert made
    assert [(mark.sign, mark.x, mark.y) for mark in made.marks] == [("+", 250.0, 50.0)]
