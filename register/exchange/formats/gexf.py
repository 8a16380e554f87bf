"""The network as GEXF, Gephi's own format, with the places of the picture."""

from io import BytesIO

from register.exchange.formats.graphs import Drawn, graph_of


def write_gexf(drawn: Drawn) -> bytes:
    """Return the file; Gephi's second axis points up, the picture's down."""
    import networkx as nx  # noqa: PLC0415 - loaded when used, see `graphs.graph_of`

    graph = graph_of(drawn)
    for _, facts in graph.nodes(data=True):
        facts["viz"] = {"position": {"x": facts["x"], "y": -facts["y"], "z": 0.0}}
    target = BytesIO()
    nx.write_gexf(graph, target)
    return target.getvalue()
