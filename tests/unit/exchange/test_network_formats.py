"""What the network is taken away as reads back the same: every node, every arrow, every attribute."""

import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import networkx as nx
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from register.exchange.formats.graphs import Drawn, graph_of
from register.exchange.formats.interactive import inert
from register.exchange.network_formats import NETWORK_FORMAT_BY_KEY, NETWORK_FORMATS
from register.exchange.reading.formulas import plain
from register.network.graph import Network, build
from tests.fixtures.networks import network, node, view

HOSTILE = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"'&<>;", "line\u2028end\u2029", "=1+1",
    "'=1", "@cmd", "x" * 300, "جمعية الأمل", "{{ 7 * 7 }}",
)  # fmt: skip
DAY = date(2026, 3, 4)


def drawn(net: Network, **facts: Any) -> Drawn:
    places = {one.id: (float(one.id), -2.5) for one in net.nodes}
    return Drawn(net, places, DAY, partnerships={1: "Home to school; buses"}, **facts)


def hostile() -> Drawn:
    names = dict(enumerate(HOSTILE, start=1))
    pairs = [(1, 2), (2, 3), (3, 4)]
    words = {(1, 2): "weak", (2, 1): "strong", (2, 3): "not known"}
    told = (("Shown", HOSTILE[0]), ("Theme", HOSTILE[1]))
    return drawn(network(len(names), pairs, words, names, {(1, 2): DAY}), told=told)


def written(key: str, what: Drawn) -> bytes:
    return NETWORK_FORMAT_BY_KEY[key].write(what)


def read_graphml(data: bytes) -> nx.DiGraph:
    return nx.read_graphml(BytesIO(data))


def read_gexf(data: bytes) -> nx.DiGraph:
    graph = nx.read_gexf(BytesIO(data))
    for _, facts in graph.nodes(data=True):
        facts.pop("viz")
    for *_, facts in graph.edges(data=True):
        facts.pop("id")
    return graph


def read_cytoscape(data: bytes) -> nx.DiGraph:
    graph = nx.cytoscape_graph(json.loads(data))
    for _, facts in graph.nodes(data=True):
        for name in ("id", "value", "name"):
            facts.pop(name)
    for *_, facts in graph.edges(data=True):
        for name in ("id", "source", "target"):
            facts.pop(name, None)
    return graph


def read_gephi(data: bytes) -> nx.DiGraph:
    graph = nx.DiGraph()
    with zipfile.ZipFile(BytesIO(data)) as whole:
        nodes, edges = (
            list(csv.DictReader(StringIO(whole.read(name).decode(), newline=""))) for name in ("nodes.csv", "edges.csv")
        )
    for row in nodes:
        graph.add_node(row.pop("Id"), **_typed(row))
    for row in edges:
        assert row.pop("Type") == "Directed"
        assert row.pop("Weight") == row["Partnerships"]
        graph.add_edge(row.pop("Source"), row.pop("Target"), **_typed(row))
    return graph


def _typed(row: dict[str, str]) -> dict[str, Any]:
    numbers = {"x": float, "y": float, "not_known": float, "figure": int, "low": int, "high": int, "partnerships": int}
    named = {title.lower().replace(" ", "_"): value for title, value in row.items() if value}
    return {name: numbers.get(name, plain)(value) for name, value in named.items()}


READERS = {"graphml": read_graphml, "gexf": read_gexf, "cytoscape": read_cytoscape, "gephi": read_gephi}


@pytest.mark.parametrize("key", READERS)
def test_a_graph_reads_back_with_every_node_arrow_and_attribute(key: str) -> None:
    what = hostile()
    graph, back = graph_of(what), READERS[key](written(key, what))

    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(a, b): facts for a, b, facts in back.edges(data=True)} == {
        (a, b): facts for a, b, facts in graph.edges(data=True)
    }


@pytest.mark.parametrize("key", READERS)
@settings(max_examples=25, deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=5))
def test_whatever_organisations_are_called_they_read_back(key: str, names: list[str]) -> None:
    net = network(len(names), [(1, 2)], {(1, 2): "sound"}, dict(enumerate(names, start=1)))
    what = drawn(net)
    graph = graph_of(what)
    # XML has one end of line, and reads every other as that.
    expected = {name: re.sub("\r\n?", "\n", facts.get("label", "")) for name, facts in graph.nodes(data=True)}
    found = READERS[key](written(key, what)).nodes(data=True)

    assert {name: re.sub("\r\n?", "\n", facts.get("label", "")) for name, facts in found} == expected


def test_each_side_of_a_tie_is_an_arrow_with_what_it_says() -> None:
    net = build([node(3), node(7, parent=3)], {(3, 7): [1]}, [view(3, 7, "weak")], {(3, 7): DAY})
    graph = graph_of(drawn(net))

    assert graph.edges["organisation-3", "organisation-7"] == {
        "standing": "weak", "figure": 20, "low": 10, "high": 30, "not_known": 0.2, "partnerships": 1,
        "partnership_names": "Home to school; buses", "last_on": "2026-03-04",
    }  # fmt: skip
    assert graph.edges["organisation-7", "organisation-3"]["standing"] == "not known"
    assert "figure" not in graph.edges["organisation-7", "organisation-3"]
    assert graph.nodes["organisation-7"]["part_of"] == "organisation-3"


def test_what_is_not_known_has_no_figure() -> None:
    graph = graph_of(drawn(network(2, [(1, 2)], {(1, 2): "not known"})))

    assert graph.edges["organisation-1", "organisation-2"].keys().isdisjoint({"figure", "low", "high"})


def test_a_partnership_is_told_apart_from_an_organisation_of_the_same_number() -> None:
    net = build([node(5), node(-5, "Home to school", "partnership")], {(-5, 5): [5]})
    graph = graph_of(drawn(net))

    assert set(graph.nodes) == {"organisation-5", "partnership-5"}
    assert graph.nodes["partnership-5"]["type"] == "partnership"


@pytest.mark.parametrize("export", NETWORK_FORMATS, ids=lambda export: export.key)
@pytest.mark.parametrize("number", [0, 1])
def test_nobody_and_one_alone_can_be_taken_away(export: Any, number: int) -> None:
    assert export.write(drawn(network(number, [])))


@pytest.mark.parametrize("key", [export.key for export in NETWORK_FORMATS])
def test_the_same_network_gives_the_same_bytes(key: str) -> None:
    assert written(key, hostile()) == written(key, hostile())


def test_no_cell_of_the_tables_is_a_formula() -> None:
    with zipfile.ZipFile(BytesIO(written("gephi", hostile()))) as whole:
        tables = [csv.reader(StringIO(whole.read(name).decode())) for name in whole.namelist()]

    cells = [cell for table in tables for row in table for cell in row]
    texts = [cell for cell in cells if not re.fullmatch(r"-?[\d.]+", cell)]
    assert not [cell for cell in texts if cell[:1] in "=+-@\t\r" and cell]


def test_the_drawing_is_one_well_formed_file_without_a_script_or_a_link() -> None:
    root = fromstring(written("svg", hostile()))
    tags = {part.tag.rpartition("}")[2] for part in root.iter()}

    assert tags <= {"svg", "title", "rect", "text", "path", "g"}
    assert HOSTILE[0] in {part.text for part in root.iter()}
    assert not [name for part in root.iter() for name in part.attrib if name.startswith("on") or "href" in name]


def test_the_page_has_no_other_script_than_those_of_its_policy_and_asks_nobody() -> None:
    text = written("html", hostile()).decode()
    scripts = re.findall(r"^<script(.*?)>", text, re.MULTILINE)

    assert len(re.findall(r"sha256-", text.split("script-src")[1].split(";")[0])) == 5
    assert scripts.count("") == 5
    assert HOSTILE[0] not in text
    assert "{{ 7 * 7 }}" in text
    assert "default-src 'none'" in text
    assert not re.search(r'(src|href)="(?!data:|#)', text)


def test_data_in_a_page_reads_back_and_ends_no_script() -> None:
    text = inert({"names": HOSTILE})

    assert json.loads(text) == {"names": list(HOSTILE)}
    assert not set("<>&\u2028\u2029") & set(text)


def test_the_file_of_a_graph_is_xml_that_holds_no_entity() -> None:
    for key in ("graphml", "gexf"):
        assert isinstance(fromstring(written(key, hostile())), ET.Element)
