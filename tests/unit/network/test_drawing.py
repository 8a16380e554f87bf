"""The picture is plain data: patterned by standing, led by addresses, inert whatever an organisation is called."""

import json
from pathlib import Path
from typing import Any

import pytest
import pyvis

from register.locations import static
from register.network.drawing import SHAPES, STROKES, Picture, draw, legend, short_label
from register.network.graph import STANDINGS, Network, build
from tests.fixtures.networks import network, node, view


def picture(net: Network) -> Picture:
    return draw(
        net,
        {one.id: (float(one.id), 0.0) for one in net.nodes},
        lambda organisation: f"/organisations/{organisation}",
        lambda relationship: "/relationships/{1}/to/{2}?partnership={0}".format(*relationship),
    )


def lines(net: Network) -> list[dict[str, Any]]:
    return [edge for edge in picture(net)["edges"] if "tie" in edge]


def test_each_standing_has_a_pattern_of_its_own_beside_its_colour() -> None:
    patterns = {
        word: tuple((stroke.dashes, stroke.thinnest, stroke.thickest) for stroke in STROKES[word]) for word in STANDINGS
    }

    assert set(STROKES) == set(STANDINGS)
    assert len(set(patterns.values())) == len(STANDINGS)


@pytest.mark.parametrize("word", STANDINGS)
def test_a_tie_is_drawn_with_the_lines_of_its_standing(word: str) -> None:
    drawn = lines(network(2, [(1, 2)], {(1, 2): word}))

    assert [line["color"]["color"] for line in drawn] == [stroke.colour for stroke in STROKES[word]]
    assert {line["word"] for line in drawn} == {word}
    assert {line["tie"] for line in drawn} == {"1-2"}


def test_a_tie_that_nobody_has_a_view_of_is_drawn_thin_and_dotted() -> None:
    (line,) = lines(network(2, [(1, 2)]))

    assert (line["word"], line["width"], line["dashes"]) == ("not known", 1, [2, 4])


def test_a_stronger_figure_is_drawn_thicker() -> None:
    nodes = [node(1), node(2), node(3)]
    net = build(nodes, {(1, 2): [1], (1, 3): [1]}, [view(1, 2, "strong", 0.95), view(1, 3, "strong", 0.82)])
    widths = {line["tie"]: line["width"] for line in lines(net)}

    assert widths["1-2"] > widths["1-3"]


def test_directions_that_differ_are_drawn_apart_each_with_its_arrow() -> None:
    drawn = lines(network(2, [(1, 2)], {(1, 2): "strong", (2, 1): "mixed"}))

    assert [(line["from"], line["to"], line["word"]) for line in drawn] == [(1, 2, "strong"), (2, 1, "mixed")]
    assert all(line["smooth"]["type"] == "curvedCW" and line["arrows"]["to"]["enabled"] for line in drawn)


def test_directions_that_agree_are_one_straight_tie() -> None:
    (line,) = lines(network(2, [(1, 2)], {(1, 2): "strong", (2, 1): "strong"}))

    assert "smooth" not in line
    assert "arrows" not in line


def test_what_needs_looking_at_is_drawn_last() -> None:
    words = {(1, 2): "weak", (1, 3): "strong", (2, 3): "not known"}

    assert [line["word"] for line in lines(network(3, [(1, 2), (1, 3), (2, 3)], words))] == [
        "not known",
        "strong",
        "weak",
        "weak",
    ]


def test_each_sector_has_a_symbol_and_an_unheard_one_is_seen() -> None:
    nodes = [node(at, sector=sector) for at, sector in enumerate([*SHAPES, "unheard"], start=1)]
    shapes = [drawn["shape"] for drawn in picture(build(nodes, {}))["nodes"]]

    assert shapes == ["square", "dot", "diamond", "triangle", "star"]


def test_a_unit_hangs_on_its_organisation_by_a_broad_ribbon_beneath_the_ties() -> None:
    edges = picture(build([node(1), node(2, parent=1), node(3, parent=99)], {(1, 2): [1]}))["edges"]

    assert [edge["id"] for edge in edges] == ["unit-2", "tie-1-2-1-0"]


def test_nodes_lead_to_organisations_and_ties_to_their_evidence() -> None:
    net = build([node(1), node(2)], {(1, 2): [4, 7]}, [view(1, 2, "weak", partnership=7), view(2, 1, "sound")])
    drawn = picture(net)
    (tie,) = drawn["ties"]

    assert [one["url"] for one in drawn["nodes"]] == ["/organisations/1", "/organisations/2"]
    assert tie["url"] == "/relationships/1/to/2?partnership=7"
    assert tie["partnerships"] == 2
    assert [said["url"] for said in tie["says"]] == [
        "/relationships/1/to/2?partnership=7",
        "/relationships/2/to/1?partnership=1",
    ]


def test_a_standing_that_is_not_known_shows_no_figure() -> None:
    (tie,) = picture(network(2, [(1, 2)], {(1, 2): "not known", (2, 1): "sound"}))["ties"]

    assert [(said["word"], said["figure"], said["low"], said["high"]) for said in tie["says"]] == [
        ("not known", None, None, None),
        ("sound", 70, 60, 80),
    ]


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

    assert (drawn["nodes"], drawn["edges"], drawn["ties"]) == ([], [], [])


def test_the_script_served_is_the_one_that_pyvis_brings() -> None:
    served = static() / "vendor" / "vis-network" / "vis-network.min.js"
    brought = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

    assert served.read_bytes() == brought.read_bytes()
    assert {file.name for file in served.parent.glob("LICENSE*")} == {"LICENSE-APACHE-2.0", "LICENSE-MIT"}
