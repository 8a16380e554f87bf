"""How a change gets into the history: a block names who, what and why, and the commit seals it.

Example: `with recorded(actor, "organisation:added"): db.session.add(organisation)`.

Inside the block each flush notes which columns of which rows changed. Just before the commit the notes become entries:
the head row is locked last, so that writers wait for one another only for the moment of sealing. Writes outside a block
are refused by `guard`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from register.database import Base, db
from register.history.coverage import as_recorded, covered_columns, is_recorded
from register.history.envelope import Plain
from register.history.guard import close_guard, open_guard
from register.history.sealing import Draft, seal


@dataclass
class Change:
    """One act of one person: who, what, why, and the rows it touched so far."""

    actor: str
    action: str
    reason: str | None
    drafts: list[Draft] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The table that the act is about, named before the colon of the action."""
        return self.action.partition(":")[0]

    @property
    def scope_id(self) -> int | None:
        """The partnership whose story the act belongs to: that of the first row which has one."""
        return next((draft.scope_id for draft in self.drafts if draft.scope_id is not None), None)

    def in_order(self) -> list[Draft]:
        """Return the drafts with the subject's own rows first: the first entry stands for the whole act."""
        return sorted(self.drafts, key=lambda draft: draft.entity != self.subject)


@contextmanager
def recorded(actor: str, action: str, reason: str | None = None) -> Iterator[None]:
    """Record every row that changes inside the block as one act of `actor`.

    `actor` is "person:3" or "register"; `action` is `table:verb in the past`, such as "interaction:corrected". A block
    inside another joins the outer one. Flushes at the end, never commits.
    """
    session = db.session()
    if "change" in session.info:
        yield
        session.flush()
        return
    session.flush()
    change = Change(actor, action, reason)
    session.info["change"] = change
    try:
        yield
        session.flush()
    except BaseException:
        # Rows may have been flushed without their entry: nothing of this transaction may be kept.
        session.info["broken"] = bool(change.drafts)
        raise
    finally:
        session.info.pop("change", None)
    session.info.setdefault("changes", []).append(change)


@event.listens_for(db.session, "before_flush")
def _open(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Let the flush of a recorded change through the guard; rows of the history are never deleted."""
    for row in session.deleted:
        if is_recorded(type(row).__table__):
            message = f"A row of {type(row).__tablename__} cannot be deleted: end it or supersede it."
            raise TypeError(message)
    if "change" in session.info:
        open_guard(session.connection())


@event.listens_for(db.session, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    """Note what the flush wrote, while the session still knows what each attribute was before."""
    change: Change | None = session.info.get("change")
    if change is None:
        return
    close_guard(session.connection())
    for row in [*session.new, *session.dirty]:
        if is_recorded(type(row).__table__):
            values = _written(row, is_new=row in session.new)
            if values:
                change.drafts.append(
                    Draft(type(row).__tablename__, row.id, getattr(row, "version", 1), values, _scope(row))
                )


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


@event.listens_for(db.session, "before_commit")
def _seal_at_commit(session: Session) -> None:
    """Seal what was recorded, at the end of the outermost transaction."""
    if session.in_nested_transaction():
        return
    if session.info.get("broken"):
        message = "A change failed half way, so this transaction can only be rolled back."
        raise RuntimeError(message)
    seal_recorded(session)


def seal_recorded(session: Session) -> None:
    """Seal what was recorded so far. The commit does it by itself; the example does it at each of its past instants."""
    session.flush()
    changes: list[Change] = session.info.pop("changes", [])
    if any(change.drafts for change in changes):
        open_guard(session.connection())
        seal(session, changes)
        close_guard(session.connection())


@event.listens_for(db.session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    """Remember at a savepoint how much was recorded before it."""
    if transaction.nested:
        session.info.setdefault("marks", {})[transaction] = len(session.info.get("changes", []))


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    """Forget what a rollback undid: all of it, or what came after the savepoint."""
    session.info.pop("broken", None)
    kept = session.info.get("marks", {}).pop(undone, 0)
    del session.info.get("changes", [])[kept:]


@event.listens_for(db.session, "after_transaction_end")
def _unmark(session: Session, transaction: SessionTransaction) -> None:
    session.info.get("marks", {}).pop(transaction, None)
