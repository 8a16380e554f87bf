"""What a session has noted and not sealed yet: the changes since the transaction began, and where savepoints stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session, SessionTransaction

from register.history.sealing import SEALED, Act, Draft, Sealable


@dataclass(eq=False)
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

    def acts(self) -> list[Act]:
        """Return the one act that this is, the subject's own rows first; nothing where no row changed."""
        in_order = sorted(self.drafts, key=lambda draft: draft.entity != self.subject)
        parts = [draft.part(self.reason) for draft in in_order]
        return [Act(self.actor, self.action, self.scope_id, parts)] if parts else []


@dataclass(frozen=True)
class Mark:
    """How much had been noted when a savepoint began."""

    done: int
    change: Change | None
    drafts: int
    is_broken: bool


@dataclass
class Ledger:
    """The notes of one session."""

    session: Session
    open: Change | None = None
    done: list[Sealable] = field(default_factory=list)
    is_broken: bool = False
    marks: dict[SessionTransaction, Mark] = field(default_factory=dict)

    @contextmanager
    def whole_or_broken(self, change: Change) -> Iterator[None]:
        """Flush at the end of the block; where it fails after it changed something, only a rollback makes good.

        Rows may have been flushed without their entry, or stand half changed in the session. From then on questions
        flush nothing, so that a page can still say what was refused.
        """
        noted = len(change.drafts)
        try:
            yield
            self.session.flush()
        except BaseException:
            self._set_broken(is_broken=self.is_broken or len(change.drafts) > noted or self._has_unwritten())
            raise

    @contextmanager
    def whole_or_spoilt(self) -> Iterator[None]:
        """Where a block fails after it wrote rows of its own accord, only a rollback makes good."""
        noted, sealed = len(self.done), self.session.info.get(SEALED)
        try:
            yield
        except BaseException:
            if len(self.done) > noted or self.session.info.get(SEALED) != sealed:
                self.spoil()
            raise

    def spoil(self) -> None:
        """Let only a rollback make good: rows may have been written without their entry."""
        self._set_broken(is_broken=True)

    def _has_unwritten(self) -> bool:
        session = self.session
        return bool(session.new or session.deleted or any(session.is_modified(row) for row in session.dirty))

    def _set_broken(self, *, is_broken: bool) -> None:
        self.is_broken = is_broken
        self.session.autoflush = not is_broken

    def mark(self, savepoint: SessionTransaction) -> None:
        """Remember what had been noted before a savepoint."""
        drafts = len(self.open.drafts) if self.open else 0
        self.marks[savepoint] = Mark(len(self.done), self.open, drafts, self.is_broken)

    def return_to(self, savepoint: SessionTransaction) -> None:
        """Forget what was noted since a savepoint that was undone."""
        mark = self.marks.pop(savepoint)
        del self.done[mark.done :]
        if self.open is not None and self.open is not mark.change:
            self.open.drafts.clear()
        if mark.change is not None:
            del mark.change.drafts[mark.drafts :]
            if mark.change is not self.open:
                self.done.append(mark.change)
        self._set_broken(is_broken=mark.is_broken)

    def clear(self) -> None:
        """Forget everything: the transaction ended. A block that goes on notes anew."""
        self.done.clear()
        self.marks.clear()
        if self.open is not None:
            self.open.drafts.clear()
        self._set_broken(is_broken=False)


def ledger_of(session: Session) -> Ledger:
    """Return the notes of a session, which begin with its first use."""
    found: Ledger | None = session.info.get("ledger")
    if found is None:
        found = session.info["ledger"] = Ledger(session)
    return found
