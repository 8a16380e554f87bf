"""The history as a file that anybody can verify: entries, live values, checkpoints, the key, and the verifier."""

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from register.database import db
from register.history import verifier
from register.history.checkpoint_store import Store
from register.history.coverage import covered_columns, recorded_tables
from register.history.envelope import Plain
from register.history.live import instant, live_rows, streamed
from register.history.models import HistoryEntry, HistoryHead, HistoryValue
from register.history.sealing import ENTRY, VALUE

READ_ME = """The history of a partnership register, to be verified on any computer with Python 3.11 or later:

    python verifier.py FILE.zip

Add --checkpoints RECEIPT for each receipt that you saved earlier, and --key KEY.txt for the public key that you noted
when you first got it: then nothing in this file has to be taken on trust.

entries.jsonl      each entry: its envelope as it was hashed, its hash, the salts and values behind its commitments
rows.jsonl         every live value of the register
head.jsonl         the head of the chain
checkpoints.txt    signed notes: how many entries there were, and the Merkle root over them (RFC 6962)
key.txt            the first public key; notes of new keys lead to later ones
"""


def write_export(path: Path, store: Store) -> int:
    """Write the whole history into a ZIP file of one's own; return how many entries. The session should see one moment.

    Raises FileExistsError where there is such a file.
    """
    own = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(own, "w+b") as handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as file:
        count = _write_lines(file, "entries.jsonl", _entries())
        _write_lines(file, "rows.jsonl", _rows())
        _write_lines(file, "head.jsonl", iter([_head()]))
        file.writestr("checkpoints.txt", store.notes())
        file.writestr("key.txt", store.public_key() + "\n")
        file.writestr("verifier.py", Path(verifier.__file__).read_text(encoding="utf-8"))
        file.writestr("README.txt", READ_ME)
    return count


def _write_lines(file: zipfile.ZipFile, name: str, lines: Iterator[dict[str, Plain]]) -> int:
    count = 0
    with file.open(name, "w", force_zip64=True) as member:
        for line in lines:
            member.write(json.dumps(line, default=repr).encode() + b"\n")
            count += 1
    return count


def _entries() -> Iterator[dict[str, Plain]]:
    """Yield each entry with every column of its own, a batch at a time."""
    asked = (
        streamed(*ENTRY.c, VALUE.c["values"])
        .select_from(ENTRY.outerjoin(VALUE, VALUE.c.sequence == ENTRY.c.sequence))
        .order_by(ENTRY.c.sequence)
    )
    for row in db.session.execute(asked).mappings():
        yield {**row, "at": instant(row["at"])}


def _rows() -> Iterator[dict[str, Plain]]:
    for name, table in sorted(recorded_tables().items()):
        names = [column.name for column in covered_columns(table)]
        for row in live_rows(table):
            yield {"table": name, "id": row.id, "values": dict(zip(names, row.values, strict=True))}


def _head() -> dict[str, Plain]:
    heads = db.session.execute(select(HistoryHead.size, HistoryHead.entry_hash)).all()
    stray = select(HistoryValue.sequence).where(HistoryValue.sequence.not_in(select(HistoryEntry.sequence)))
    return {"head": [list(row) for row in heads], "strays": list(db.session.scalars(stray))}
