"""Which identifiers of a file are somebody's number everywhere, and how each is written."""

import re

from register.exchange.reading.rows import Identifier
from register.partnerships.kinds import IDENTIFIER_SCHEMES

TRUSTED = frozenset(kind.key for kind in IDENTIFIER_SCHEMES) | {"GB-GOR", "GB-GOVUK", "GB-MPR", "GB-EDU", "GB-IRN"}
"""Registers of bodies, named as on org-id.guide. Any other scheme is taken for a portal's own numbering (`GB-CFS` and
`GB-SRS` of Contracts Finder, `GB-FTS` of Find a Tender, a file's `org-1`): it holds inside one file at most."""

PREFIXED = re.compile(r"([A-Z]{2}-[A-Z0-9]+)-(.+)")
"""An id put together from a list's name and a value. Whoever keeps the list, it means one body throughout a file;
`org-1` starts anew in each release."""

COMPANY_NUMBER = re.compile(r"(?:\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]\d{7})")
"""Eight characters: digits, or the letters of a register (`OC` partnerships, `SC` Scotland, `IP` societies, `R0`)."""
CODE = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{0,39}")


def trusted(scheme: str, value: str) -> Identifier | None:
    """Return an identifier in its one form, or None when it cannot be relied on from one file to the next.

    >>> trusted("gb-coh", "1234567"), trusted("GB-CFS", "12345"), trusted("GB-COH", "123456789")
    (('GB-COH', '01234567'), None, None)
    """
    scheme, value = scheme.strip().upper(), " ".join(value.split()).upper()
    if scheme not in TRUSTED:
        return None
    if scheme == "GB-COH":
        value = company_number(value)
    return (scheme, value) if CODE.fullmatch(value) else None


def company_number(value: str) -> str:
    """Return a company number with its eight characters, or nothing when it cannot be one.

    Spreadsheets take off the leading noughts: `1234567` is `01234567`, and `SC12345` is `SC012345`.
    """
    value = value.replace(" ", "").removesuffix(".0")
    letters = value[: len(value) - len(value.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
    padded = letters + value[len(letters) :].rjust(8 - len(letters), "0") if value[len(letters) :] else ""
    return padded if COMPANY_NUMBER.fullmatch(padded) and padded.strip("0") else ""


def portal_id(party_id: str, release: str) -> str:
    """Return what a party's own id is worth inside one file: one body throughout it, or throughout its release."""
    return party_id if PREFIXED.fullmatch(party_id) else f"{release} {party_id}"


def split_id(party_id: str) -> Identifier:
    """Return the scheme and value that an id is put together from; a scheme of nothing when it is not.

    >>> split_id("GB-COH-01234567"), split_id("org-1")
    (('GB-COH', '01234567'), ('', 'org-1'))
    """
    parts = PREFIXED.fullmatch(party_id)
    return (parts[1], parts[2]) if parts else ("", party_id)
