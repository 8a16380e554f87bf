"""Networks that somebody drew elsewhere: each node an organisation, each tie a partnership of two.

A tie is undirected and stands once, however often and in whichever direction the file tells it. What a tie weighs in
the file is no reading of trust, and none is made of it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from register.exchange.readers.arrangements import Arrangements
from register.exchange.readers.parties import kind_by_name
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.names import distinct
from register.exchange.reading.rows import ArrangementRow, Identifier, OrganisationRow
from register.text import CONTROL, LINE

NODE, TIE = "NETWORK", "NETWORK-TIE"
"""The schemes under which a body and a partnership keep what the file calls them; each file's own, see `source_of`."""
WITH_ITSELF = "tie of a node with itself"
TOLD_AGAIN = "tie that the file tells again"
NO_SUCH_NODE = "this tie names a node that the file does not have"
LONGEST = 160
"""Characters of an identifier that are kept as they are; a longer one is kept by its digest."""


@dataclass(frozen=True)
class Node:
    """One node as a file tells it."""

    key: str
    """What ties call it by."""
    label: str
    row: int
    kind: str = ""
    """What the file says that it is."""
    purpose: str = ""


@dataclass(frozen=True)
class Tie:
    """Two nodes that work together."""

    a: str
    b: str
    row: int
    words: str = ""
    """What the file says of it."""


@dataclass
class Drawn:
    """The nodes and ties of one file."""

    nodes: list[Node] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


def source_of(name: str) -> str:
    """Return what files of one network have in common: their name without its ending and without what part they are.

    >>> source_of("research_nodes.csv"), source_of("Research edges.csv")
    ('research', 'research')
    """
    words = Path(name).stem.casefold().replace("_", " ").replace("-", " ").split()
    parts = {"nodes", "edges", "elements", "connections", "links", "vertices"}
    return " ".join(word for word in words if word not in parts) or "network"


def arranged(drawn: Drawn, findings: Findings, ties_sheet: str = "") -> Arrangements:
    """Return the organisations and partnerships of a network; nodes and ties that cannot be kept are problems."""
    source = source_of(findings.name)
    places: dict[str, int] = {}
    rows: list[OrganisationRow] = []
    unnamed: set[str] = set()
    for node in drawn.nodes:
        if node.key in places:
            findings.add_problem(Problem(findings.sheet, node.row, "", node.label, "the file has this node already"))
        elif label := _clean(node.label):
            places[node.key] = len(rows)
            rows.append(_organisation(node, label, source))
        else:
            unnamed.add(node.key)
            findings.add_problem(Problem(findings.sheet, node.row, "", node.key, "this node has no name"))
    ties = _whole(drawn.ties, places, unnamed, findings, ties_sheet or findings.sheet)
    found = _partnerships(ties, rows, places, source, findings)
    return Arrangements(tuple(rows), tuple(found), findings)


def _whole(
    ties: Iterable[Tie], places: Collection[str], unnamed: Collection[str], findings: Findings, sheet: str
) -> Iterator[Tie]:
    """Yield the ties whose nodes are both kept; the others are problems, one for each end that is not."""
    for tie in ties:
        missing = [key for key in (tie.a, tie.b) if key not in places]
        for key in missing:
            reason = "this tie names a node that has no name" if key in unnamed else NO_SUCH_NODE
            findings.add_problem(Problem(sheet, tie.row, "", key, reason))
        if not missing:
            yield tie


def _organisation(node: Node, label: str, source: str) -> OrganisationRow:
    sector, kind = kind_by_name(label, node.kind)
    aliases = distinct((_clean(node.key),), (label,)) if not node.key.isdecimal() else ()
    return OrganisationRow(
        name=label, sector=sector, kind=kind, aliases=aliases, identifiers=(_identifier(NODE, source, node.key),),
        row=node.row,
    )  # fmt: skip


def _partnerships(
    ties: Iterable[Tie],
    rows: Sequence[OrganisationRow],
    places: dict[str, int],
    source: str,
    findings: Findings,
) -> list[ArrangementRow]:
    met: set[tuple[int, int]] = set()
    found = []
    for tie in ties:
        pair = (min(places[tie.a], places[tie.b]), max(places[tie.a], places[tie.b]))
        if pair[0] == pair[1]:
            findings.skipped[WITH_ITSELF] += 1
        elif pair in met:
            findings.skipped[TOLD_AGAIN] += 1
        else:
            met.add(pair)
            found.append(_partnership(tie, pair, rows, source))
    return found


def _partnership(tie: Tie, pair: tuple[int, int], rows: Sequence[OrganisationRow], source: str) -> ArrangementRow:
    one, other = (rows[place] for place in pair)
    keys = sorted(identifier[1] for row in (one, other) for identifier in row.identifiers)
    return ArrangementRow(
        identifier=_identifier(TIE, source, " + ".join(keys)),
        title=_named(one.name, other.name),
        purpose=tie.words or None,
        reference=None,
        commissioners=(pair[0],),
        providers=(pair[1],),
        value_pence=None,
        value_basis=None,
        agreed_on=None,
        starts_on=None,
        ends_on=None,
        row=tie.row,
        kind="multi_agency",
        roles=("partner", "partner"),
        legal_form=None,
    )


def _named(one: str, other: str) -> str:
    """Return a partnership's name from those of its two partners, each shortened where both are long."""
    name = f"{one} and {other}"
    if len(name) <= LINE:
        return name
    half = (LINE - len(" and ")) // 2 - 1
    return " and ".join(part if len(part) <= half else part[:half].rstrip() + "…" for part in (one, other))


def _identifier(scheme: str, source: str, key: str) -> Identifier:
    value = f"{source}: {' '.join(key.split())}"
    if len(value) > LONGEST:
        value = f"{value[: LONGEST - 66].rstrip()} {hashlib.sha256(value.encode()).hexdigest()}"
    return scheme, value


def _clean(text: str) -> str:
    """Return a name that can be kept: one line, without control characters, cut where it is too long."""
    plain = " ".join(CONTROL.sub(" ", text).split())
    return plain if len(plain) <= LINE else plain[: LINE - 1].rstrip() + "…"
