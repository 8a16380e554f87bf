"""The network for Kumu: its spreadsheet of elements and connections, and the JSON that it calls a blueprint.

A connection has no direction: two organisations take part in one partnership. What each thinks of the other stands in
fields of it, as words; a standing that is not known says so.
"""

from collections import Counter
from typing import IO, Any, NamedTuple

import orjson

from register.exchange.formats.workbooks import Workbook
from register.exchange.reading.formulas import neutral
from register.exchange.taking.scope import Scope
from register.network.facts import Facts, of_organisations
from register.network.facts_lookups import facts_where
from register.network.graph import NOT_KNOWN, Network, Node, Tie, View
from register.partnerships.kinds import ORGANISATION_KINDS, SECTORS, names

ELEMENT = ("Label", "Type", "Sector", "Short name", "Id")
CONNECTION = ("From", "To", "Direction", "Type", "Partnerships", "Number of partnerships", "From says", "To says", "Id")
SECTOR_NAMES, KIND_NAMES = names(SECTORS), names(ORGANISATION_KINDS)


class Drawn(NamedTuple):
    """The network with a label for each organisation that no other has, which is what Kumu goes by."""

    network: Network
    labels: dict[int, str]
    partnerships: dict[int, str]


def write_workbook(scope: Scope, target: IO[bytes]) -> int:
    """Write the sheets Elements and Connections; return how many rows they have."""
    drawn = _drawn(scope)
    with Workbook(target) as book:
        elements = book.sheet("Elements", ELEMENT)
        count = book.fill(elements, ([_said(value) for value in _element(drawn, one)] for one in drawn.network.nodes))
        connections = book.sheet("Connections", CONNECTION)
        rows = ([_said(value) for value in _connection(drawn, tie)] for tie in drawn.network.ties)
        return count + book.fill(connections, rows)


def write_blueprint(scope: Scope, target: IO[bytes]) -> int:
    """Write the JSON; return how many elements and connections it has."""
    drawn = _drawn(scope)
    elements = [_named(ELEMENT, _element(drawn, node)) for node in drawn.network.nodes]
    connections = [_named(CONNECTION, _connection(drawn, tie)) for tie in drawn.network.ties]
    for made, tie in zip(connections, drawn.network.ties, strict=True):
        made |= {"from": _key(tie.a), "to": _key(tie.b), "partnerships": _partnerships(drawn, tie)}
    target.write(orjson.dumps({"elements": elements, "connections": connections}, option=orjson.OPT_INDENT_2))
    return len(elements) + len(connections)


def _named(titles: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    """Return values by title, those that Kumu itself knows in the small letters that it expects."""
    return {title.lower(): value for title, value in zip(titles, values, strict=True) if value not in (None, "")}


def _said(value: Any) -> Any:
    return (neutral(value) or None) if isinstance(value, str) else value


def _drawn(scope: Scope) -> Drawn:
    facts = facts_where(scope.partnerships(), scope.clocks)
    network = of_organisations(facts)
    return Drawn(network, _labels(network), _names(facts))


def _names(facts: Facts) -> dict[int, str]:
    return {work.id: work.name for work in facts.works}


def _labels(network: Network) -> dict[int, str]:
    counts = Counter(node.name.casefold() for node in network.nodes)
    return {
        node.id: f"{node.name} ({node.id})" if counts[node.name.casefold()] > 1 else node.name
        for node in network.nodes
    }


def _key(organisation_id: int) -> str:
    return f"organisation-{organisation_id}"


def _element(drawn: Drawn, node: Node) -> list[Any]:
    kind, sector = KIND_NAMES.get(node.kind, node.kind), SECTOR_NAMES.get(node.sector, node.sector)
    return [drawn.labels[node.id], kind, sector, node.short_name, _key(node.id)]


def _connection(drawn: Drawn, tie: Tie) -> list[Any]:
    shared = _partnerships(drawn, tie)
    return [
        drawn.labels[tie.a], drawn.labels[tie.b], "undirected", tie.word, "|".join(shared), len(shared),
        _word(tie.a_of_b), _word(tie.b_of_a), f"tie-{tie.a}-{tie.b}",
    ]  # fmt: skip


def _partnerships(drawn: Drawn, tie: Tie) -> list[str]:
    return [drawn.partnerships[key].replace("|", "/") for key in tie.partnerships]


def _word(view: View | None) -> str:
    return view.word if view else NOT_KNOWN
