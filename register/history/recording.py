"""How a change gets into the history: a block names who, what and why, and the commit seals it.

Example: `with recorded(actor, "organisation:added"): db.session.add(organisation)`.

Inside the block each flush notes which columns of which rows changed. Just before the commit the notes become entries:
the head row is locked last, so that writers wait for one another only for the moment of sealing. Writes outside a block
are refused by `guard`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from register.database import Base, db
from register.history.coverage import as_recorded, covered_columns, is_recorded
from register.history.envelope import Plain
from register.history.guard import close_guard, open_guard
from register.history.ledger import Change, ledger_of
from register.history.sealing import Draft, seal


@contextmanager
def recorded(actor: str, action: str, reason: str | None = None) -> Iterator[None]:
    """Record every row that changes inside the block as one act of `actor`.

    `actor` is "person:3" or "register"; `action` is `table:verb in the past`, such as "interaction:corrected". A block
    inside another joins the outer one. Flushes at the end, never commits. A block that fails after it changed something
    leaves a transaction that can only be rolled back, whole or to a savepoint before the block.
    """
    session = db.session()
    ledger = ledger_of(session)
    session.flush()
    if ledger.open is not None:
        with ledger.whole_or_broken(ledger.open):
            yield
        return
    change = ledger.open = Change(actor, action, reason)
    try:
        with ledger.whole_or_broken(change):
            yield
    finally:
        ledger.open = None
    ledger.done.append(change)


def record_fact(actor: str, action: str, values: dict[str, Plain]) -> None:
    """Record something about the history itself, which no row stands for: a restore, a new key."""
    change = Change(actor, action, None)
    change.drafts.append(Draft(change.subject, 1, 1, values))
    ledger_of(db.session()).done.append(change)


@event.listens_for(db.session, "before_flush")
def _open(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Let the flush of a recorded change through the guard; rows of the history are never deleted."""
    for row in session.deleted:
        if is_recorded(type(row).__table__):
            message = f"A row of {type(row).__tablename__} cannot be deleted: end it or supersede it."
            raise TypeError(message)
    if ledger_of(session).open is not None:
        open_guard(session.connection())


@event.listens_for(db.session, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    """Note what the flush wrote, while the session still knows what each attribute was before."""
    change = ledger_of(session).open
    if change is None:
        return
    close_guard(session.connection())
    for row in [*session.new, *session.dirty]:
        if is_recorded(type(row).__table__):
            values = _written(row, is_new=row in session.new)
            if values:
                version, before = getattr(row, "version", 1), _before(row, values)
                change.drafts.append(Draft(type(row).__tablename__, row.id, version, values, _scope(row), before))


def _scope(row: Base) -> int | None:
    """Return the partnership that a row belongs to, or is."""
    found: int | None = getattr(row, "id" if type(row).__tablename__ == "partnership" else "partnership_id", None)
    return found


def _written(row: Base, *, is_new: bool) -> dict[str, Plain]:
    """Return the columns that a flush wrote for a row: all of a new one, the changed ones of another."""
    state = inspect(row)
    values = {}
    for column in covered_columns(type(row).__table__):  # type: ignore[arg-type]  # every mapped class has a Table
        key = state.mapper.get_property_by_column(column).key
        if is_new or state.attrs[key].history.has_changes():
            values[column.name] = as_recorded(column, getattr(row, key))
    if values and not is_new and "version" in state.mapper.columns:
        values["version"] = row.version  # type: ignore[attr-defined]  # just seen among the columns
    return values


def _before(row: Base, values: dict[str, Plain]) -> dict[str, Plain]:
    """Return what the written columns of a row held before, nothing for a new one."""
    state = inspect(row)
    held = {}
    for column in covered_columns(type(row).__table__):  # type: ignore[arg-type]  # every mapped class has a Table
        deleted = state.attrs[state.mapper.get_property_by_column(column).key].history.deleted
        if deleted and column.name in values:
            held[column.name] = as_recorded(column, deleted[0])
    return held


@event.listens_for(db.session, "before_commit")
def _seal_at_commit(session: Session) -> None:
    """Seal what was recorded, at the end of the outermost transaction."""
    if not session.in_nested_transaction():
        seal_recorded(session)


def seal_recorded(session: Session) -> None:
    """Seal what was recorded so far. The commit does it by itself; the example does it at each of its past instants.

    Raises RuntimeError inside a change, after one that failed half way, and at a savepoint: undoing that would take the
    entries of what came before it along.
    """
    ledger = ledger_of(session)
    if ledger.open is not None:
        raise RuntimeError("A change cannot be kept half way: its block has to end first.")
    if ledger.is_broken:
        raise RuntimeError("A change failed half way, so this transaction can only be rolled back.")
    if session.in_nested_transaction():
        raise RuntimeError("History cannot be sealed at a savepoint.")
    session.flush()
    acts = [act for change in ledger.done for act in change.acts()]
    ledger.done.clear()
    if acts:
        open_guard(session.connection())
        seal(session, acts)
        close_guard(session.connection())


@event.listens_for(db.session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    """Remember at a savepoint how much was recorded before it."""
    if transaction.nested:
        ledger_of(session).mark(transaction)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    """Forget what came after a savepoint that was undone.

    A flush that fails ends a transaction of its own here, which undoes nothing: its savepoint or the whole follows.
    """
    ledger = ledger_of(session)
    if undone in ledger.marks:
        ledger.return_to(undone)


@event.listens_for(db.session, "after_transaction_end")
def _end(session: Session, transaction: SessionTransaction) -> None:
    """Forget everything at the end of the whole: by commit, rollback or `close`."""
    if transaction.parent is None:
        ledger_of(session).clear()
