"""An evidence pack as a file: pages, tables, entries with their proofs, checksums, and the programs that check it."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from register.exchange.formats.csv_files import write_table
from register.exchange.formats.zips import Zip
from register.exchange.reading.formulas import neutral
from register.history import verifier
from register.reports import check_pack
from register.reports.pack_lookups import Table

SUMS = "SHA256SUMS"
READ_ME = """Evidence from a partnership register.

story.html         what happened, in sentences, oldest first; open it in a browser
*.csv              the records in tables; a text that a spreadsheet would compute has an apostrophe in front
entries.jsonl      the entries of the history behind the story: each as it was sealed, with its values and its proof
checkpoint.txt     the newest checkpoint, signed; key.txt the public key
SHA256SUMS         a checksum for each file: sha256sum --check SHA256SUMS
check_pack.py      checks everything above: python check_pack.py [RECEIPTS YOU SAVED EARLIER]
verifier.py        checks a whole export of the register, and the signatures of checkpoints

An entry that came after the checkpoint has no proof yet. What the pack does not prove: that what was written is true,
that everything was entered, and that nothing is left out of this pack which belongs to another partnership's story.
"""


class Pack:
    """A pack that is being put together, each file with its checksum."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = Zip(target)
        self._sums: list[str] = []

    def add(self, name: str, content: bytes) -> None:
        """Put a file into the pack."""
        with self._zip.member(name) as member:
            member.write(content)
        self._sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")

    def close(self) -> str:
        """Add the list of checksums, and return its own."""
        sums = "\n".join([*self._sums, ""]).encode()
        with self._zip.member(SUMS) as member:
            member.write(sums)
        self._zip.__exit__(None, None, None)
        return hashlib.sha256(sums).hexdigest()


def write_pack(
    target: IO[bytes], story: str, tables: Iterable[Table], entries: Iterable[Mapping[str, Any]], note: str, key: str,
) -> str:
    """Write a pack and return the checksum of its checksums, by which the history names it."""
    pack = Pack(target)
    pack.add("README.txt", READ_ME.encode())
    pack.add("story.html", story.encode())
    for table in tables:
        pack.add(table.name, _csv(table.titles, table.rows))
    pack.add("entries.jsonl", b"".join(json.dumps(line).encode() + b"\n" for line in entries))
    pack.add("checkpoint.txt", note.encode())
    pack.add("key.txt", f"{key}\n".encode())
    for program in (check_pack, verifier):
        path = Path(str(program.__file__))
        pack.add(path.name, path.read_bytes())
    return pack.close()


def _csv(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    held = io.BytesIO()
    write_table(held, titles, ([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows))
    return held.getvalue()
