"""Networks in the files of other programs: GraphML and GEXF, and GML, which networkx reads."""

import re
from typing import Any

from register.exchange.readers.ties import Drawn, Node, Tie
from register.exchange.readers.xml_graphs import KINDS, MOST_ENDS, xml_graph
from register.exchange.reading.choices import Choices
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

NAMES = ("label", "name", "vertexnames", "vertex.names", "title", "id")
"""Attributes in which files keep a node's name, the likeliest first."""
LARGEST = 50_000
"""Nodes: more than any county has organisations."""
GRAPH, MULTIGRAPH = re.compile(r"\bgraph\s*\["), re.compile(r"\bmultigraph\s+1\b")
TOO_WIDE = f"edge that joins more than {MOST_ENDS} nodes"
DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
"""What lets a small XML file unfold into an endless one, and name files of this machine."""


def graph_network(upload: Upload, choices: Choices, findings: Findings) -> Drawn:
    """Return the network of a graph file; raise Refusal with what is wrong with it."""
    text = text_of(upload, "network", choices.encoding)
    findings.notices += [f"{text.note}."] if text.note else []
    content = text.content.lstrip("\ufeff")
    drawn = _xml(content, upload.name, findings) if content.lstrip().startswith("<") else _gml(content, upload.name)
    if len(drawn.nodes) > LARGEST:
        raise Refusal(f"{upload.name} has {len(drawn.nodes):,} nodes. A network may have {LARGEST:,}.")
    return drawn


def is_graph_file(upload: Upload) -> bool:
    """Say whether a file is a graph in XML or GML, by how it begins."""
    start = upload.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:400]
    return start.startswith(b"<") or upload.ending == ".gml" or start.split(b"[")[0].strip().endswith(b"graph")


def _xml(content: str, name: str, findings: Findings) -> Drawn:
    if any(mark in content for mark in DECLARATIONS):
        raise Refusal(f"{name} declares a document type, which no network needs. Save it again without.")
    found = xml_graph(content, name, "GEXF" if "<gexf" in content[:4000] else "GraphML")
    if found.too_wide:
        findings.skipped[TOO_WIDE] += found.too_wide
    return Drawn(found.nodes, found.ties)


def _gml(content: str, name: str) -> Drawn:
    """Return the network of a GML text, by the nodes' ids, since labels may be missing or the same.

    Most files that tell a tie twice do not say that they are multigraphs, without which networkx refuses them.
    """
    told = content if MULTIGRAPH.search(content) else GRAPH.sub("graph [ multigraph 1 ", content, count=1)
    graph = _parsed(told, name)
    nodes = [
        Node(str(key), _first(facts, NAMES) or str(key), row, _first(facts, KINDS))
        for row, (key, facts) in enumerate(graph.nodes(data=True), start=1)
    ]
    ties = [
        Tie(str(a), str(b), row, _first(facts, ("label", "type", "description")))
        for row, (a, b, facts) in enumerate(graph.edges(data=True), start=1)
    ]
    return Drawn(nodes, ties)


UNREADABLE = (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError)
"""What networkx raises for a broken file, beside its own."""


def _parsed(content: str, name: str) -> Any:
    """Return a graph of networkx, which is loaded only here: starting the register must not wait for it."""
    import networkx as nx  # noqa: PLC0415 - the docstring says why

    try:
        return nx.parse_gml(content.splitlines(), label="id")
    except RecursionError:
        raise Refusal(f"{name} is nested too deeply to be read.") from None
    except (nx.NetworkXException, *UNREADABLE) as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise Refusal(f"{name} cannot be read as GML: {said.rstrip('.')}.") from None


def _first(facts: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first of some attributes that says something."""
    found = {str(key).casefold(): value for key, value in facts.items()}
    texts = (" ".join(str(found[key]).split()) for key in keys if isinstance(found.get(key), str | int))
    return next((text for text in texts if text), "")
