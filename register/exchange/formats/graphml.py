"""The network as GraphML, which yEd, Gephi, igraph, Cytoscape and networkx read."""

from io import BytesIO

from register.exchange.formats.graphs import Drawn, graph_of


def write_graphml(drawn: Drawn) -> bytes:
    """Return the file."""
    import networkx as nx  # noqa: PLC0415 - loaded when used, see `graphs.graph_of`

    target = BytesIO()
    nx.write_graphml(graph_of(drawn), target)
    return target.getvalue()
