"""Graphs as programs really write them: mixed, nested, wide, numbered, repeated, bare."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.refusals import Refusal
from tests.unit.exchange.readers.test_networks import read, shape

PAIR = ({"Alder", "Birch"}, {frozenset(("Alder", "Birch"))})


def graphml(inside: str, keys: str = "", start: str = "<graphml>") -> str:
    graph = f'<graph edgedefault="undirected">{inside}</graph>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{start}{keys}{graph}</graphml>'


TWO = '<node id="Alder"/><node id="Birch"/>'
ONE_EDGE = '<edge source="Alder" target="Birch"/>'


@pytest.mark.parametrize("inside", [
    f'{TWO}<edge source="Alder" target="Birch" directed="true"/><edge source="Birch" target="Alder" directed="false"/>',
    f'{TWO}<hyperedge><endpoint node="Alder"/><endpoint node="Birch"/></hyperedge>',
    f'<node id="Alder"><graph><node id="Birch"/></graph></node>{ONE_EDGE}',
    f'<node id="Alder"><port name="n"/></node><node id="Birch"/>{ONE_EDGE}',
    f'<node id="Alder"><data key="nokey">x</data></node><node id="Birch"/>{ONE_EDGE}',
    f"{TWO}{TWO}{ONE_EDGE}", ONE_EDGE,
])  # fmt: skip
@pytest.mark.parametrize("start", ["<graphml>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns/graphml">'])
def test_graphml_is_read_past_what_programs_stumble_over(inside: str, start: str) -> None:
    found = read("x.graphml", graphml(inside, start=start))
    assert found.findings.problems == []
    assert shape(found) == PAIR


def test_nodes_nested_in_one_another_thousands_deep_are_read() -> None:
    deep = "".join(f'<node id="{place}"><data key="d">' for place in range(9_000)) + "</data></node>" * 9_000
    assert len(read("x.graphml", graphml(deep)).organisations) == 9_000


def test_an_edge_of_many_ends_is_a_tie_of_each_two_and_one_of_too_many_is_none() -> None:
    ends = "".join(f'<endpoint node="{name}"/>' for name in ("Alder", "Birch", "Cedar"))
    wide = "".join(f'<node id="n{number}"/>' for number in range(21))
    all_ends = "".join(f'<endpoint node="n{number}"/>' for number in range(21))
    found = read("x.graphml", graphml(f"{wide}<hyperedge>{ends}</hyperedge><hyperedge>{all_ends}</hyperedge>"))
    assert len(found.arrangements) == 3
    assert len(found.organisations) == 24
    assert dict(found.findings.skipped) == {"edge that joins more than 20 nodes": 1}


def test_what_is_drawn_on_a_node_is_its_name_where_it_says_none() -> None:
    drawn = '<data key="d6"><y:ShapeNode xmlns:y="u"><y:NodeLabel>{}</y:NodeLabel></y:ShapeNode></data>'
    keys = '<key id="d6" for="node" yfiles.type="nodegraphics"/><key id="d3" for="node" attr.name="Name"/>'
    named = '<data key="d3">Birch</data>'
    nodes = f'<node id="n0">{drawn.format("Alder")}</node><node id="n1">{named}</node>'
    assert shape(read("x.graphml", graphml(f'{nodes}<edge source="n0" target="n1"/>', keys))) == PAIR


@pytest.mark.parametrize("version", ["1.1draft", "1.2draft", "1.3", "2.0"])
def test_gexf_of_any_version_is_read_with_its_groups_and_attributes(version: str) -> None:
    nodes = '<node id="0" label="Alder"><attvalues><attvalue for="0" value="NHS trust"/></attvalues>'
    nodes += '<nodes><node id="1.0" label="Birch"/></nodes></node>'
    titles = '<attributes class="node"><attribute id="0" title="Type" type="string"/></attributes>'
    edges = '<edges><edge id="0" source="0" target="1.0" type="mutual" weight="2.5" label="funds"/></edges>'
    graph = f'<graph defaultedgetype="mutual">{titles}<nodes>{nodes}</nodes>{edges}</graph>'
    found = read("x.gexf", f'<gexf xmlns="http://gexf.net/{version}" version="{version}">{graph}</gexf>')
    assert shape(found) == PAIR
    assert found.organisations[0].kind == "health"
    assert found.arrangements[0].purpose == "funds"


def test_gml_that_tells_a_tie_twice_is_read_although_it_does_not_say_so() -> None:
    node = 'node [ id {} label "{}" ]'
    nodes = f"{node.format(0, 'Alder')} {node.format(1, 'Birch')}"
    edges = "edge [ source 0 target 1 value 2.5 ] edge [ source 1 target 0 ] edge [ source 1 target 1 ]"
    found = read("x.gml", f'Creator "somebody"\nVersion 1\ngraph\n[\n directed 0\n {nodes} {edges} ]')
    assert shape(found) == PAIR
    assert dict(found.findings.skipped) == {"tie that the file tells again": 1, "tie of a node with itself": 1}


@pytest.mark.parametrize(("name", "content"), [
    ("snap.txt", "# Directed graph: x.txt\n# FromNodeId\tToNodeId\nAlder\tBirch\n"),
    ("x.edgelist", "Alder Birch {'weight': 3}\n"), ("x.edges", "Alder,Birch,2\n\n"),
    ("x.csv", "% sym unweighted\nAlder Birch\n"),
])  # fmt: skip
def test_bare_lists_of_edges_are_read_and_that_is_said(name: str, content: str) -> None:
    found = read(name, content)
    assert shape(found) == PAIR
    assert found.findings.notices == [
        "The file has no header, so the first two entries of each line were taken for the ends of a tie."
    ]


def test_a_list_of_numbers_is_bare_and_one_of_words_wants_a_header() -> None:
    assert shape(read("x.csv", "1,2\n2,3\n"))[0] == {"1", "2", "3"}
    with pytest.raises(Refusal, match="it needs the columns From and To"):
        read("x.csv", "Alder,Birch\nBirch,Cedar\n")


def test_a_line_of_a_bare_list_with_one_end_is_named_and_the_others_stay() -> None:
    found = read("x.edgelist", "Alder Birch\nCedar\n")
    assert shape(found) == ({"Alder", "Birch"}, {frozenset(("Alder", "Birch"))})
    assert [problem.sentence() for problem in found.findings.problems] == [
        'Row 2, "Cedar": this line does not name two nodes.'
    ]


def test_what_says_which_way_a_tie_is_drawn_is_not_what_it_is_about() -> None:
    found = read("x.csv", "Source,Target,Type,Weight\nAlder,Birch,Undirected,1\nBirch,Cedar,Funds,1\n")
    assert [row.purpose for row in found.arrangements] == [None, "Funds"]


@settings(max_examples=25)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30), st.booleans())
def test_a_network_is_what_networkx_makes_of_it(size: int, pairs: list[tuple[int, int]], directed: bool) -> None:
    graph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    graph.add_nodes_from(f"Body {number}" for number in range(size))
    graph.add_edges_from((f"Body {a % size}", f"Body {b % size}", {"weight": 1.5}) for a, b in pairs)
    plain = nx.Graph(graph)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    wanted = (set(plain), {frozenset(edge) for edge in plain.edges})
    for name, write in (("x.graphml", nx.generate_graphml), ("x.gexf", nx.generate_gexf), ("x.gml", nx.generate_gml)):
        assert shape(read(name, "\n".join(write(graph)))) == wanted
