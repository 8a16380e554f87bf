"""Where checkpoints and their key are kept: files outside the database, each in a folder of its own."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from register.history.merkle import Frontier
from register.history.notes import Checkpoint, Note, NoteError, SigningKey, checkpoint_in, notes_in
from register.refusals import Refusal
from register.settings import Settings


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


def signing_key(store: Store) -> SigningKey:
    """Return the key; the first checkpoint makes it."""
    if not store.key_file.exists():
        if store.notes_file.exists():
            raise Refusal(f"{store.key_file} is missing. Put it back, or change the key: register history change-key")
        made = SigningKey.new(f"partnership-register/{secrets.token_hex(4)}")
        keep_key(store, made)
        store.public_key_file.write_text(made.public.written() + "\n", encoding="utf-8")
    try:
        return SigningKey.read(store.key_file.read_text(encoding="utf-8"))
    except NoteError as error:
        raise Refusal(f"{store.key_file} holds no key that could sign.") from error


def keep_key(store: Store, key: SigningKey) -> None:
    """Write a key so that nobody else can read it, and never half of one."""
    store.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = store.key_file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(key.written() + "\n")
    beside.replace(store.key_file)
