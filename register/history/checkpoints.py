"""Checkpoints: signed words about how long the history was and what it held, kept outside the database.

Each is appended to one file in a folder of its own. Whoever holds a copy can show later that nothing before it was
cut off or rewritten, whatever became of the database. The key lies outside too.
"""

import json
import re
from collections.abc import Sequence

from sqlalchemy import select

from register.clock import now
from register.database import db
from register.history.checkpoint_store import Store, keep_key, signing_key, store_of
from register.history.envelope import plain
from register.history.lookups import head
from register.history.merkle import Frontier
from register.history.models import HistoryEntry
from register.history.notes import Checkpoint, NoteError, PublicKey, SigningKey
from register.history.posting import post
from register.refusals import Refusal
from register.settings import Settings

BATCH = 5000
HASH = re.compile("[0-9a-f]{64}")
ALTERED = "The history is not the one that the last checkpoint signed. Ask: register history verify"


def make_checkpoint(settings: Settings, why: str, *more: str, is_fresh: bool = False) -> Checkpoint:
    """Sign how long the history is now, and keep that outside the database.

    Where nothing was added since, the last one is returned again, unless it has to be a fresh one.

    Raises Refusal when the history no longer agrees with the last checkpoint, or when the key is missing.
    """
    store = store_of(settings)
    with store.locked():
        last, keys = _last_of(store), [signing_key(store)]
        tree = _tree_now(store, last)
        if last and last.size == tree.size and not more and not is_fresh:
            return last
        return _sign(settings, tree, keys, why, more)


def begin_again(settings: Settings, why: str, *more: str) -> Checkpoint:
    """Sign the history as it is after a restore, whatever the last checkpoint said; its note has to say of what."""
    store = store_of(settings)
    with store.locked():
        tree = Frontier()
        grow(tree, _size_now())
        return _sign(settings, tree, [signing_key(store)], why, more)


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
        _sign(settings, tree, [new, *([old] if old else [])], "a new key", (f"key {new.public.written()}",))
        keep_key(store, new)
        return new.public, old is not None


def _sign(settings: Settings, tree: Frontier, keys: Sequence[SigningKey], why: str, more: Sequence[str]) -> Checkpoint:
    lines = (f"at {plain(now())}", f"why {why}", *more)
    made = Checkpoint(keys[0].name, tree.size, tree.root(), lines)
    note = made.signed(keys)
    store_of(settings).append(note, tree)
    post(settings, note)
    return made


def agrees(checkpoint: Checkpoint) -> bool:
    """Say whether the history still begins with what a checkpoint signed."""
    tree = Frontier()
    try:
        grow(tree, checkpoint.size)
    except Refusal:
        return False
    return tree.root() == checkpoint.root


def _last_of(store: Store) -> Checkpoint | None:
    try:
        return store.last()
    except NoteError as error:
        raise Refusal(f"{store.notes_file} is damaged.") from error


def _tree_now(store: Store, last: Checkpoint | None) -> Frontier:
    """Return the tree over the history as it is now, grown from the last checkpoint."""
    tree = _kept_tree(store)
    if last is None:
        tree = Frontier()
    elif (tree.size, tree.root()) != (last.size, last.root):
        tree = Frontier()
        grow(tree, last.size)
        if (tree.size, tree.root()) != (last.size, last.root):
            raise Refusal(ALTERED)
    size = _size_now()
    if size < tree.size:
        raise Refusal(ALTERED)
    grow(tree, size)
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


def grow(tree: Frontier, size: int) -> None:
    """Add the entries up to a size, a batch at a time. Raises Refusal when one of them is missing or has no hash."""
    while tree.size < size:
        asked = select(HistoryEntry.entry_hash).where(
            HistoryEntry.sequence > tree.size,
            HistoryEntry.sequence <= min(size, tree.size + BATCH),
        )
        found = db.session.scalars(asked.order_by(HistoryEntry.sequence)).all()
        if len(found) != min(BATCH, size - tree.size) or not all(map(HASH.fullmatch, found)):
            raise Refusal(ALTERED)
        tree.add(found)
