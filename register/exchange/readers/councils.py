"""The register of UK local authorities, as published in one CSV file: 470 councils, with those that have ended."""

from dataclasses import dataclass, field
from datetime import date

from register.exchange.readers.plain_cells import day_in
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.columns import Column
from register.exchange.reading.findings import Findings, Problem
from register.exchange.reading.identifiers import trusted
from register.exchange.reading.names import distinct, is_spoilt, listed
from register.exchange.reading.rows import Identifier, OrganisationRow
from register.exchange.reading.tables import TableRow, read_table, refuse_cell, refuse_controls
from register.exchange.reading.uploads import Upload

SCHEMES = {"England": "GB-LAE", "Scotland": "GB-LAS", "Wales": "GB-PLA", "Northern Ireland": "GB-LANI"}
"""The register whose codes a nation's councils carry, by org-id.guide."""
GSS = "GB-GSS"

CODE, NAME, NATION = "local-authority-code", "official-name", "nation"
ENDED, REPLACED = "end-date", "replaced-by"
MEMBERSHIPS = ("county-la", "combined-authority")
COLUMNS = (
    Column(
        CODE, "The council’s code in its nation’s register", True, ("la-code", "council-code", "authority-code"),
        tells_apart=True,
    ),
    Column(NAME, "The full name", True, ("name", "council-name", "authority-name", "local-authority-name", "council")),
    Column(NATION, "England, Scotland, Wales or Northern Ireland", True, ("country",), words=tuple(SCHEMES)),
    Column("nice-name", "The name for lists and maps"),
    Column("alt-names", "Other names, with commas between them"),
    Column("gss-code", "The statistical code in force"),
    Column("former-gss-codes", "Statistical codes it had before"),
    Column("local-authority-type", "COMB and SRA are combined authorities"),
    Column("region", "The region it lies in"),
    Column("start-date", "The day it began", is_day=True),
    Column(ENDED, "The day it ended; blank for one that goes on", is_day=True),
    Column("current-authority", "Whether it goes on"),
    Column(REPLACED, "Codes of those that took over"),
    Column("county-la", "The code of its county"),
    Column("combined-authority", "The code of its combined authority"),
)
REQUIRED = tuple(column.key for column in COLUMNS if column.required)
KEPT = tuple(column.key for column in COLUMNS if column.key != "alt-names")
"""Columns whose cells have to be short enough to keep; a list of names may be longer than each of its names."""

COMBINED = ("COMB", "SRA")
"""Types of authority that councils form together: combined authorities, and strategic ones for a region."""

SHORT = 60
"""Characters of a short name, which has to fit on a map."""


@dataclass
class Councils:
    """The organisations of one file, and what was found on the way."""

    rows: tuple[OrganisationRow, ...] = ()
    findings: Findings = field(default_factory=Findings)

    def __len__(self) -> int:
        """Return how many rows there are to keep."""
        return len(self.rows)


def read_councils(upload: Upload, choices: Choices = AS_IT_IS) -> Councils:
    """Read the register's table; `findings.problems` is empty when every row can be kept."""
    found = Councils(findings=Findings(upload.name))
    table = read_table(upload, COLUMNS, choices, found.findings)
    rows = [row for row in table.rows if not refuse_controls(row, KEPT, found.findings)]
    codes = _codes(rows, found.findings)
    read = [_council(row, codes, found.findings) for row in rows]
    found.rows = tuple(row for row in read if row is not None)
    _refuse_shared(found.rows, found.findings)
    return found


def _codes(rows: list[TableRow], findings: Findings) -> dict[str, Identifier]:
    """Return each council's identifier by its code; a code met twice is a problem that names the first row."""
    codes: dict[str, Identifier] = {}
    first: dict[str, int] = {}
    for row in rows:
        code = row.cell(CODE).upper()
        if code in first:
            refuse_cell(findings, row, CODE, f"row {first[code]} has this code already")
        elif scheme := SCHEMES.get(_nation(row)):
            codes[code], first[code] = (scheme, code), row.number
    return codes


def _council(row: TableRow, codes: dict[str, Identifier], findings: Findings) -> OrganisationRow | None:
    before = len(findings.problems)
    _refuse_blanks(row, findings)
    opened, closed = (day_in(row, column, findings) for column in ("start-date", ENDED))
    _refuse_contradictions(row, opened, closed, findings)
    if len(findings.problems) > before:
        return None
    name, short = (" ".join(row.cell(column).split()) for column in (NAME, "nice-name"))
    return OrganisationRow(
        name=name,
        short_name=short if short != name and 0 < len(short) <= SHORT else None,
        aliases=_aliases(row, (name, short), findings),
        sector="public",
        kind="combined_authority" if row.cell("local-authority-type") in COMBINED else "council",
        identifiers=_identifiers(row, codes),
        opened_on=opened,
        closed_on=closed,
        successors=_others(row, REPLACED, codes, findings),
        memberships=tuple(one for column in MEMBERSHIPS for one in _others(row, column, codes, findings)),
        place=row.cell("region") or _nation(row),
        row=row.number,
    )


def _nation(row: TableRow) -> str:
    """Return the nation of a council as `SCHEMES` has it, whatever the case of its letters."""
    told = row.cell(NATION)
    return next((nation for nation in SCHEMES if nation.casefold() == told.casefold()), told)


def _refuse_blanks(row: TableRow, findings: Findings) -> None:
    for column in REQUIRED:
        if not row.cell(column):
            refuse_cell(findings, row, column, "this is blank and has to be filled")
    if row.cell(NATION) and _nation(row) not in SCHEMES:
        refuse_cell(findings, row, NATION, f"this is none of {', '.join(SCHEMES)}")


def _refuse_contradictions(row: TableRow, opened: date | None, closed: date | None, findings: Findings) -> None:
    if opened and closed and closed < opened:
        refuse_cell(findings, row, ENDED, f"this is before the start, {opened.isoformat()}")
    if row.cell("current-authority").casefold() == "false" and not row.cell(ENDED):
        refuse_cell(findings, row, ENDED, "the council is not current and has no end date")
    if row.cell(REPLACED) and not row.cell(ENDED):
        refuse_cell(findings, row, REPLACED, "the council is replaced and has no end date")
    if row.cell(CODE).upper() in _cut(row.cell(REPLACED).upper()):
        refuse_cell(findings, row, REPLACED, "a council cannot replace itself")


def _identifiers(row: TableRow, codes: dict[str, Identifier]) -> tuple[Identifier, ...]:
    """Return the council's code and its statistical codes, former ones too: old files know it by those."""
    statistical = (row.cell("gss-code"), *_cut(row.cell("former-gss-codes")))
    found = (trusted(GSS, value) for value in statistical if value)
    return tuple(dict.fromkeys((codes[row.cell(CODE).upper()], *(one for one in found if one))))


def _aliases(row: TableRow, known: tuple[str, str], findings: Findings) -> tuple[str, ...]:
    names = listed(row.cell("alt-names"))
    for name in names:
        if is_spoilt(name):
            reason = "this name lost a letter before it came here, and was left out"
            findings.add_note(Problem(findings.sheet, row.number, "alt-names", name, reason))
    return distinct((name for name in names if not is_spoilt(name)), known)


def _others(row: TableRow, column: str, codes: dict[str, Identifier], findings: Findings) -> tuple[Identifier, ...]:
    """Return the councils a cell names by their codes; one the file does not have is noted and left to the register."""
    found = []
    for code in _cut(row.cell(column).upper()):
        if code not in codes:
            reason = "no row of this file has this code"
            findings.add_note(Problem(findings.sheet, row.number, column, code, reason))
        found.append(codes.get(code, (SCHEMES[_nation(row)], code)))
    return tuple(dict.fromkeys(found))


def _cut(cell: str) -> list[str]:
    """Return the codes in a cell, whatever stands between them."""
    return cell.replace(",", " ").replace(";", " ").replace("|", " ").split()


def _refuse_shared(rows: tuple[OrganisationRow, ...], findings: Findings) -> None:
    """Name each identifier that two rows carry: one of the two would be taken for the other."""
    first: dict[Identifier, int] = {}
    for row in rows:
        for scheme, value in row.identifiers:
            earlier = first.setdefault((scheme, value), row.row)
            if earlier != row.row:
                column = "gss-code" if scheme == GSS else CODE
                reason = f"row {earlier} has this code already"
                findings.add_problem(Problem(findings.sheet, row.row, column, value, reason))
