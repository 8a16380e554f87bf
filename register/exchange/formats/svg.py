"""The network as a drawing in SVG: the still picture with its heading and its legend, for papers and slides."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from register.exchange.formats.graphs import NOT_IN_XML, Drawn
from register.network.difference import KINDS
from register.network.drawing import INK, PAPER, SHAPES, STROKES, UNIT_OF, Stroke, legend
from register.network.graph import Network
from register.network.still import Still, outline, still

FONT = "Arial, Helvetica, sans-serif"
ROW = 26.0
"""From one line of the legend to the next."""
SAMPLE = 46.0
LEAST_ACROSS = 460.0
"""Room for the longest line of the legend, however small the drawing."""
EMPTY = Still("0 0 400 60", (), ())


def write_svg(drawn: Drawn) -> bytes:
    """Return the drawing, which asks for nothing from elsewhere."""
    made = still(drawn.picture(), largest=max(1, len(drawn.network.nodes))) or EMPTY
    left, top, across, down = (float(part) for part in made.view_box.split())
    head = [f"Network of partnerships on {drawn.on.isoformat()}", *(f"{label}: {words}" for label, words in drawn.told)]
    foot = list(_legend(drawn.network, left + 20))
    above, across = ROW * (len(head) + 1), max(across, LEAST_ACROSS)
    high = down + above + ROW * (len(foot) + 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top - above:g} {across:g} {high:g}"',
        f' width="{across:g}" height="{high:g}" role="img" aria-label={quoteattr(_text(head[0]))}',
        f' font-family="{FONT}" font-size="17" fill="{INK}">',
        f"<title>{escape(_text(head[0]))}</title>",
        f'<rect x="{left:g}" y="{top - above:g}" width="{across:g}" height="{high:g}" fill="{PAPER}"/>',
        *_heading(head, left + 20, top - above + ROW),
        *_lines(made),
        *_names(made),
        *(f'<g transform="translate(0 {top + down + ROW * (at + 0.5):g})">{row}</g>' for at, row in enumerate(foot)),
        "</svg>",
    ]
    return "\n".join(lines).encode()


def _heading(head: list[str], x: float, y: float) -> Iterator[str]:
    for at, words in enumerate(head):
        weight = "" if at else ' font-weight="700"'
        yield f'<text x="{x:g}" y="{y + at * ROW:g}"{weight}>{escape(_text(words))}</text>'


def _lines(made: Still) -> Iterator[str]:
    for line in made.lines:
        dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
        yield f'<path d="{line.path}" fill="none" stroke="{line.colour}" stroke-width="{line.width}"{dashes}/>'


def _names(made: Still) -> Iterator[str]:
    halo = f'text-anchor="middle" stroke="{PAPER}" stroke-width="4" paint-order="stroke"'
    for mark in made.marks:
        yield f'<circle cx="{mark.x:g}" cy="{mark.y:g}" r="9" fill="{PAPER}" stroke="{INK}"/>'
        yield f'<text x="{mark.x:g}" y="{mark.y + 5:g}" text-anchor="middle" font-size="13">{mark.sign}</text>'
    for symbol in made.symbols:
        yield f'<path d="{symbol.path}" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'
        yield f'<text x="{symbol.x:g}" y="{symbol.y:g}" {halo}>{escape(_text(symbol.label))}</text>'


def _legend(network: Network, x: float) -> Iterator[str]:
    """Yield the legend's rows: each line with its word and its number, then each symbol."""
    for word, count in legend(network):
        yield _sample(STROKES[word], x) + f'<text x="{x + SAMPLE + 12:g}" y="6">{word.capitalize()} {count}</text>'
    for kind in KINDS:
        if any(tie.change == kind.word for tie in network.ties):
            sign = f'<text x="{x + SAMPLE / 2:g}" y="6">{kind.sign}</text>'
            yield sign + f'<text x="{x + SAMPLE + 12:g}" y="6">{kind.word.capitalize()}</text>'
    yield _sample((UNIT_OF,), x) + f'<text x="{x + SAMPLE + 12:g}" y="6">Unit of</text>'
    drawn = {node.sector for node in network.nodes}
    for sector, shape in SHAPES.items():
        if sector in drawn:
            symbol = (
                f'<path d="{outline(shape, x + SAMPLE / 2, 0, 8)}" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'
            )
            yield symbol + f'<text x="{x + SAMPLE + 12:g}" y="6">{escape(sector.capitalize())}</text>'


def _sample(strokes: tuple[Stroke, ...], x: float) -> str:
    return "".join(
        f'<path d="M{x:g} 0H{x + SAMPLE:g}" fill="none" stroke="{one.colour}" stroke-width="{one.thickest}"'
        + (f' stroke-dasharray="{" ".join(map(str, one.dashes))}"' if one.dashes else "")
        + "/>"
        for one in strokes
    )


def _text(text: str) -> str:
    return NOT_IN_XML.sub("", text)
