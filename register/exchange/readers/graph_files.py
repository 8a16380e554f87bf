"""Networks in the files of other programs: GML, GraphML and GEXF, read by networkx."""

import io
from collections.abc import Callable
from typing import Any

from register.exchange.readers.ties import Drawn, Node, Tie
from register.exchange.reading.choices import Choices
from register.exchange.reading.decoding import Text
from register.exchange.reading.findings import Findings
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

NAMES = ("label", "name", "vertexnames", "vertex.names", "title", "id")
"""Attributes in which files keep a node's name, the likeliest first."""
KINDS = ("type", "kind", "sector", "category")
LARGEST = 50_000
"""Nodes: more than any county has organisations."""
DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
"""What lets a small XML file unfold into an endless one, and name files of this machine."""


def graph_network(upload: Upload, choices: Choices, findings: Findings) -> Drawn:
    """Return the network of a graph file; raise Refusal with what is wrong with it."""
    text = text_of(upload, "network", choices.encoding)
    findings.notices += [f"{text.note}."] if text.note else []
    graph = _parsed(text, upload.name)
    if len(graph) > LARGEST:
        raise Refusal(f"{upload.name} has {len(graph):,} nodes. A network may have {LARGEST:,}.")
    nodes = [
        Node(str(key), _first(facts, NAMES) or str(key), row, _first(facts, KINDS))
        for row, (key, facts) in enumerate(graph.nodes(data=True), start=1)
    ]
    ties = [
        Tie(str(a), str(b), row, _first(facts, ("label", "type", "description")))
        for row, (a, b, facts) in enumerate(graph.edges(data=True), start=1)
    ]
    return Drawn(nodes, ties)


def is_graph_file(upload: Upload) -> bool:
    """Say whether a file is a graph in XML or GML, by how it begins."""
    start = upload.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:400]
    return start.startswith(b"<") or upload.ending == ".gml" or start.split(b"[")[0].strip().endswith(b"graph")


def _parsed(text: Text, name: str) -> Any:
    """Return a graph of networkx, which is loaded only here: starting the register must not wait for it."""
    import networkx as nx  # noqa: PLC0415 - the docstring says why

    content = text.content.lstrip("\ufeff")
    if content.lstrip().startswith("<"):
        if any(mark in content for mark in DECLARATIONS):
            raise Refusal(f"{name} declares a document type, which no network needs. Save it again without.")
        kind, read = ("GEXF", _gexf) if "<gexf" in content[:4000] else ("GraphML", nx.parse_graphml)
    else:
        kind, read = "GML", _gml
    return _read(read, content, name, kind)


def _gexf(content: str) -> Any:
    """Read GEXF; see `_parsed` for the import."""
    import networkx as nx  # noqa: PLC0415 - see `_parsed`

    return nx.read_gexf(io.BytesIO(content.encode()))


def _gml(content: str) -> Any:
    """Read GML by the nodes' ids, since labels may be missing or the same; see `_parsed` for the import."""
    import networkx as nx  # noqa: PLC0415 - see `_parsed`

    return nx.parse_gml(content.splitlines(), label="id")


UNREADABLE = (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError)
"""What networkx and the parser of XML raise for a broken file, beside networkx's own."""


def _read(read: Callable[[str], Any], content: str, name: str, kind: str) -> Any:
    """Return what a reader makes of a text; see `_parsed` for the import."""
    import networkx as nx  # noqa: PLC0415 - see `_parsed`

    try:
        return read(content)
    except RecursionError:
        raise Refusal(f"{name} is nested too deeply to be read.") from None
    except (nx.NetworkXException, *UNREADABLE) as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise Refusal(f"{name} cannot be read as {kind}: {said.rstrip('.')}.") from None


def _first(facts: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first of some attributes that says something."""
    found = {str(key).casefold(): value for key, value in facts.items()}
    texts = (" ".join(str(found[key]).split()) for key in keys if isinstance(found.get(key), str | int))
    return next((text for text in texts if text), "")
