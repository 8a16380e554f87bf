"""The columns say all that the picture says, in the order of nodes, ties and edges."""

import json
from typing import Any

import orjson

from register.network.columns import WORDS, columns
from register.network.drawing import draw
from register.network.graph import Network, build
from tests.fixtures.networks import network, node, view


def packed(net: Network) -> dict[str, Any]:
    picture = draw(net, {one.id: (float(one.id), 0.5) for one in net.nodes})
    made = columns(net, picture, lambda one: one.sector)
    assert json.loads(orjson.dumps(made)) == json.loads(json.dumps(made))
    return made


def test_a_tie_names_its_ends_by_their_place_and_its_word_by_its_place_among_the_words() -> None:
    made = packed(network(3, [(1, 3)], {(1, 3): "weak"}))["ties"]

    assert (made["a"], made["b"], [WORDS[at] for at in made["word"]]) == ([0], [2], ["weak"])


def test_each_side_says_its_word_its_figure_and_where_the_evidence_is() -> None:
    net = build([node(4), node(9)], {(4, 9): [7, 8]}, [view(4, 9, "weak", partnership=7), view(9, 4, "not known")])
    made = packed(net)["ties"]

    assert (made["partnerships"], made["named"]) == ([2], [1])
    assert (made["a_rater"], made["a_ratee"], made["a_in"]) == ([4], [9], [7])
    assert (made["a_figure"], made["a_low"], made["a_high"]) == ([20], [10], [30])
    assert [WORDS[at] for at in made["b_word"]] == ["not known"]
    assert (made["b_figure"], made["b_low"], made["b_high"]) == ([-1], [-1], [-1])


def test_a_side_without_a_view_is_told_apart_from_one_that_does_not_know() -> None:
    made = packed(network(2, [(1, 2)]))["ties"]

    assert (made["a_word"], made["b_word"], made["named"]) == ([-1], [-1], [0])


def test_a_name_is_sent_once_where_the_label_is_all_of_it() -> None:
    made = packed(network(2, [], names={1: "Council", 2: "x" * 300}))["nodes"]

    assert made["name"] == [0, "x" * 300]
    assert made["label"][0] == "Council"
    assert made["abouts"] == ["public"]
    assert made["about"] == [0, 0]


def test_an_edge_of_a_unit_belongs_to_no_tie() -> None:
    made = packed(build([node(1), node(2, parent=1)], {(1, 2): [1]}))["edges"]

    assert (made["from"], made["to"], made["tie"]) == ([1, 0], [0, 1], [-1, 0])


def test_nobody_is_an_empty_picture() -> None:
    made = packed(network(0, []))

    assert (made["nodes"]["id"], made["ties"]["a"], made["edges"]["from"]) == ([], [], [])
