"""The sealed form of an entry: canonical JSON, commitments to values, and the link to the entry before."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii as written_text
from math import isfinite
from operator import add, methodcaller
from struct import Struct
from types import NoneType
from typing import Any, NamedTuple

PREFIX = b"partnership-register history 1\n"
"""Stands before everything that is hashed, so that no hash of another system can be passed off as one of ours."""
FIRST_LINK = "0" * 64
"""What the first entry names as the entry before it."""
SALT_LENGTH = 32
"""Bytes."""
ERASED = "@erased"
"""The field in which an entry names what it erased: [[sequence, field], ...]."""

_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None


def canonical(document: Plain) -> str:
    """Return the one way in which a document is written: sorted keys, no blanks, ASCII only.

    >>> canonical({"b": 1, "a": 2})
    '{"a":2,"b":1}'
    """
    return _encoder.encode(document)


def plain(value: object) -> Plain:
    """Return a column's value as JSON can hold it; days and instants as ISO 8601, instants in UTC with six decimals."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    message = f"The history cannot hold a value of type {type(value).__name__}."
    raise TypeError(message)


def digest(value: str) -> str:
    """Return what the history keeps of a secret: enough to notice a change, nothing to sign in with."""
    return "sha256:" + hashlib.sha256(value.encode()).hexdigest()


def _written_number(value: float) -> str:
    return repr(value) if isfinite(value) else canonical(value)


WRITERS: dict[type, Callable[[Any], str]] = {
    str: written_text,
    int: repr,
    float: _written_number,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
}
"""How the values of which most columns consist are written, the same as `canonical` and several times as fast."""


def commitment(salt: bytes, value: Plain) -> str:
    """Return SHA-256(32-byte salt || canonical value), in hexadecimal."""
    return hashlib.sha256(salt + canonical(value).encode()).hexdigest()


def link(previous: str, envelope: str) -> str:
    """Return an entry's hash: SHA-256(prefix || hash of the entry before || envelope), in hexadecimal."""
    return hashlib.sha256(PREFIX + previous.encode() + b"\n" + envelope.encode()).hexdigest()


class Committed(NamedTuple):
    """What the history keeps of one row's values: the commitments, and the salts and values behind them."""

    fields: str
    """Canonical JSON: {field: commitment in hexadecimal}."""
    values: str
    """Canonical JSON: {field: [salt in hexadecimal, value]}."""


def committed(names: Sequence[str], columns: Sequence[Sequence[Plain]]) -> Iterator[Committed]:
    """Commit to the values of rows, given column by column in the order of `names`; each value has a salt of its own.

    A salt keeps a short value from being guessed from its commitment. What comes out is what `canonical` makes of it.
    """
    order = sorted(range(len(names)), key=names.__getitem__)
    fields, values = forms(tuple(names[place] for place in order))
    count = len(columns[0])
    salts = os.urandom(SALT_LENGTH * count * len(names))
    unpacked = Struct(f"{SALT_LENGTH}s" * count).unpack_from
    commitments: list[list[str]] = []
    opened: list[Iterable[str]] = []
    for place, column in enumerate(columns[place] for place in order):
        texts = _written_column(column)
        own = unpacked(salts, SALT_LENGTH * count * place)
        commitments.append([*map(_digest_of, map(hashlib.sha256, map(add, own, map(str.encode, texts))))])
        opened += (map(bytes.hex, own), texts)
    for of_row, behind in zip(zip(*commitments, strict=True), zip(*opened, strict=True), strict=True):
        yield Committed(fields % of_row, values % behind)


_digest_of = methodcaller("hexdigest")


def _written_column(column: Sequence[Plain]) -> Sequence[str]:
    """Return how the values of a column are written; most columns hold values of one type."""
    types = set(map(type, column))
    if len(types) == 1:
        [only] = types
        return ["null"] * len(column) if only is NoneType else [*map(WRITERS.get(only, canonical), column)]
    return [WRITERS.get(value.__class__, canonical)(value) for value in column]


class Forms(NamedTuple):
    """The canonical JSON of commitments and of what is behind them, with marks in the place of both."""

    fields: str
    values: str


@lru_cache(maxsize=500)
def forms(names: tuple[str, ...]) -> Forms:
    """Return the forms for some fields, which stand in the order given."""
    keys = [canonical(name).replace("%", "%%") for name in names]
    fields = ",".join(f'{key}:"%s"' for key in keys)
    values = ",".join(f'{key}:["%s",%s]' for key in keys)
    return Forms(f"{{{fields}}}", f"{{{values}}}")


def sealed(
    *, sequence: int, at: str, actor: str, action: str, entity: str, entity_id: int, version: int, part_of: int,
    scope_id: int | None, fields: str,
) -> str:
    """Return the canonical envelope of an entry, whose fields are canonical already."""
    scope = "null" if scope_id is None else scope_id
    return (
        f'{{"action":{written_text(action)},"actor":{written_text(actor)},"at":"{at}","entity":{written_text(entity)},'
        f'"entity_id":{entity_id},"fields":{fields},"part_of":{part_of},"scope_id":{scope},"sequence":{sequence},'
        f'"version":{version}}}'
    )
