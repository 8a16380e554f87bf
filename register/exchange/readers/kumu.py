"""Kumu's JSON: the blueprint that it documents, and what it exports itself."""

from collections.abc import Iterator
from typing import Any

from register.exchange.readers.ties import Drawn, Node, Tie
from register.exchange.reading.choices import Choices
from register.exchange.reading.documents import Branch
from register.exchange.reading.findings import Findings
from register.exchange.reading.json_texts import read_document
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

UNNAMED = "element without a name"
LOOSE = "connection whose end is no element"


def kumu_network(upload: Upload, choices: Choices, findings: Findings) -> Drawn:
    """Return the network of a Kumu file; raise Refusal when it is none."""
    text = text_of(upload, "JSON", choices.encoding)
    document = read_document(text.content, upload.name)
    if not isinstance(document, dict) or not isinstance(document.get("elements"), list):
        raise Refusal(f"{upload.name} is no Kumu file: it has no list called elements.")
    findings.sheet = "elements"
    nodes = _nodes(document, findings)
    findings.sheet = "connections"
    known = {node.key: node.key for node in nodes} | {node.label: node.key for node in nodes}
    ties = list(_ties(document, known, findings))
    findings.sheet = "elements"
    return Drawn(nodes, ties)


def _branches(document: dict[str, Any], key: str, findings: Findings) -> Iterator[Branch]:
    values = document.get(key)
    for row, value in enumerate(values if isinstance(values, list) else [], start=1):
        branch = Branch(findings, row, values=value if isinstance(value, dict) else {})
        if isinstance(value, dict):
            yield branch
        else:
            branch.refuse("", value, "this should be an object in braces")


def _nodes(document: dict[str, Any], findings: Findings) -> list[Node]:
    found: dict[str, Node] = {}
    for branch in _branches(document, "elements", findings):
        facts = branch.branch("attributes") if "attributes" in branch.values else branch
        label = facts.line("label") or branch.line("label")
        key = branch.line("_id") or branch.line("id") or label
        if not label:
            findings.skipped[UNNAMED] += 1
            continue
        kind = facts.line("element type") or facts.line("type")
        found.setdefault(key, Node(key, label, branch.row, kind))
    return list(found.values())


def _ties(document: dict[str, Any], known: dict[str, str], findings: Findings) -> Iterator[Tie]:
    """Yield the connections, whose ends are ids in an export and names in a blueprint."""
    for branch in _branches(document, "connections", findings):
        facts = branch.branch("attributes") if "attributes" in branch.values else branch
        ends = [known.get(branch.line(key)) for key in ("from", "to")]
        if ends[0] is None or ends[1] is None:
            findings.skipped[LOOSE] += 1
            continue
        words = facts.line("label") or facts.line("description") or facts.line("connection type") or facts.line("type")
        yield Tie(ends[0], ends[1], branch.row, words if any(letter.isalpha() for letter in words) else "")
