"""Networks in tables: edge lists, Gephi's nodes and edges, and Kumu's sheets of elements and connections."""

from register.exchange.readers.edge_lists import bare_edges
from register.exchange.readers.ties import Drawn, Node, Tie
from register.exchange.reading.choices import Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.findings import Findings
from register.exchange.reading.grids import grid_of
from register.exchange.reading.tables import Table, TableRow, table_of
from register.exchange.reading.uploads import Upload
from register.exchange.reading.workbooks import sheets_of
from register.refusals import Refusal
from register.text import PARAGRAPHS

NODES = (
    Column("label", "The name", also=("name", "vertex.names", "node", "element", "id")),
    Column("id", "What ties call it by, where that is not its name", also=("key", "node-id")),
    Column("type", "What it is", also=("kind", "element-type", "category", "sector")),
)
TIES = (
    Column("from", "One end", required=True, also=("source", "from-id", "source-id", "node1", "a")),
    Column("to", "The other end", required=True, also=("target", "to-id", "target-id", "node2", "b")),
    Column("label", "What the tie is", also=("connection-type", "relationship")),
    Column("type", "Of what sort it is", also=("kind",)),
    Column("description", "What it is about", also=("notes",)),
)
DIRECTIONS = ("directed", "undirected", "mutual")
"""Words that say which way a tie was drawn: a partnership has none."""
ONE_END = "row that does not name two nodes"
SHEETS = (("elements", "connections"), ("nodes", "edges"), ("nodes", "links"))
"""How workbooks call the sheet of nodes and that of ties, in lower case."""


def table_network(upload: Upload, choices: Choices, findings: Findings) -> tuple[Drawn, str]:
    """Return the network of a CSV file or workbook, and the sheet in which its ties stand; raise Refusal."""
    if upload.is_workbook and not choices.sheet:
        names = {sheet.name.casefold(): sheet.name for sheet in sheets_of(upload)}
        for nodes, ties in SHEETS:
            if nodes in names and ties in names:
                return _two_sheets(upload, choices, findings, (names[nodes], names[ties])), names[ties]
    grid = grid_of(upload, choices)
    titles = {" ".join(title.casefold().split()) for title in grid.titles}
    if _has(titles, TIES[0]) and _has(titles, TIES[1]):
        return _with_ends(_ties(table_of(grid, TIES, choices, findings), findings)), grid.sheet
    if _has(titles, NODES[0]):
        return Drawn(_nodes(table_of(grid, NODES, choices, findings))), grid.sheet
    if drawn := bare_edges(upload, choices, findings):
        return drawn, grid.sheet
    shown = ", ".join(title for title in grid.titles[:6] if title) or "nothing"
    message = f"{upload.name} is no network: it needs the columns From and To, or Label. Its header has {shown}."
    raise Refusal(message)


def _has(titles: set[str], column: Column) -> bool:
    return any(key.replace("-", " ") in titles or key in titles for key in (column.key, *column.also))


def _two_sheets(upload: Upload, choices: Choices, findings: Findings, sheets: tuple[str, str]) -> Drawn:
    first, second = (grid_of(upload, choices, sheet) for sheet in sheets)
    ties = _ties(table_of(second, TIES, choices, findings), findings)
    nodes = _nodes(table_of(first, NODES, choices, findings))
    known = {node.key for node in nodes}
    return Drawn([*nodes, *(node for node in _with_ends(ties).nodes if node.key not in known)], ties)


def _nodes(table: Table) -> list[Node]:
    """Return the nodes of a table, a repeated one once: people list a body again to say more of it."""
    found: dict[str, Node] = {}
    for row in table.rows:
        label = row.cell("label") or row.cell("id")
        key = row.cell("id") or label
        if key:
            found.setdefault(key, Node(key, label, row.number, row.cell("type")))
    return list(found.values())


def _ties(table: Table, findings: Findings) -> list[Tie]:
    whole = [row for row in table.rows if row.cell("from") and row.cell("to")]
    if others := len(table.rows) - len(whole):
        findings.skipped[ONE_END] += others
    return [Tie(row.cell("from"), row.cell("to"), row.number, _words(row)) for row in whole]


def _words(row: TableRow) -> str:
    """Return what a row says of its tie: signs such as `++` say nothing that a reader could use."""
    told = (row.cell("label") or row.cell("type"), row.cell("description"))
    return ": ".join(text for text in told if _says_something(text))[:PARAGRAPHS]


def _says_something(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and text.casefold() not in DIRECTIONS


def _with_ends(ties: list[Tie]) -> Drawn:
    """Return ties with the nodes that they name, each by its key, in the order in which they are met."""
    met: dict[str, Node] = {}
    for tie in ties:
        for key in (tie.a, tie.b):
            met.setdefault(key, Node(key, key, tie.row))
    return Drawn(list(met.values()), ties)
