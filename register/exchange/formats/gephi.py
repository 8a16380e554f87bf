"""The network as the two tables that Gephi's spreadsheet import takes: nodes and edges, in a ZIP."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from register.exchange.formats.graphs import Drawn, arrow_facts, key_of, node_facts
from register.exchange.formats.zips import Zip
from register.exchange.reading.formulas import neutral

NODE_FACTS = ("label", "short_name", "type", "sector", "kind", "part_of", "x", "y")
ARROW_FACTS = (
    "standing", "figure", "low", "high", "not_known", "partnerships", "partnership_names", "last_on", "change",
)  # fmt: skip


def write_gephi(drawn: Drawn) -> bytes:
    """Return the ZIP of `nodes.csv` and `edges.csv`; an arrow weighs as many partnerships as it stands on."""
    target = BytesIO()
    with Zip(target) as whole:
        with whole.member("nodes.csv") as file:
            file.write(_table(("Id", *(_titled(name) for name in NODE_FACTS)), _nodes(drawn)))
        with whole.member("edges.csv") as file:
            titles = ("Source", "Target", "Type", "Weight", *(_titled(name) for name in ARROW_FACTS))
            file.write(_table(titles, _arrows(drawn)))
    return target.getvalue()


def _nodes(drawn: Drawn) -> Iterable[Sequence[Any]]:
    for node in drawn.network.nodes:
        facts = node_facts(drawn, node)
        yield (key_of(node.id), *(facts.get(name) for name in NODE_FACTS))


def _arrows(drawn: Drawn) -> Iterable[Sequence[Any]]:
    for tie in drawn.network.ties:
        for rater, ratee, view in ((tie.a, tie.b, tie.a_of_b), (tie.b, tie.a, tie.b_of_a)):
            facts = arrow_facts(drawn, tie, view)
            fixed = (key_of(rater), key_of(ratee), "Directed", len(tie.partnerships))
            yield (*fixed, *(facts.get(name) for name in ARROW_FACTS))


def _table(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode()


def _titled(name: str) -> str:
    return name.replace("_", " ").capitalize()
