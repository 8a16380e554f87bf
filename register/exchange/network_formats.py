"""What the network can be taken away as: one row a format.

A PNG is not among them: the page's script makes it of the picture as it stands on the screen.
"""

from collections.abc import Callable
from typing import NamedTuple

from register.exchange.formats.cytoscape import write_cytoscape
from register.exchange.formats.gephi import write_gephi
from register.exchange.formats.gexf import write_gexf
from register.exchange.formats.graphml import write_graphml
from register.exchange.formats.graphs import Drawn
from register.exchange.formats.interactive import write_html
from register.exchange.formats.svg import write_svg


class NetworkFormat(NamedTuple):
    """A format: its key, what it is called and good for, its media type, the ending of its files, and who writes it."""

    key: str
    name: str
    purpose: str
    media_type: str
    ending: str
    write: Callable[[Drawn], bytes]


NETWORK_FORMATS = (
    NetworkFormat(
        "html", "Interactive page", "One file that opens in any browser, offline.",
        "text/html; charset=utf-8", "html", write_html,
    ),
    NetworkFormat(
        "svg", "SVG drawing", "Stays sharp at any size, for papers and slides.", "image/svg+xml", "svg", write_svg,
    ),
    NetworkFormat(
        "graphml", "GraphML", "For yEd, Gephi, igraph and networkx.",
        "application/graphml+xml", "graphml", write_graphml,
    ),
    NetworkFormat("gexf", "GEXF", "For Gephi, with the places.", "application/gexf+xml", "gexf", write_gexf),
    NetworkFormat("cytoscape", "Cytoscape JSON", "For Cytoscape.", "application/json", "cyjs", write_cytoscape),
    NetworkFormat("gephi", "Gephi tables", "Nodes and edges as CSV, in a ZIP.", "application/zip", "zip", write_gephi),
)  # fmt: skip
NETWORK_FORMAT_BY_KEY = {one.key: one for one in NETWORK_FORMATS}
