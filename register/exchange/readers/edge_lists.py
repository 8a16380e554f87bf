"""Bare lists of edges, two nodes a line and no header, as programs for networks write them."""

import re

from register.exchange.readers.ties import Drawn, Node, Tie
from register.exchange.reading.choices import Choices
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.uploads import Upload, text_of

ENDINGS = (".edgelist", ".edges", ".txt", ".tsv")
REMARKS = ("#", "%", "//")
"""How a line begins that says something of the list and is no edge."""
PARTS = re.compile(r"\t|,|;")
NO_HEADER = "The file has no header, so the first two entries of each line were taken for the ends of a tie."
ONE_END = "this line does not name two nodes"


def bare_edges(upload: Upload, choices: Choices, findings: Findings) -> Drawn | None:
    """Return the network of a bare list; None for a file that could be a table, whose header is to be mended.

    Only what nobody would take for a table is one: a list by its ending, by its remarks, or because all is numbered.
    """
    if upload.is_workbook or choices.header_row is not None:
        return None
    lines = list(enumerate(text_of(upload, "network", choices.encoding).content.splitlines(), start=1))
    edges = [(row, _ends(line)) for row, line in lines if line.strip() and not line.startswith(REMARKS)]
    has_remarks = any(line.startswith(REMARKS) for _, line in lines)
    is_numbered = all(part.isdecimal() for _, ends in edges for part in ends[:2])
    if not edges or not (has_remarks or is_numbered or upload.ending in ENDINGS):
        return None
    for row, ends in edges:
        if len(ends) < 2 or not all(ends[:2]):  # noqa: PLR2004 - an edge has two ends
            findings.add_problem(Problem("", row, "", " ".join(ends), ONE_END))
    findings.notices.append(NO_HEADER)
    ties = [Tie(ends[0], ends[1], row) for row, ends in edges if all(ends[:2]) and len(ends) > 1]
    nodes = {end: Node(end, end, tie.row) for tie in reversed(ties) for end in (tie.b, tie.a)}
    return Drawn(sorted(nodes.values(), key=lambda node: node.row), ties)


def _ends(line: str) -> list[str]:
    """Return the entries of a line; blanks part them where nothing else does.

    >>> _ends("Alder Trust, Birch, 3"), _ends("1 2 {'weight': 3}")[:2]
    (['Alder Trust', 'Birch', '3'], ['1', '2'])
    """
    bare = line.partition("{")[0]
    parts = PARTS.split(bare) if PARTS.search(bare) else bare.split()
    return [" ".join(part.strip().strip('"').split()) for part in parts]
