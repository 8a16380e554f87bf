"""Signed notes: a few lines of plain text, and below them who vouches for them (C2SP signed-note, Ed25519).

A checkpoint is such a note: its first line names the register, the second how many entries its history has, the third
the root over them in base64; lines after that say when and why.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
SIGNED_BY = "— "
"""How a line of signature begins."""
KEY_ID_LENGTH = 4
"""Bytes."""


class NoteError(ValueError):
    """A text is no note, no key, or not signed by whom it should be."""


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NoteError("This is not base64.") from error


class PublicKey(NamedTuple):
    """Who may vouch: a name and an Ed25519 key."""

    name: str
    raw: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell this key from others of the same name."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:KEY_ID_LENGTH]

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the key that a line holds. Raises NoteError for what is none."""
        name, _, rest = line.strip().partition("+")
        raw = _decoded(rest.partition("+")[2])
        if raw[:1] != ED25519 or len(raw) != len(ED25519) + 32:
            raise NoteError("This is no Ed25519 key.")
        return cls(name, raw[1:])

    def written(self) -> str:
        """Return the key as one line: name+id+base64."""
        return f"{self.name}+{self.key_id.hex()}+{_encoded(ED25519 + self.raw)}"

    def vouches(self, signature: bytes, text: str) -> bool:
        """Say whether a signature of this key fits a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey(NamedTuple):
    """The secret half. Written as one line, it starts with PRIVATE+KEY."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> Self:
        """Return a key drawn at random."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the key that a line holds."""
        parts = line.strip().split("+", 4)
        if len(parts) != len(("PRIVATE", "KEY", "name", "id", "seed")) or parts[:2] != ["PRIVATE", "KEY"]:
            raise NoteError("This is no signing key.")
        raw = _decoded(parts[4])
        if raw[:1] != ED25519 or len(raw) != len(ED25519) + 32:
            raise NoteError("This is no Ed25519 key.")
        return cls(parts[2], raw[1:])

    @property
    def public(self) -> PublicKey:
        """The half that everybody may know."""
        return PublicKey(self.name, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def written(self) -> str:
        """Return the key as one line."""
        return f"PRIVATE+KEY+{self.name}+{self.public.key_id.hex()}+{_encoded(ED25519 + self.seed)}"

    def line_under(self, text: str) -> str:
        """Return this key's line of signature for a text."""
        return f"{SIGNED_BY}{self.name} {_encoded(self.public.key_id + self._private.sign(text.encode()))}\n"


class Note(NamedTuple):
    """A text and the lines of signature below it, as they are kept in a file."""

    text: str
    signatures: tuple[str, ...]

    def written(self) -> str:
        """Return the note as it is kept and handed out."""
        return f"{self.text}\n{''.join(line + chr(10) for line in self.signatures)}"

    def is_signed_by(self, key: PublicKey) -> bool:
        """Say whether one of the signatures is this key's and fits."""
        begin = f"{SIGNED_BY}{key.name} "
        for line in self.signatures:
            signed = _decoded(line.removeprefix(begin)) if line.startswith(begin) else b""
            if signed[:KEY_ID_LENGTH] == key.key_id and key.vouches(signed[KEY_ID_LENGTH:], self.text):
                return True
        return False


class Checkpoint(NamedTuple):
    """What a note says of the history."""

    origin: str
    size: int
    root: bytes
    more: tuple[str, ...] = ()
    """`word value` lines: when, why, and what a restore or a change of key has to say."""

    def said(self, word: str) -> str | None:
        """Return what the line of a word says, None where there is none."""
        return next((line.partition(" ")[2] for line in self.more if line.startswith(word + " ")), None)

    def signed(self, keys: Iterable[SigningKey]) -> Note:
        """Return the checkpoint as a note, signed by each of the keys."""
        text = "".join(f"{line}\n" for line in (self.origin, str(self.size), _encoded(self.root), *self.more))
        return Note(text, tuple(key.line_under(text).rstrip("\n") for key in keys))


def checkpoint_in(note: Note) -> Checkpoint:
    """Return what a note says. Raises NoteError when it is no checkpoint."""
    lines = note.text.splitlines()
    if len(lines) < len(("origin", "size", "root")) or not lines[1].isascii() or not lines[1].isdigit():
        raise NoteError("This note is no checkpoint.")
    return Checkpoint(lines[0], int(lines[1]), _decoded(lines[2]), tuple(lines[3:]))


def notes_in(document: str) -> Iterator[Note]:
    """Yield the notes of a file, oldest first; an empty line stands between two of them."""
    blocks = [block for block in document.split("\n\n") if block.strip()]
    for text, below in zip(blocks[::2], blocks[1::2], strict=False):
        yield Note(text.strip("\n") + "\n", tuple(line for line in below.splitlines() if line.startswith(SIGNED_BY)))
