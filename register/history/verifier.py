"""Verify the history of a partnership register, with nothing but Python: python verifier.py FILE [options].

FILE is an export (`register history export`) or a copy of the SQLite database, which is opened read-only. Checked are:
numbers without a gap, the canonical form, links, commitments, erasures, checkpoints, and every live value against the
last one recorded. Not proved: that an officer wrote the truth, or entered everything, or what the newest entries say.
"""

import argparse
import base64
import hashlib
import json
import re
import sqlite3
import sys
import zipfile
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

PREFIX, FIRST, ERASED, NO_FIELDS = b"partnership-register history 1\n", "0" * 64, "@erased", ("@reason", "@erased")
UNRECORDED = {"sign_in", "sign_in_attempt", "submission", "api_submission", "access_entry", "node_position",
              "trust_state", "trust_record", "forecast_fit", "history_entry", "history_value", "history_head",
              "network_measures", "network_turn", "alembic_version"}
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode
P, L, TEXTS = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, ("envelope", "entry_hash", "values")
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Latest = dict[tuple[str, str], dict[str, Any]]
problems: list[str] = []
say = problems.append


class Register(NamedTuple):
    entries: list[tuple[Any, ...]]  # columns, and the three TEXTS
    strays: list[Any]  # numbers of values without an entry
    head: list[list[Any]]
    rows: list[tuple[str, Any, dict[str, Any]]]  # table, id, live values
    notes: str = ""
    key: str = ""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def plus(a: Point, b: Point) -> Point:  # RFC 8032, 5.1.4
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(data: bytes) -> Point:  # RFC 8032, 5.1.3
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError(data)
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point(bytes.fromhex("58" + "66" * 31))


def fits(key: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature fits: S*B - k*A must be R (RFC 8032, 5.1.7)."""
    (x, y, z, t), r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    table = (BASE, minus := (P - x, y, z, P - t), plus(BASE, minus))
    total: Point = (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        total = plus(total, total)
        if chosen := (s >> bit & 1) + 2 * (k >> bit & 1):
            total = plus(total, table[chosen - 1])
    return s < L and (total[0] - r[0] * total[2]) % P == 0 and (total[1] - r[1] * total[2]) % P == 0


def is_signed(text: str, lines: str, keys: list[str]) -> bool:
    found = [base64.b64decode(one) for one in re.findall(r"^\u2014 \S+ (\S+)$", lines, re.MULTILINE)]
    return any(data[:4].hex() == number and fits(base64.b64decode(raw)[1:], text.encode(), data[4:])
               for _, number, raw in (key.split("+", 2) for key in keys) for data in found)


def checkpoints(document: str, key: str, count: int) -> dict[int, list[tuple[bytes, str]]]:
    """Check signatures, new keys and restores; return by size what the history has to agree with."""
    kept: list[tuple[int, bytes, str]] = []
    keys = [key.strip()] if key.strip() else []
    found = set(re.findall("((?:[^\n]+\n)+)\n((?:\u2014 [^\n]+\n?)+)", document.replace("\r\n", "\n")))
    for text, lines in sorted(found, key=lambda note: str(re.findall("^at .*$", note[0], re.MULTILINE))):
        try:
            size, root, *more = text.splitlines()[1:]
            said = dict(line.split(" ", 1) for line in more)
            who, told = f"The checkpoint of {size} entries ({said.get('at', 'no time')})", base64.b64decode(root)
            if not is_signed(text, lines, keys):
                say(f"{who} is not signed by the register's key.")
                continue
            keys += [said["key"]] if "key" in said else []
            kept = [one for one in kept if "restored" not in said or one[0] <= int(said["restored"])]
            kept.append((int(size), told, who))
        except (ValueError, KeyError):
            say(f"A checkpoint cannot be read: {text[:80]!r}")
    ends = f"counts more entries than the {count} there are: the end was cut off."
    problems.extend(f"{who} {ends}" for size, _, who in kept if size > count)
    return {size: [(root, who) for other, root, who in kept if other == size] for size, _, _ in kept}


def as_dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def parsed(text: Any) -> dict[str, Any]:
    try:
        return as_dict(json.loads(text))
    except (TypeError, ValueError, RecursionError):
        return {}


def holds(pair: Any, committed: Any) -> bool:
    """Say whether [salt, value] is what was committed to: SHA-256(32-byte salt || canonical value)."""
    try:
        salt = bytes.fromhex(pair[0])
        return len(pair) == 2 and len(salt) == 32 and sha(salt + encode(pair[1]).encode()).hex() == committed
    except (TypeError, ValueError, LookupError):
        return False


def same(live: Any, recorded: Any) -> bool:
    """Compare a live value with a recorded one; SQLite keeps truths, instants and secrets in ways of its own."""
    if isinstance(recorded, bool):
        return live is recorded or (type(live) is int and live == int(recorded))
    if isinstance(recorded, (int, float)):
        return type(live) in (int, float) and bool(live == recorded)
    if isinstance(recorded, str) and isinstance(live, str) and live != recorded:
        secret = recorded.startswith("sha256:") and f"sha256:{sha(live.encode()).hex()}" == recorded
        return secret or f"{live.replace(' ', 'T', 1)}Z" == recorded
    return type(live) is type(recorded) and bool(live == recorded)


def check_entry(number: int, columns: dict[str, Any], envelope: Any, digest: Any, previous: str) -> tuple[bytes, Any]:
    """Check an entry's place, link, form and columns; return its true hash and what its envelope says."""
    found, link = parsed(envelope), sha(PREFIX + previous.encode() + b"\n" + str(envelope).encode("utf-8", "replace"))
    who = f"Entry {number} ({found.get('action')}, {found.get('entity')} {found.get('entity_id')})"
    if columns["sequence"] != number or found.get("sequence") != number:
        say(f"Entry {columns['sequence']} stands where entry {number} should be: some are missing or changed places.")
    if link.hex() != digest:
        say(f"{who} was edited, or does not follow from the one before it.")
    if not isinstance(found.get("fields"), dict) or re.search("NaN|Inf", str(envelope)) or encode(found) != envelope:
        say(f"{who} is not written in the canonical form.")
    altered = [name for name, value in columns.items() if not same(value, found.get(name))]
    problems.extend(f"{who}: its column {name} was altered." for name in altered)
    return link, found


def check_values(number: int, found: dict[str, Any], stored: Any, gone: dict[Any, str], latest: Latest) -> Any:
    """Check the values behind an entry's commitments, put them over those before; return what the entry erased."""
    record = (str(found.get("entity")), str(found.get("entity_id")))
    values, pairs = latest.setdefault(record, {}), parsed(stored)
    fields, who = as_dict(found.get("fields")), f"Entry {number} ({' '.join(record)})"
    for name in pairs.keys() | fields.keys():
        pair = pairs.get(name)
        if name not in pairs:
            gone[number, name] = f"{who}: the value of {name} is missing, and no erasure says why."
        elif name not in fields or not holds(pair, fields[name]):
            say(f"{who}: the recorded value of {name} was altered or slipped in.")
        if name not in NO_FIELDS:
            values[name] = pair[-1] if isinstance(pair, list) and pair else None
    return pairs[ERASED][1] if holds(pairs.get(ERASED), fields.get(ERASED)) else ()


def check_rows(register: Register, latest: Latest) -> int:
    """Compare every live value with the last recorded one; return how many there are."""
    for table, number, row in register.rows:
        recorded = latest.pop((table, number), None)
        if recorded is None:
            say(f"{table} {number} was slipped in: no entry made it, or it stands twice.")
            continue
        changed = [one for one in row.keys() | recorded.keys() if not same(row.get(one), recorded.get(one))]
        problems.extend(f"{table} {number}: {name} was altered behind the history." for name in sorted(changed))
    gone = sorted(one for one in latest if one[0] not in UNRECORDED)
    problems.extend(f"{table} {number} was deleted behind the history." for table, number in gone)
    return sum(len(row) for _, _, row in register.rows)


def verify(register: Register) -> tuple[int, int]:
    """Check everything; return how many live values were compared, and how many recorded ones were erased."""
    roots, previous = checkpoints(register.notes, register.key, len(register.entries)), FIRST
    latest, peaks, gone, erased = Latest(), list[bytes](), dict[Any, str](), set[Any]()
    for number, (columns, envelope, entry_hash, stored) in enumerate(register.entries, 1):
        link, found = check_entry(number, columns, envelope, entry_hash, previous)
        erased |= {(one, name) for one, name in check_values(number, found, stored, gone, latest) if one < number}
        previous, whole = str(entry_hash), number
        peaks.append(sha(b"\0" + link))
        while whole % 2 == 0:  # RFC 6962: two full subtrees of one size become one
            peaks[-2:], whole = [sha(b"\1" + peaks[-2] + peaks[-1])], whole // 2
        for root, who in roots.get(number, ()):
            if root != reduce(lambda right, left: sha(b"\1" + left + right), reversed(peaks)):
                say(f"{who} does not agree with the history: what came before it was rewritten and sealed anew.")
    problems.extend(said for place, said in gone.items() if place not in erased)
    problems.extend(f"Entry {n}: the value of {name} was erased and is here again." for n, name in erased - gone.keys())
    if register.head != [[len(register.entries), previous]]:
        say(f"The head does not name the last of {len(register.entries)} entries: the end was cut off or forged.")
    problems.extend(f"Values were slipped in for entry {number}, which does not exist." for number in register.strays)
    return check_rows(register, latest), len(erased)


def read_export(path: Path) -> Register:
    with zipfile.ZipFile(path) as file:
        text = {name.partition(".")[0]: file.read(name).decode() for name in file.namelist()}
    entries, rows, other = (list(map(json.loads, text[one].splitlines())) for one in ("entries", "rows", "head"))
    taken = [(one, *(one.pop(name) for name in TEXTS)) for one in entries]
    live = [(one["table"], str(one["id"]), one["values"]) for one in rows]
    return Register(taken, other[0]["strays"], other[0]["head"], live, text["checkpoints"], text["key"])


def read_sqlite(path: Path) -> Register:
    file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    file.text_factory = lambda data: data.decode("utf-8", "replace")
    file.row_factory = lambda cursor, row: dict(zip((one[0] for one in cursor.description), row, strict=True))
    joined = 'SELECT e.*, "values" FROM history_entry e LEFT JOIN history_value USING (sequence) ORDER BY 1'
    entries = [(one, *(one.pop(name) for name in TEXTS)) for one in file.execute(joined)]
    strays = file.execute("SELECT sequence FROM history_value EXCEPT SELECT sequence FROM history_entry")
    tables = {row["name"] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - UNRECORDED
    rows = [(table, str(row.pop("id")), row) for table in sorted(tables) if not table.startswith("sqlite_")
            for row in file.execute(f'SELECT * FROM "{table}"')]
    head = [[row["size"], row["entry_hash"]] for row in file.execute("SELECT size, entry_hash FROM history_head")]
    return Register(entries, [row["sequence"] for row in strays], head, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="an export (ZIP) or a copy of the SQLite database")
    parser.add_argument("--checkpoints", type=Path, action="append", default=[], help="receipts kept elsewhere")
    parser.add_argument("--key", type=Path, help="a file with the register's public key")
    given = parser.parse_args()
    try:
        found = read_export(given.file) if zipfile.is_zipfile(given.file) else read_sqlite(given.file)
        notes = "\n".join([found.notes, *(file.read_text("utf-8") for file in given.checkpoints)])
        key = given.key.read_text("utf-8") if given.key else found.key
    except (OSError, sqlite3.Error, zipfile.BadZipFile, ValueError, LookupError, TypeError) as error:
        sys.exit(f"{given.file} cannot be read as a register: {error}")
    compared, erased = verify(found._replace(notes=notes, key=key))
    print(f"{len(found.entries)} entries and {compared} live values were checked; {erased} values were erased.")
    print(f"{len(problems) or 'No'} problems were found.", *problems[:200], sep="\n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
