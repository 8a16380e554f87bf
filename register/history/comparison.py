"""What others hold, held against the history: checkpoints that were saved elsewhere, and receipts that stand on paper.

A checkpoint agrees when a key of this register signed it and the history still begins with what it signed. The keys are
the first one and those that a checkpoint of the register's own file, signed by an earlier key, leads to.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from register.history.checkpoint_store import Store
from register.history.checkpoints import grow
from register.history.lookups import head
from register.history.merkle import Frontier
from register.history.notes import Checkpoint, Note, NoteError, PublicKey, checkpoint_in, notes_in
from register.history.receipts import FEWEST_DIGITS, note_with
from register.refusals import Refusal

AGREES, REWRITTEN, CUT_OFF, STRANGE, ENDED, UNREADABLE, UNKNOWN = (
    "agrees", "rewritten", "cut-off", "strange", "ended", "unreadable", "unknown",
)  # fmt: skip
WORDS = {
    AGREES: "agrees with the history",
    REWRITTEN: "does not agree: what came before it was altered and sealed anew",
    CUT_OFF: "counts more entries than there are: the end of the history was cut off",
    STRANGE: "is not signed by a key of this register",
    ENDED: "was signed before the register was restored from a backup, and counts entries that the backup did not have",
    UNREADABLE: "is no checkpoint that can be read",
    UNKNOWN: "names no checkpoint that this register keeps: it was taken away, or the digits are mistyped",
}
GOOD = frozenset({AGREES, ENDED})
"""Outcomes that say nothing against the history."""
DIGITS = re.compile(r"(?:[0-9a-f]{4}[ \u00a0]?){2,16}")

class Compared(NamedTuple):
    """One checkpoint, and what came of it."""

    size: int
    at: str
    """When it was signed, as it says itself."""
    outcome: str

    @property
    def is_good(self) -> bool:
        """Whether it says nothing against the history."""
        return self.outcome in GOOD


def compare(store: Store, document: str) -> list[Compared]:
    """Hold the checkpoints and receipts of a document against the history; by size."""
    keys, restores = _keys_and_restores(store)
    whole = document.replace("\r\n", "\n").strip()
    brought = [*notes_in(whole)]
    receipts = dict(_receipts(store, whole, brought))
    found = [Compared(0, line, UNKNOWN) for line, note in receipts.items() if note is None]
    known: list[Checkpoint] = []
    for note in [*dict.fromkeys([*brought, *filter(None, receipts.values())])]:
        try:
            checkpoint = checkpoint_in(note)
            is_signed = any(note.is_signed_by(key) for key in keys)
        except NoteError:
            found.append(Compared(0, note.text[:40].strip(), UNREADABLE))
            continue
        at = checkpoint.said("at") or ""
        if not is_signed:
            found.append(Compared(checkpoint.size, at, STRANGE))
        elif any(at < restored_at and checkpoint.size > size for restored_at, size in restores):
            found.append(Compared(checkpoint.size, at, ENDED))
        else:
            known.append(checkpoint)
    if whole and not found and not known:
        found.append(Compared(0, whole[:40], UNREADABLE))
    return sorted([*found, *_held_against(known)])


def _keys_and_restores(store: Store) -> tuple[list[PublicKey], list[tuple[str, int]]]:
    """Return the register's keys, and when it was restored to how many entries."""
    line = store.public_key()
    keys, restores = [PublicKey.read(line)] if line else [], list[tuple[str, int]]()
    for note in notes_in(store.notes()):
        more = checkpoint_in(note)
        new, restored = more.said("key"), more.said("restored")
        if (new or restored) and any(note.is_signed_by(key) for key in keys):
            keys += [PublicKey.read(new)] if new else []
            restores += [(more.said("at") or "", int(restored))] if restored else []
    return keys, restores


def _receipts(store: Store, document: str, notes: Iterable[Note]) -> Iterator[tuple[str, Note | None]]:
    """Yield the receipts that stand outside notes, each with the note of the register's own file that it names."""
    inside = {line for note in notes for line in note.text.splitlines()}
    for line in dict.fromkeys(document.splitlines()):
        digits = line.rpartition("·")[2].strip().lower()
        if line not in inside and DIGITS.fullmatch(digits) and len("".join(digits.split())) >= FEWEST_DIGITS:
            yield line.strip()[:80], note_with(store, digits)


def _held_against(known: list[Checkpoint]) -> Iterator[Compared]:
    """Compare roots, the tree growing from one size to the next."""
    tree, last = Frontier(), head()
    for one in sorted(known, key=lambda checkpoint: checkpoint.size):
        try:
            grow(tree, one.size)
        except Refusal:
            outcome = CUT_OFF if one.size > (last.size if last else 0) else REWRITTEN
        else:
            outcome = AGREES if tree.root() == one.root else REWRITTEN
        yield Compared(one.size, one.said("at") or "", outcome)
