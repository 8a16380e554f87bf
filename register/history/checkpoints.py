"""Checkpoints: signed words about how long the history was and what it held, kept outside the database.

Each is appended to one file in a folder of its own. Whoever holds a copy can show later that nothing before it was
cut off or rewritten, whatever became of the database. The key lies outside too.
"""

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from register.clock import now
from register.database import db
from register.history.envelope import plain
from register.history.lookups import head
from register.history.merkle import Frontier
from register.history.models import HistoryEntry
from register.history.notes import Checkpoint, Note, NoteError, PublicKey, SigningKey, checkpoint_in, notes_in
from register.refusals import Refusal
from register.settings import Settings

BATCH = 5000
ALTERED = "The history is not the one that the last checkpoint signed. Ask: register history verify"


@dataclass(frozen=True)
class Store:
    """Where checkpoints are kept, and the key that signs them."""

    folder: Path
    key_file: Path

    @property
    def notes_file(self) -> Path:
        """The file of all checkpoints, oldest first."""
        return self.folder / "checkpoints.txt"

    @property
    def public_key_file(self) -> Path:
        """The first public key, from which the notes themselves lead to later ones."""
        return self.folder / "key.txt"

    @property
    def tree_file(self) -> Path:
        """The right edge of the tree at the last checkpoint: a cache, made anew from the history when it is lost."""
        return self.folder / "tree.json"

    def notes(self) -> str:
        """Return every checkpoint as it is kept; empty before the first."""
        return self.notes_file.read_text(encoding="utf-8") if self.notes_file.exists() else ""

    def last_note(self) -> Note | None:
        """Return the newest checkpoint as it was signed."""
        return next(reversed(list(notes_in(self.notes()))), None)

    def last(self) -> Checkpoint | None:
        """Return what the newest checkpoint says."""
        note = self.last_note()
        return checkpoint_in(note) if note else None

    def public_key(self) -> str:
        """Return the first public key as one line; empty before the first checkpoint."""
        return self.public_key_file.read_text(encoding="utf-8").strip() if self.public_key_file.exists() else ""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time add to the file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def append(self, note: Note, tree: Frontier) -> None:
        """Add a checkpoint to the end of the file, on the disk before this returns."""
        with self.notes_file.open("a", encoding="utf-8") as handle:
            handle.write(note.written() + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        written = json.dumps({"size": tree.size, "peaks": [peak.hex() for peak in tree.peaks]})
        beside = self.tree_file.with_suffix(".new")
        beside.write_text(written, encoding="utf-8")
        beside.replace(self.tree_file)


def store_of(settings: Settings) -> Store:
    """Return where a register keeps its checkpoints."""
    return Store(settings.checkpoint_folder, settings.key_folder / "checkpoint.key")


def make_checkpoint(settings: Settings, why: str, *more: str) -> Checkpoint:
    """Sign how long the history is now, and keep that outside the database; the last one again where nothing was added.

    Raises Refusal when the history no longer agrees with the last checkpoint, or when the key is missing.
    """
    store = store_of(settings)
    with store.locked():
        last, keys = _last_of(store), [_signing_key(store)]
        tree = _tree_now(store, last)
        if last and last.size == tree.size and not more:
            return last
        return _sign(store, tree, keys, why, more)


def begin_again(settings: Settings, why: str, *more: str) -> Checkpoint:
    """Sign the history as it is after a restore, whatever the last checkpoint said; its note has to say of what."""
    store = store_of(settings)
    with store.locked():
        tree = Frontier()
        _grow(tree, _size_now())
        return _sign(store, tree, [_signing_key(store)], why, more)


def change_key(settings: Settings) -> tuple[PublicKey, bool]:
    """Sign with a new key from now on; return it, and whether the old one could vouch for it.

    The note that says so is signed by both, unless the old one is lost, which every verification will mention.
    """
    store = store_of(settings)
    with store.locked():
        old = SigningKey.read(store.key_file.read_text(encoding="utf-8")) if store.key_file.exists() else None
        last = _last_of(store)
        if last is None:
            raise Refusal("There is no key yet: the first checkpoint makes it.")
        tree = _tree_now(store, last)
        new = SigningKey.new(last.origin)
        _sign(store, tree, [new, *([old] if old else [])], "a new key", (f"key {new.public.written()}",))
        _keep_key(store, new)
        return new.public, old is not None


def _sign(store: Store, tree: Frontier, keys: Sequence[SigningKey], why: str, more: Sequence[str]) -> Checkpoint:
    lines = (f"at {plain(now())}", f"why {why}", *more)
    made = Checkpoint(keys[0].name, tree.size, tree.root(), lines)
    store.append(made.signed(keys), tree)
    return made


def _last_of(store: Store) -> Checkpoint | None:
    try:
        return store.last()
    except NoteError as error:
        raise Refusal(f"{store.notes_file} is damaged.") from error


def _signing_key(store: Store) -> SigningKey:
    """Return the key; the first checkpoint makes it."""
    if not store.key_file.exists():
        if store.notes_file.exists():
            raise Refusal(f"{store.key_file} is missing. Put it back, or change the key: register history change-key")
        made = SigningKey.new(f"partnership-register/{secrets.token_hex(4)}")
        _keep_key(store, made)
        store.public_key_file.write_text(made.public.written() + "\n", encoding="utf-8")
    try:
        return SigningKey.read(store.key_file.read_text(encoding="utf-8"))
    except NoteError as error:
        raise Refusal(f"{store.key_file} holds no key that could sign.") from error


def _keep_key(store: Store, key: SigningKey) -> None:
    """Write a key so that nobody else can read it, and never half of one."""
    store.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = store.key_file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(key.written() + "\n")
    beside.replace(store.key_file)


def _tree_now(store: Store, last: Checkpoint | None) -> Frontier:
    """Return the tree over the history as it is now, grown from the last checkpoint."""
    tree = _kept_tree(store)
    if last is None:
        tree = Frontier()
    elif (tree.size, tree.root()) != (last.size, last.root):
        tree = Frontier()
        _grow(tree, last.size)
        if (tree.size, tree.root()) != (last.size, last.root):
            raise Refusal(ALTERED)
    size = _size_now()
    if size < tree.size:
        raise Refusal(ALTERED)
    _grow(tree, size)
    return tree


def _kept_tree(store: Store) -> Frontier:
    try:
        found = json.loads(store.tree_file.read_text(encoding="utf-8"))
        return Frontier(int(found["size"]), [bytes.fromhex(peak) for peak in found["peaks"]])
    except (OSError, KeyError, TypeError, ValueError):
        return Frontier()


def _size_now() -> int:
    last = head()
    return last.size if last else 0


def _grow(tree: Frontier, size: int) -> None:
    """Add the entries up to a size, a batch at a time. Raises Refusal when one of them is missing or has no hash."""
    while tree.size < size:
        asked = select(HistoryEntry.entry_hash).where(
            HistoryEntry.sequence > tree.size,
            HistoryEntry.sequence <= min(size, tree.size + BATCH),
        )
        found = db.session.scalars(asked.order_by(HistoryEntry.sequence)).all()
        if len(found) != min(BATCH, size - tree.size) or not all(re.fullmatch("[0-9a-f]{64}", one) for one in found):
            raise Refusal(ALTERED)
        tree.add(found)
