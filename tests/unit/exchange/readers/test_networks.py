"""Networks from other programs: each form gives the same organisations and ties, and hostile files a sentence."""

import io
import json

import networkx as nx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.network_files import read_network
from register.exchange.readers.ties import Drawn, Node, Tie, arranged, source_of
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal


def read(name: str, content: str | bytes) -> Arrangements:
    return read_network(Upload(name, content.encode() if isinstance(content, str) else content))


def shape(found: Arrangements) -> tuple[set[str], set[frozenset[str]]]:
    """Return the names of the organisations, and the pairs that are tied."""
    names = [row.name for row in found.organisations]
    return set(names), {
        frozenset((names[row.commissioners[0]], names[row.providers[0]])) for row in found.arrangements
    }


def workbook(**sheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return out.getvalue()


THREE = ({"Alder", "Birch", "Cedar"}, {frozenset(("Alder", "Birch")), frozenset(("Birch", "Cedar"))})
KUMU = {
    "elements": [
        {"_id": "elem-1", "attributes": {"label": "Alder", "element type": "Council"}},
        {"_id": "elem-2", "attributes": {"label": "Birch"}}, {"_id": "elem-3", "attributes": {"label": "Cedar"}},
    ],
    "connections": [
        {"_id": "c1", "from": "elem-1", "to": "elem-2", "direction": "directed", "attributes": {}},
        {"_id": "c2", "from": "elem-3", "to": "elem-2", "attributes": {"connection type": "++"}},
    ],
}  # fmt: skip
BLUEPRINT = {
    "elements": [{"label": "Alder", "type": "Council"}, {"label": "Birch"}, {"label": "Cedar"}],
    "connections": [{"from": "Alder", "to": "Birch"}, {"from": "Birch", "to": "Cedar"}],
}
GML = 'graph [ node [ id 0 vertexnames "Alder" ] node [ id 1 vertexnames "Birch" ] node [ id 2 vertexnames "Cedar" ] '
GML += "edge [ source 0 target 1 ] edge [ source 1 target 2 collab 3 ] ]"


def of_networkx(write: str) -> str:
    graph = nx.Graph()
    graph.add_nodes_from((key, {"label": name}) for key, name in enumerate(("Alder", "Birch", "Cedar")))
    graph.add_edges_from([(0, 1), (1, 2)])
    return "\n".join(getattr(nx, write)(graph))


FORMS: dict[str, str | bytes] = {
    "edges.csv": "from,to\nAlder,Birch\nBirch,Cedar\n",
    "Edges.csv": "Source;Target;Weight\nAlder;Birch;3\nCedar;Birch;1\n",
    "kumu.xlsx": workbook(
        Elements=[["Label", "Type"], ["Alder", "Council"], ["Birch", ""], ["Cedar", ""]],
        Connections=[["From", "To", "Type"], ["Alder", "Birch", "++"], ["Birch", "Cedar", "--"]],
    ),
    "gephi.xlsx": workbook(
        Nodes=[["Id", "Label"], ["1", "Alder"], ["2", "Birch"], ["3", "Cedar"]],
        Edges=[["Source", "Target"], ["1", "2"], ["2", "3"]],
    ),
    "export.json": json.dumps(KUMU),
    "blueprint.json": json.dumps(BLUEPRINT),
    "drawn.gml": GML,
    "drawn.graphml": of_networkx("generate_graphml"),
    "drawn.gexf": of_networkx("generate_gexf"),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_gives_the_same_network(name: str) -> None:
    found = read(name, FORMS[name])
    assert found.findings.problems == []
    assert shape(found) == THREE
    assert {row.kind for row in found.arrangements} == {"multi_agency"}
    assert {(row.value_pence, row.legal_form) for row in found.arrangements} == {(None, None)}


@pytest.mark.parametrize("name", FORMS)
def test_a_file_gives_each_body_and_each_tie_the_same_number_again(name: str) -> None:
    first, again = (read(name, FORMS[name]) for _ in range(2))
    assert [row.identifiers for row in first.organisations] == [row.identifiers for row in again.organisations]
    assert len({row.identifier for row in first.arrangements}) == 2


def test_nodes_alone_and_their_edges_are_one_network() -> None:
    nodes = read("wexmere_nodes.csv", "name,year\nAlder,2019\nBirch,2020\nDoug,\n")
    edges = read("wexmere_edges.csv", "from,to\nAlder,Birch\n")
    assert {row.name for row in nodes.organisations} == {"Alder", "Birch", "Doug"}
    known = {row.name: row.identifiers for row in nodes.organisations}
    assert all(known[row.name] == row.identifiers for row in edges.organisations)
    assert source_of("other.csv") != source_of("wexmere_edges.csv")


def test_a_tie_stands_once_whatever_its_direction_and_none_with_itself() -> None:
    found = read("edges.csv", "from,to\nAlder,Birch\nBirch,Alder\nAlder,Birch\nAlder,Alder\n")
    assert len(found.arrangements) == 1
    assert found.findings.skipped == {"tie that the file tells again": 2, "tie of a node with itself": 1}


def test_what_a_file_says_of_a_body_suggests_its_sector() -> None:
    found = read("nodes.csv", "label,type\nAlder,NHS trust\nBirch,Company\nCedar,Residents\nDoug,\n")
    assert [(row.sector, row.kind) for row in found.organisations] == [
        ("public", "health"), ("private", "company"), ("community", "community_group"), ("voluntary", "charity"),
    ]  # fmt: skip


def test_words_of_a_tie_are_kept_and_signs_are_not() -> None:
    found = read("edges.csv", "from,to,type,description\nAlder,Birch,funds,a hub\nBirch,Cedar,++,\n")
    assert [row.purpose for row in found.arrangements] == ["funds: a hub", None]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "x" * 300, "مجلس المدينة", "Text+", "A@B", "'; drop--"])
def test_odd_names_are_kept_as_text(name: str) -> None:
    found = read("export.json", json.dumps({"elements": [{"label": name}, {"label": "Birch"}],
                                            "connections": [{"from": name, "to": "Birch"}]}))  # fmt: skip
    assert found.findings.problems == []
    assert found.organisations[0].name in (name, name[:199] + "…")
    assert len(found.arrangements[0].title) <= 200
    assert len(found.arrangements[0].identifier[1]) <= 200


def test_connections_without_an_end_and_elements_without_a_name_are_counted() -> None:
    kumu = {"elements": [{"label": "Alder"}, {"tags": []}], "connections": [{"from": "Alder"}]}
    found = read("x.json", json.dumps(kumu))
    assert found.findings.skipped == {"element without a name": 1, "connection whose end is no element": 1}


@pytest.mark.parametrize(("name", "content"), [
    ("x.json", "{}"), ("x.json", '{"elements": 5}'), ("x.json", "["), ("x.csv", "x,y\n1,2\n"), ("x.csv", ""),
    ("x.gml", "graph ["), ("x.gml", "graph [ node [ id 0 ] node [ id 0 ] ]"), ("x.gml", "nonsense"),
    ("x.gml", "graph [ " + "node [ " * 5000), ("x.graphml", "<graphml>"), ("x.graphml", "<html></html>"),
    ("x.graphml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><graphml>&a;</graphml>'), ("x.gexf", "<gexf></gexf>"),
    ("x.graphml", '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><graphml/>'),
    ("x.gml", b"\x00\x01"), ("x.gml", b"graph [ node [ id \xff\xfe ] ]"), ("x.xml", "<" + "a>" * 1000),
])  # fmt: skip
def test_what_is_no_network_is_refused_in_a_sentence(name: str, content: str | bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read(name, content)
    assert refused.value.message.startswith(name)
    assert "\n" not in refused.value.message


def test_a_tie_with_a_node_that_is_not_there_says_which() -> None:
    sheets = workbook(Nodes=[["Id", "Label"], ["1", "Alder"]], Edges=[["Source", "Target"], ["1", "9"]])
    found = read("gephi.xlsx", sheets)
    assert shape(found) == ({"Alder", "9"}, {frozenset(("Alder", "9"))})


def test_nodes_and_ties_that_cannot_be_kept_are_named_and_the_others_stay() -> None:
    kumu = {
        "elements": [{"label": "Alder"}, {"label": "Birch"}, 5, {"_id": "c", "label": "\u0007"}],
        "connections": [{"from": "Alder", "to": "Birch"}, {"from": "Alder", "to": "c"}, "x"],
    }
    found = read("x.json", json.dumps(kumu))
    assert shape(found) == ({"Alder", "Birch"}, {frozenset(("Alder", "Birch"))})
    assert {(problem.sheet, problem.row) for problem in found.findings.problems} == {
        ("elements", 3), ("connections", 3),
    }  # fmt: skip


def test_a_tie_says_which_of_its_nodes_is_not_kept() -> None:
    nodes = [Node("a", "Alder", 1), Node("a", "Alder", 2), Node("b", "\t", 3)]
    found = arranged(Drawn(nodes, [Tie("a", "b", 1), Tie("a", "z", 2)]), Findings("x.gml"))
    assert [problem.sentence() for problem in found.findings.problems] == [
        'Row 2, "Alder": the file has this node already.',
        'Row 3, "b": this node has no name.',
        'Row 1, "b": this tie names a node that has no name.',
        'Row 2, "z": this tie names a node that the file does not have.',
    ]
    assert shape(found) == ({"Alder"}, set())


def test_rows_of_a_table_with_one_end_are_counted() -> None:
    found = read("edges.csv", "from,to\nAlder,Birch\nCedar,\n")
    assert (len(found.arrangements), found.findings.skipped) == (1, {"row that does not name two nodes": 1})


@given(st.text(max_size=400))
def test_no_text_breaks_a_reader(content: str) -> None:
    for name in ("x.gml", "x.graphml", "x.csv", "x.json"):
        try:
            read(name, content.encode("utf-8", "replace"))
        except Refusal:
            continue
