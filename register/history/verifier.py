"""Verify the history of a partnership register, with nothing but Python: python verifier.py FILE [options].

FILE is an export (`register history export`) or a copy of the SQLite database, which is opened read-only. Checked are:
numbers without a gap, the canonical form, links, commitments, erasures, checkpoints, and every live value against the
last one recorded. Not proved: that an officer wrote the truth, or entered everything, or what the newest entries say.
"""

import argparse
import base64
import heapq
import json
import marshal
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import reduce
from hashlib import sha256, sha512
from itertools import groupby
from math import nan
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

PREFIX, FIRST, ERASED, NO_FIELDS = b"partnership-register history 1\n", "0" * 64, "@erased", {"@reason", "@erased"}
UNRECORDED = {"sign_in", "sign_in_attempt", "submission", "api_submission", "access_entry",
              "trust_state", "trust_record", "forecast_fit", "history_entry", "history_value", "history_head",
              "network_measures", "network_layout", "network_turn", "kept_survey", "alembic_version"}
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode
WRITERS: dict[type, Any] = {str: json.encoder.encode_basestring_ascii, int: repr, type(None): lambda _: "null"}
P, L, TEXTS = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, ("envelope", "entry_hash", "values")
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Row = tuple[str, int, Any]  # table, id, values
KEY = itemgetter(0, 1)
problems: list[str] = []
say = problems.append

class Register(NamedTuple):
    entries: Iterable[tuple[Any, ...]]  # columns, and the three TEXTS; in order
    strays: list[Any]  # numbers of values without an entry
    head: list[list[Any]]
    rows: Iterable[Row]  # live values, by table and id
    notes: str = ""
    key: str = ""

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

def fits(key: bytes, text: bytes, signature: bytes) -> bool:  # S*B - k*A must be R (RFC 8032, 5.1.7)
    (x, y, z, t), r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(sha512(signature[:32] + key + text).digest(), "little") % L
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

def checkpoints(document: str, key: str) -> dict[int, list[tuple[bytes, str]]]:
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
            kept = [one for one in kept if one[0] <= int(said["restored"])] if "restored" in said else kept
            kept.append((int(size), told, who))
        except (ValueError, KeyError):
            say(f"A checkpoint cannot be read: {text[:80]!r}")
    return {size: [one[1:] for one in some] for size, some in groupby(sorted(kept), key=itemgetter(0))}

def parsed(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

def commitment(pair: Any) -> Any:  # SHA-256(32-byte salt || canonical value); of what is no pair, what equals nothing
    try:
        key, value = bytes.fromhex(pair[0]), WRITERS.get(pair[1].__class__, encode)(pair[1])
        is_pair = len(key) == 32 and len(pair) == 2 and isinstance(pair, list)
        return sha256(key + value.encode()).hexdigest() if is_pair else nan
    except (TypeError, ValueError, LookupError):
        return nan

def sealed(columns: dict[str, Any], envelope: Any, pairs: dict[str, Any]) -> str:  # the same, where all is right
    try:
        fields = {name: commitment(pair) for name, pair in pairs.items()}
        at, version = columns["at"].replace(" ", "T", 1).removesuffix("Z"), int(envelope.rpartition(":")[2][:-1])
        return encode({**columns, "at": f"{at}Z", "version": version, "fields": fields})
    except (TypeError, ValueError, LookupError, AttributeError):
        return ""

def same(live: Any, recorded: Any) -> bool:
    """Compare a live value with a recorded one; SQLite keeps truths, instants and secrets in ways of its own."""
    if isinstance(recorded, bool):
        return live is recorded or (type(live) is int and live == int(recorded))
    if isinstance(recorded, (int, float)):
        return type(live) in (int, float) and bool(live == recorded)
    if isinstance(recorded, str) and isinstance(live, str) and live != recorded:
        secret = recorded.startswith("sha256:") and f"sha256:{sha256(live.encode()).hexdigest()}" == recorded
        return secret or f"{live.replace(' ', 'T', 1)}Z" == recorded
    return type(live) is type(recorded) and bool(live == recorded)

def check_entry(who: str, columns: dict[str, Any], envelope: Any, pairs: dict[str, Any], gone: dict[Any, str]) -> bool:
    """Say what is wrong with an entry's form, columns and values; return whether it may say what was erased."""
    found = parsed(envelope)
    fields = found["fields"] if (is_formed := isinstance(found.get("fields"), dict)) else {}
    if not is_formed or re.search("NaN|Inf", str(envelope)) or encode(found) != envelope:
        say(f"{who} is not written in the canonical form.")
    altered = (name for name, value in columns.items() if not same(value, found.get(name)))
    problems.extend(f"{who}: its column {name} was altered." for name in altered)
    for name in pairs.keys() | fields.keys():
        if name not in pairs:
            gone[columns["sequence"], name] = f"{who}: the value of {name} is missing, and no erasure says why."
        elif name not in fields or commitment(pairs[name]) != fields[name]:
            say(f"{who}: the recorded value of {name} was altered or slipped in.")
    pairs |= {name: [None] for name in fields if not isinstance(pairs.get(name), list) or not pairs[name]}
    return bool(commitment(pairs.get(ERASED)) == fields.get(ERASED))

def walk(register: Register, gone: dict[Any, str], erased: set[Any], end: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Check each entry; yield its row, its number and what it recorded. What is kept in memory does not grow."""
    roots, peaks = checkpoints(register.notes, register.key), list[bytes]()
    for number, (columns, envelope, entry_hash, stored) in enumerate(register.entries, 1):
        table, row, pairs = str(columns["entity"]), columns["entity_id"], parsed(stored)
        who = f"Entry {number} ({columns['action']}, {table} {row})"
        if columns["sequence"] != number:
            say(f"{who} has the number {columns['sequence']}: some are missing or changed places.")
        link = sha256(PREFIX + end[1].encode() + b"\n" + str(envelope).encode("utf-8", "replace"))
        if link.hexdigest() != entry_hash:
            say(f"{who} was edited, or does not follow from the one before it.")
        is_right = bool(pairs) and sealed(columns, envelope, pairs) == envelope
        if (is_right or check_entry(who, columns, envelope, pairs, gone)) and ERASED in pairs:
            erased.update((one, name) for one, name in pairs[ERASED][1] if one < number)
        end[:], whole = [number, str(entry_hash)], number
        peaks.append(sha256(b"\0" + link.digest()).digest())
        while whole % 2 == 0:  # RFC 6962: two full subtrees of one size become one
            peaks[-2:], whole = [sha256(b"\1" + peaks[-2] + peaks[-1]).digest()], whole // 2
        for root, who in roots.pop(number, ()):
            if root != reduce(lambda right, left: sha256(b"\1" + left + right).digest(), reversed(peaks)):
                say(f"{who} does not agree with the history: what came before it was rewritten and sealed anew.")
        values = {name: pair[-1] for name, pair in pairs.items() if isinstance(pair, list) and name not in NO_FIELDS}
        yield table, row if type(row) is int and 0 < row < 2**63 else 0, number, marshal.dumps(values)
    late = [who for size, some in roots.items() if size > end[0] for _, who in some]
    problems.extend(f"{who} counts more entries than the {end[0]} there are: the end was cut off." for who in late)

def check_rows(recorded: Iterable[Row], live: Iterable[Row]) -> Iterator[int]:
    """Compare every live value with the last recorded one, row by row; yield how many each row has."""
    for (table, number), some in groupby(heapq.merge(recorded, live, key=KEY), key=KEY):
        parts = [one for _, _, one in some]
        said = [marshal.loads(one) for one in parts if isinstance(one, bytes)]  # noqa: S302 - this program's own
        rows, values = parts[len(said) :], {name: value for one in said for name, value in one.items()}
        if len(rows) > bool(said):
            say(f"{table} {number} was slipped in: no entry made it, or it stands twice.")
        elif not rows and table not in UNRECORDED:
            say(f"{table} {number} was deleted behind the history.")
        for row in rows if said else ():
            changed = sorted(one for one in row.keys() | values.keys() if not same(row.get(one), values.get(one)))
            problems.extend(f"{table} {number}: {name} was altered behind the history." for name in changed)
        yield sum(map(len, rows))

def verify(register: Register) -> tuple[int, int, int]:
    """Check everything; return how many entries there are, live values that were compared, and erased ones."""
    gone, erased, end = dict[Any, str](), set[Any](), list[Any]((0, FIRST))
    kept = sqlite3.connect("")  # a file of SQLite's own, which is gone at the end
    kept.executescript("PRAGMA journal_mode = OFF; CREATE TABLE said (entity, id, number, said)")
    kept.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", walk(register, gone, erased, end))
    problems.extend(said for one, said in gone.items() if one not in erased)
    problems.extend(f"Entry {n}: the value of {name} was erased and is here again." for n, name in erased - gone.keys())
    if register.head != [end]:
        say(f"The head does not name the last of {end[0]} entries: the end was cut off or forged.")
    problems.extend(f"Values were slipped in for entry {number}, which does not exist." for number in register.strays)
    recorded = kept.execute("SELECT entity, id, said FROM said ORDER BY entity, id, number")
    return int(end[0]), sum(check_rows(recorded, register.rows)), len(erased)

def read_export(path: Path) -> Register:
    file = zipfile.ZipFile(path)
    text = {name.partition(".")[0]: name for name in file.namelist()}
    entries, rows, other = (map(json.loads, file.open(text[name])) for name in ("entries", "rows", "head"))
    end = next(other)
    taken = ((one, *(one.pop(name) for name in TEXTS)) for one in entries)
    live = ((one["table"], one["id"], one["values"]) for one in rows)
    more = (file.read(text[name]).decode() for name in ("checkpoints", "key"))
    return Register(taken, end["strays"], end["head"], live, *more)

def read_sqlite(path: Path) -> Register:
    file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    file.text_factory = lambda data: data.decode("utf-8", "replace")
    file.row_factory = lambda cursor, row: dict(zip((one[0] for one in cursor.description), row, strict=True))
    file.execute("BEGIN")  # one moment, whoever writes meanwhile
    joined = 'SELECT e.*, "values" FROM history_entry e LEFT JOIN history_value USING (sequence) ORDER BY e.sequence'
    entries = ((one, *(one.pop(name) for name in TEXTS)) for one in file.execute(joined))
    strays = "SELECT sequence FROM history_value WHERE sequence NOT IN (SELECT sequence FROM history_entry)"
    tables = {row["name"] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - UNRECORDED
    rows = ((table, row.pop("id"), row) for table in sorted(tables) if not table.startswith("sqlite_")
            for row in file.execute(f'SELECT * FROM "{table}" ORDER BY id'))
    head = [[row["size"], row["entry_hash"]] for row in file.execute("SELECT size, entry_hash FROM history_head")]
    return Register(entries, [row["sequence"] for row in file.execute(strays)], head, rows)

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
        count, compared, erased = verify(found._replace(notes=notes, key=key))
    except (OSError, sqlite3.Error, zipfile.BadZipFile, ValueError, LookupError, TypeError, AttributeError) as error:
        sys.exit(f"{given.file} cannot be read as a register: {error}")
    print(f"{count} entries and {compared} live values were checked; {erased} values were erased.")
    print(f"{len(problems) or 'No'} problems were found.", *problems[:200], sep="\n")
    sys.exit(1 if problems else 0)

if __name__ == "__main__":
    main()
