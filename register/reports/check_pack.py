"""Checks an evidence pack of a partnership register. Run it in the folder of the unpacked pack, with Python 3.11.

    python check_pack.py [CHECKPOINTS]

CHECKPOINTS is a file of receipts that you saved earlier; without one, the checkpoint in the pack is believed.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

PREFIX = b"partnership-register history 1\n"


def main(folder: Path, receipts: Path) -> list[str]:
    """Return what is wrong, in sentences."""
    return [*checksums(folder), *entries(folder, receipts.read_text(encoding="utf-8"))]


def checksums(folder: Path) -> list[str]:
    """Compare each file with the list of checksums."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {name: (folder / name).read_bytes() if (folder / name).is_file() else b"" for name in listed}
    return [
        f"{name} is not what it was." for name, digest in listed.items()
        if hashlib.sha256(found[name]).hexdigest() != digest
    ]


def entries(folder: Path, receipts: str) -> list[str]:
    """Check each entry: its hash, the values behind its commitments, and its way up to the checkpoint's root."""
    problems, known = [], roots(receipts)
    for text in (folder / "entries.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(text)
        envelope = json.loads(one["envelope"])
        digest = hashlib.sha256(PREFIX + one["previous"].encode() + b"\n" + one["envelope"].encode()).hexdigest()
        if digest != one["entry_hash"]:
            problems.append(f"Entry {envelope['sequence']}: its envelope was altered.")
        for name, (salt, value) in one["values"].items():
            written = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
            if hashlib.sha256(bytes.fromhex(salt) + written).hexdigest() != envelope["fields"].get(name):
                problems.append(f"Entry {envelope['sequence']}: {name} is not the value that was recorded.")
        if one["path"] is not None and rooted(digest, one["path"]) not in known:
            problems.append(f"Entry {envelope['sequence']} does not stand under a checkpoint.")
    return problems


def rooted(digest: str, path: list[list[str]]) -> bytes:
    """Return the root that an entry's way leads to (RFC 6962)."""
    found = hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()
    for side, other in path:
        pair = bytes.fromhex(other) + found if side == "left" else found + bytes.fromhex(other)
        found = hashlib.sha256(b"\x01" + pair).digest()
    return found


def roots(receipts: str) -> set[bytes]:
    """Return the roots that some checkpoints sign: the third line of each note, in base64 (C2SP tlog-checkpoint)."""
    found = set()
    for line in receipts.splitlines():
        try:
            found.add(base64.b64decode(line, validate=True))
        except ValueError:
            continue
    return found


if __name__ == "__main__":
    here = Path(__file__).parent
    wrong = main(here, Path(sys.argv[1]) if len(sys.argv) > 1 else here / "checkpoint.txt")
    for problem in wrong:
        print(problem)
    print(f"{len(wrong)} problems." if wrong else "The pack is whole.")
    sys.exit(1 if wrong else 0)
