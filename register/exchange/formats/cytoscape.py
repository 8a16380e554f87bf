"""The network as the JSON of Cytoscape and Cytoscape.js, with the places of the picture."""

import orjson

from register.exchange.formats.graphs import Drawn, graph_of


def write_cytoscape(drawn: Drawn) -> bytes:
    """Return the file."""
    import networkx as nx  # noqa: PLC0415 - loaded when used, see `graphs.graph_of`

    made = nx.cytoscape_data(graph_of(drawn), name="label")
    for node in made["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]
        node["position"] = {"x": node["data"]["x"], "y": node["data"]["y"]}
    for number, edge in enumerate(made["elements"]["edges"]):
        edge["data"]["id"] = f"relationship-{number}"
    return orjson.dumps(made, option=orjson.OPT_INDENT_2)
