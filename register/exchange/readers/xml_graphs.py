"""Graphs in XML, GraphML and GEXF: their nodes and edges, however they are nested, directed or described.

Programs read these formats more narrowly than others write them: edges of both sorts in one graph, edges of more than
two ends, groups inside groups, ports, data of no key. None of that stands in the way of who is tied to whom.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice
from xml.etree import ElementTree as ET

from register.exchange.readers.ties import Node, Tie
from register.refusals import Refusal

Element = ET.Element

NAMES = ("label", "name", "vertexnames", "vertex.names", "title")
"""Attributes in which files keep a node's name, the likeliest first."""
KINDS = ("type", "kind", "sector", "category")
WORDS = ("label", "type", "description", "relationship")
DRAWN = ("NodeLabel", "EdgeLabel")
"""Where drawing programs write what stands on a node or an edge."""
MOST_ENDS = 20
"""Organisations that one edge may join, each two of which become a tie; a larger one is no tie but a list."""
MOST_DRAWN = 200
"""Elements of one drawing in which its words are looked for: a file nested in itself must hold nobody up."""
EDGES = ("edge", "hyperedge")


@dataclass(frozen=True)
class Found:
    """The nodes and ties of one file, and how many edges join more ends than can be ties."""

    nodes: list[Node]
    ties: list[Tie]
    too_wide: int


def xml_graph(content: str, name: str, kind: str) -> Found:
    """Return the network of an XML text without a document type; raise Refusal for one that is none."""
    try:
        root = ET.fromstring(content)  # noqa: S314 - without a document type there is no entity
    except ET.ParseError as error:
        line, column = error.position
        raise Refusal(f"{name} is broken XML. Line {line}, column {column + 1} cannot be read.") from None
    if _local(root) not in ("graphml", "gexf") or not any(_local(one) == "graph" for one in root):
        raise Refusal(f"{name} cannot be read as {kind}: it has no graph.")
    titles = dict(_titles(root))
    nodes = {node.key: node for node in _nodes(root, titles)}
    ties: list[Tie] = []
    too_wide = 0
    for row, edge in enumerate((one for one in root.iter() if _local(one) in EDGES), start=1):
        ends = _ends(edge)
        too_wide += len(ends) > MOST_ENDS
        if len(ends) <= MOST_ENDS:
            words = _first(dict(_facts(edge, titles)), WORDS)
            ties += [Tie(a, b, row, words) for a, b in combinations(ends, 2)]
    for tie in ties:
        for end in (tie.a, tie.b):
            nodes.setdefault(end, Node(end, end, tie.row))
    return Found(list(nodes.values()), ties, too_wide)


def _local(element: Element) -> str:
    """Return an element's name without its namespace, of which each version of a format has another."""
    return str(element.tag).rpartition("}")[2]


def _titles(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the names of attributes by the ids under which nodes and edges have them."""
    for one in root.iter():
        if _local(one) in ("key", "attribute") and (key := one.get("id")) is not None:
            yield key, one.get("attr.name") or one.get("title") or key


def _nodes(root: Element, titles: Mapping[str, str]) -> Iterator[Node]:
    met: set[str] = set()
    row = 0
    for one in root.iter():
        if _local(one) != "node" or (key := one.get("id")) is None:
            continue
        row += 1
        if key not in met:
            met.add(key)
            facts = dict(_facts(one, titles))
            yield Node(key, _first(facts, NAMES) or key, row, _first(facts, KINDS))


def _facts(element: Element, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a file says of a node or an edge, by lower-case names; a `label` overrules what is drawn."""
    data = [part for part in element if _local(part) == "data"]
    yield from (("label", drawn) for part in data if (drawn := _drawn(part)))
    for said in (one for part in element if _local(part) == "attvalues" for one in part):
        yield _title(titles, said.get("for") or said.get("id")), said.get("value") or ""
    yield from ((_title(titles, part.get("key")), part.text) for part in data if part.text and part.text.strip())
    yield from ((key, own) for key in ("label", "kind") if (own := element.get(key)))


def _title(titles: Mapping[str, str], key: str | None) -> str:
    return titles.get(key or "", key or "").casefold()


def _drawn(data: Element) -> str:
    """Return what a drawing program wrote on a node or an edge; empty when it wrote nothing."""
    texts = (one.text for one in islice(data.iter(), MOST_DRAWN) if _local(one) in DRAWN)
    return next((text for text in texts if text and text.strip()), "")


def _ends(edge: Element) -> list[str]:
    """Return the nodes that an edge joins: two, or as many as it has endpoints."""
    pair = [edge.get("source"), edge.get("target")]
    named = pair if any(pair) else [one.get("node") for one in edge if _local(one) == "endpoint"]
    return [end for end in named if end is not None]


def _first(facts: Mapping[str, str], keys: Iterable[str]) -> str:
    texts = (" ".join(facts.get(key, "").split()) for key in keys)
    return next((text for text in texts if text), "")
