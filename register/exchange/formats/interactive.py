"""The network as a page in one file: it moves as on the register's own page, works offline, and asks nobody anything.

pyvis writes it by our own template. All scripts and styles stand in the file, and its policy lets run what has their
hashes and nothing else; names are data in it, in which no character can end a script.
"""

import base64
import hashlib
from typing import Any

import orjson

from register.exchange.formats.graphs import Drawn
from register.locations import static, templates
from register.network.columns import columns
from register.network.drawing import SHAPES, STROKES, UNIT_OF, Picture, legend, written_by_template
from register.network.graph import Node
from register.network.grouped_drawing import group_columns
from register.network.still import outline
from register.network.table import most_tied

SCRIPTS = (
    "vendor/vis-network/vis-network.min.js", "network-facts.js", "network-paint.js", "network-side.js", "network.js",
)  # fmt: skip
STYLES = ("standing.css", "network.css", "network-file.css")
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that could end the data, or a line of a script, and how JSON writes them instead."""


def write_html(drawn: Drawn) -> bytes:
    """Return the page."""
    picture = drawn.picture()
    scripts, styles = ([(static() / name).read_text(encoding="utf-8") for name in names] for names in (SCRIPTS, STYLES))
    values = {
        "scripts": scripts,
        "styles": styles,
        "policy": _policy(scripts, styles),
        "data": inert(_data(drawn, picture)),
        "on": drawn.on,
        "told": drawn.told,
        "listed": _listed(drawn),
        "counts": legend(drawn.network),
        "strokes": STROKES,
        "unit_of": UNIT_OF,
        "shapes": {sector: outline(shape, 9, 9, 7) for sector, shape in SHAPES.items() if _has(drawn, sector)},
    }
    return written_by_template(picture, templates() / "network", "file.html", values).encode()


def _data(drawn: Drawn, picture: Picture) -> dict[str, Any]:
    if drawn.groups:
        return group_columns(drawn.groups, picture)
    return columns(drawn.network, picture, lambda node: _about(drawn, node))


def _listed(drawn: Drawn) -> list[tuple[int, str, int]]:
    """Return whom the list beside the picture has, as (id, name, number of ties): groups, or organisations."""
    if drawn.groups:
        return [(at, one.name, sum(drawn.groups.words[at].values())) for at, one in enumerate(drawn.groups.groups)]
    return [(node.id, node.name, len(drawn.network.ties_of[node.id])) for node in most_tied(drawn.network)]


def inert(data: Any) -> str:
    r"""Return data as JSON that can stand inside a page's script element: of `</script>`, it keeps no angle."""
    text = orjson.dumps(data).decode()
    return "".join(UNSAFE.get(character, character) for character in text) if UNSAFE.keys() & set(text) else text


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the policy that lets run what stands in the file, by its hashes, and nothing else."""
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {' '.join(map(_hash, styles))}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _about(drawn: Drawn, node: Node) -> str:
    parts = (drawn.sectors.get(node.sector, node.sector.capitalize()), drawn.kinds.get(node.kind, ""))
    return ". ".join(part for part in parts if part)


def _has(drawn: Drawn, sector: str) -> bool:
    return any(node.sector == sector for node in drawn.network.nodes)
