"""Our own sheets brought back, or filled in: sheet after sheet, each referring to those before it."""

from collections import deque

from register.exchange.arrivals.commitment_sheets import CommitmentKeeper
from register.exchange.arrivals.correction_sheets import Corrector
from register.exchange.arrivals.deal_sheets import DealKeeper
from register.exchange.arrivals.interaction_sheets import InteractionLogger, readings_by_interaction
from register.exchange.arrivals.numbers_elsewhere import are_of_another, take_as_keys
from register.exchange.arrivals.organisation_sheets import ContactKeeper, OrganisationKeeper
from register.exchange.arrivals.partnership_sheets import ParticipationKeeper, PartnershipKeeper
from register.exchange.arrivals.sheet_rows import Book, Keeper
from register.exchange.bringing.errands import Errand, Record
from register.exchange.reading.findings import Problem
from register.exchange.sheets.cell_values import Ref
from register.exchange.sheets.reading import SheetRow, SheetsRead

FIRST: tuple[type[Keeper], ...] = (OrganisationKeeper, ContactKeeper, PartnershipKeeper, ParticipationKeeper)
NO_SUCH = "no row of the sheet interactions that was kept has this key, and the register no such number"


def bring_sheets(errand: Errand, read: SheetsRead) -> None:
    """Keep the rows of our own sheets, and let go of those of interactions and readings. Flushes and never commits."""
    if are_of_another(errand, read):
        take_as_keys(read)
    book = Book(errand)
    for keeper in FIRST:
        if rows := read.rows.get(keeper.sheet.key):
            keeper(errand, book, _title(read, keeper.sheet.key)).keep(rows)
    deals, contributions = read.rows.get("deals", ()), read.rows.get("contributions", ())
    if deals or contributions:
        DealKeeper(errand, book).keep(deals, contributions, (_title(read, "deals"), _title(read, "contributions")))
    noun = next(iter(read.rows), "organisations")
    _bring_happenings(errand, book, read)
    if rows := read.rows.get("commitments"):
        CommitmentKeeper(errand, book, _title(read, "commitments")).keep(rows)
    errand.summary.take_over(read.findings, noun)


def _title(read: SheetsRead, sheet: str) -> str:
    return read.names.get(sheet, "")


def _bring_happenings(errand: Errand, book: Book, read: SheetsRead) -> None:
    rows, scored = read.rows.pop("interactions", []), readings_by_interaction(read.rows.pop("readings", ()))
    if not rows and not scored:
        return
    titles = (_title(read, "interactions"), _title(read, "readings"))
    logger = InteractionLogger(errand, book, titles)
    known: dict[int, SheetRow] = {row.own_key: row for row in rows if isinstance(row.own_key, int)}
    corrected = {key: scored.pop(key) for key in list(scored) if isinstance(key, int)}
    new = deque(row for row in rows if not isinstance(row.own_key, int))
    rows.clear()
    _refuse_lost(errand, scored, {row.own_key for row in new}, titles[1])
    if new:
        logger.log(new, scored)
    if known or corrected:
        Corrector(errand, logger).correct(known, corrected)


def _refuse_lost(errand: Errand, scored: dict[Ref, list[SheetRow]], keys: set[Ref | None], title: str) -> None:
    """Name the readings of interactions that the file does not have."""
    for key, rows in scored.items():
        if isinstance(key, str) and (not key or key not in keys):
            for row in rows:
                errand.step()
                record = Record("readings", key, title, row.number)
                record.refused = Problem(title, row.number, "interaction-id", key, NO_SUCH)
                errand.tell(record)
