"""What was read of a file that waits: its first rows, and the form that says how to read it otherwise."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from register.accounts.models import Person
from register.database import db
from register.exchange.bringing.batch_lookups import chosen_before
from register.exchange.bringing.staging import Staged
from register.exchange.imports import ImportKind, read_upload
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.grids import DELIMITERS, Grid, grid_of
from register.exchange.reading.uploads import WORKBOOKS, Upload
from register.partnerships.models import Partnership
from register.partnerships.visibility import partnerships_where
from register.refusals import Refusal
from register.web.imports_forms import BY_ITSELF, ReadingForm, chosen_by, field_of, mapping_form, shown_choices

ROWS_SHOWN = 10
CELL_SHOWN = 80
"""Characters of a cell that are shown: enough to see whether it was read rightly."""
COLUMNS_SHOWN = 30
TABLES = (".csv", ".tsv", ".txt", *WORKBOOKS)


@dataclass(frozen=True)
class Preview:
    """What is shown of a file, or why it cannot be read as it was chosen."""

    grid: Grid | None = None
    records: int = 0
    refusal: str = ""
    unmapped: tuple[str, ...] = ()
    """Titles of columns that the import does not read."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the first columns."""
        return self.grid.titles[:COLUMNS_SHOWN] if self.grid else ()

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """The first rows that have anything in them, long cells cut."""
        found: list[tuple[int, list[str]]] = []
        for number, cells in self.grid.body if self.grid else ():
            if len(found) == ROWS_SHOWN:
                break
            if any(cell.strip() for cell in cells):
                shown = [_cut(cell) for cell in cells[:COLUMNS_SHOWN]]
                found.append((number, shown + [""] * (len(self.titles) - len(shown))))
        return found

    @property
    def facts(self) -> list[tuple[str, str]]:
        """How the file was read, in words."""
        if self.grid is None:
            return [("Records to bring", f"{self.records:,}")] if self.records else []
        told = [
            ("Letters", self.grid.encoding),
            ("Between cells", DELIMITERS.get(self.grid.delimiter, "")),
            ("Sheet", self.grid.sheet),
            ("Titles in row", str(self.grid.header_row)),
            ("Rows under them", f"{sum(1 for _ in self.grid.body):,}"),
        ]
        return [(label, value) for label, value in told if value]


def _cut(cell: str) -> str:
    return cell if len(cell) <= CELL_SHOWN else cell[: CELL_SHOWN - 1] + "…"


def preview_of(kind: ImportKind, upload: Upload, choices: Choices = AS_IT_IS) -> Preview:
    """Return what is shown of a file; raise Refusal when it cannot be read at all."""
    if kind.reads_table(upload) or (upload.ending in kind.endings and upload.ending in TABLES):
        return Preview(grid_of(upload, choices, columns=kind.columns))
    return Preview(records=len(read_upload(kind, upload, choices)))


def offered(staged: Staged, kind: ImportKind, person: Person) -> tuple[ReadingForm, Preview]:
    """Return the form of a file, filled with what was chosen or read, and what is shown of the file."""
    choices = staged.choices()
    try:
        preview = preview_of(kind, staged.upload(), choices)
    except Refusal as refusal:
        preview = Preview(refusal=refusal.message)
    grid = preview.grid
    before = choices if grid is None or choices.columns else chosen_before(person, kind.key, grid.header)
    form = mapping_form(kind, grid.titles if grid else (), before)()
    sheets = grid.sheets if grid else ()
    form.sheet.choices = [SelectChoice("", BY_ITSELF), *(SelectChoice(one, one) for one in sheets)]
    form.partnership_id.choices = [SelectChoice(0, "Choose a partnership"), *_partnerships(kind, person)]
    if not form.is_submitted():
        shown_choices(form, replace(choices, days=choices.days or before.days))
    read = {form[field_of(column)].data for column in kind.columns}
    left = tuple(title for title in (grid.titles if grid else ()) if title and title not in read)
    return form, replace(preview, unmapped=left)


def _partnerships(kind: ImportKind, person: Person) -> list[SelectChoice]:
    if "partnership" not in kind.asks:
        return []
    rows = db.session.execute(
        select(Partnership.id, Partnership.name)
        .where(partnerships_where(person, "interaction:log"), Partnership.closed_on.is_(None))
        .order_by(Partnership.name, Partnership.id)
    )
    return [SelectChoice(row_id, name) for row_id, name in rows]


def choose(staged: Staged, kind: ImportKind, form: ReadingForm) -> None:
    """Keep what a form says; raise Refusal when the file cannot be read that way.

    The columns that were sent were offered for the titles read before: those that are none any more are forgotten.
    """
    upload, before = staged.upload(), staged.choices()
    wanted = chosen_by(form, kind, None)
    grid = preview_of(kind, upload, wanted).grid
    if grid is not None and kind.reads_table(upload) and _same_titles(grid, kind, upload, before):
        sent = chosen_by(form, kind, grid)
        wanted = replace(wanted, columns=sent.columns, values=sent.values)
    if "partnership" in kind.asks and wanted.partnership_id is None:
        raise Refusal("Choose the partnership that it is about.", "partnership_id")
    staged.choose(wanted)


def _same_titles(grid: Grid, kind: ImportKind, upload: Upload, before: Choices) -> bool:
    try:
        return grid_of(upload, before, columns=kind.columns).header == grid.header
    except Refusal:
        return False
