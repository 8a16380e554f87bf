"""The picture is plain data: patterned by standing, led by addresses, inert whatever an organisation is called."""

import json
from pathlib import Path
from typing import Any

import pytest
import pyvis

from register.locations import static
from register.network.drawing import SHAPES, STROKES, UNIT_OF, Picture, draw, legend, lines_of, short_label
from register.network.graph import STANDINGS, Network, build
from tests.fixtures.networks import network, node, view


def picture(net: Network) -> Picture:
    return draw(net, {one.id: (float(one.id), 0.0) for one in net.nodes})


def ties(net: Network) -> list[dict[str, Any]]:
    return [edge for edge in picture(net)["edges"] if "tie" in edge]


def test_each_standing_has_a_pattern_of_its_own_beside_its_colour() -> None:
    patterns = {
        word: tuple((stroke.dashes, stroke.thinnest, stroke.thickest) for stroke in STROKES[word]) for word in STANDINGS
    }

    assert set(STROKES) == set(STANDINGS)
    assert len(set(patterns.values())) == len(STANDINGS)


@pytest.mark.parametrize("word", STANDINGS)
def test_a_tie_is_drawn_with_the_lines_of_its_standing(word: str) -> None:
    (edge,) = ties(network(2, [(1, 2)], {(1, 2): word}))

    assert (edge["word"], edge["tie"], edge["bent"]) == (word, 0, False)
    assert [stroke for stroke, _ in lines_of(edge)] == list(STROKES[word])


def test_a_tie_that_nobody_has_a_view_of_is_drawn_thin_and_dotted() -> None:
    (edge,) = ties(network(2, [(1, 2)]))

    assert [(stroke.dashes, width) for stroke, width in lines_of(edge)] == [((2, 4), 1)]


def test_a_stronger_figure_is_drawn_thicker() -> None:
    nodes = [node(1), node(2), node(3)]
    net = build(nodes, {(1, 2): [1], (1, 3): [1]}, [view(1, 2, "strong", 0.95), view(1, 3, "strong", 0.82)])
    widths = [next(iter(lines_of(edge)))[1] for edge in ties(net)]

    assert widths[0] > widths[1]


def test_directions_that_differ_are_drawn_apart_each_from_its_own_end() -> None:
    drawn = ties(network(2, [(1, 2)], {(1, 2): "strong", (2, 1): "mixed"}))

    assert [(edge["from"], edge["to"], edge["word"]) for edge in drawn] == [(1, 2, "strong"), (2, 1, "mixed")]
    assert all(edge["bent"] for edge in drawn)


def test_directions_that_agree_are_one_straight_tie() -> None:
    (edge,) = ties(network(2, [(1, 2)], {(1, 2): "strong", (2, 1): "strong"}))

    assert not edge["bent"]


def test_what_needs_looking_at_is_drawn_last() -> None:
    words = {(1, 2): "weak", (1, 3): "strong", (2, 3): "not known"}

    assert [edge["word"] for edge in ties(network(3, [(1, 2), (1, 3), (2, 3)], words))] == [
        "not known",
        "strong",
        "weak",
    ]


def test_each_sector_has_a_symbol_and_an_unheard_one_is_seen() -> None:
    nodes = [node(at, sector=sector) for at, sector in enumerate([*SHAPES, "unheard"], start=1)]
    shapes = [drawn["shape"] for drawn in picture(build(nodes, {}))["nodes"]]

    assert shapes == ["square", "dot", "diamond", "triangle", "hexagon", "star"]


def test_a_unit_hangs_on_its_organisation_by_a_broad_ribbon_beneath_the_ties() -> None:
    edges = picture(build([node(1), node(2, parent=1), node(3, parent=99)], {(1, 2): [1]}))["edges"]

    assert [(edge["from"], edge["to"], edge["word"]) for edge in edges] == [(2, 1, "unit"), (1, 2, "not known")]
    assert [stroke for stroke, _ in lines_of(edges[0])] == [UNIT_OF]


def test_the_places_are_the_servers_and_the_browser_moves_nothing() -> None:
    drawn = picture(network(1, []))

    assert (drawn["nodes"][0]["x"], drawn["nodes"][0]["y"]) == (1.0, 0.0)
    assert drawn["options"]["physics"] == {"enabled": False}


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<b>x</b>", "x" * 300, "جمعية الأمل", '"; alert(1)//'])
def test_hostile_and_odd_names_are_carried_as_text_with_no_markup_or_tooltip_asked_for(name: str) -> None:
    drawn = picture(network(1, [], names={1: name}))
    (one,) = json.loads(json.dumps(drawn))["nodes"]

    assert one["name"] == name
    assert len(one["label"]) <= 28
    assert one["label"].rstrip("…") in name
    assert "title" not in one
    assert '"multi"' not in json.dumps(drawn["options"])


def test_a_short_name_is_the_label_where_there_is_one() -> None:
    assert short_label(node(1, "Council")) == "Council"
    assert short_label(node(1, "Council of the two counties and of the isles")) == "Council of the two counties…"


def test_the_legend_counts_the_ties_of_each_standing() -> None:
    net = network(3, [(1, 2), (2, 3)], {(1, 2): "strong"})

    assert legend(net) == [("strong", 1), ("sound", 0), ("mixed", 0), ("weak", 0), ("not known", 1)]


def test_an_empty_network_is_an_empty_picture() -> None:
    drawn = picture(network(0, []))

    assert (drawn["nodes"], drawn["edges"]) == ([], [])


def test_the_script_served_is_the_one_that_pyvis_brings() -> None:
    served = static() / "vendor" / "vis-network" / "vis-network.min.js"
    brought = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

    assert served.read_bytes() == brought.read_bytes()
    assert {file.name for file in served.parent.glob("LICENSE*")} == {"LICENSE-APACHE-2.0", "LICENSE-MIT"}
