"""The sealed form of an entry: canonical JSON, commitments to values, and the link to the entry before."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

PREFIX = b"partnership-register history 1\n"
"""Stands before everything that is hashed, so that no hash of another system can be passed off as one of ours."""
FIRST_LINK = "0" * 64
"""What the first entry names as the entry before it."""
SALT_LENGTH = 32
"""Bytes."""

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


def commitment(salt: bytes, value: Plain) -> str:
    """Return SHA-256(32-byte salt || canonical value), in hexadecimal."""
    return hashlib.sha256(salt + canonical(value).encode()).hexdigest()


def link(previous: str, envelope: str) -> str:
    """Return an entry's hash: SHA-256(prefix || hash of the entry before || envelope), in hexadecimal."""
    return hashlib.sha256(PREFIX + previous.encode() + b"\n" + envelope.encode()).hexdigest()
