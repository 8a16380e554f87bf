"""Which identifiers of a file are somebody's number everywhere, and how each is written."""

import re

from register.exchange.reading.rows import Identifier
from register.partnerships.kinds import IDENTIFIER_SCHEMES

ELSEWHERE = frozenset([
    "AR-CUIT", "BE-BCE_KBO", "CL-RUT", "CO-NIT", "CO-RUE", "DK-CVR", "EC-RUC", "FR-RCS", "FR-SIRENE",
    "GE-NAPR", "GG-RCE", "HN-RTN", "IE-CHY", "IE-CRO", "IM-CR", "JE-FSC", "MD-IDNO", "MX-RFC", "NG-CAC", "NL-KVK",
    "NO-BRC", "PE-RUC", "PY-RUC", "SE-BLV", "UA-EDR", "UG-RSB", "US-EIN", "XI-EIN", "XI-LEI", "ZA-CIPC",
])  # fmt: skip
"""Registers of companies and taxpayers of other countries: each has one number for a body for good."""
TRUSTED = (
    frozenset(kind.key for kind in IDENTIFIER_SCHEMES)
    | {"GB-GOR", "GB-GOVUK", "GB-MPR", "GB-EDU", "GB-IRN", "GB-LAC"}
    | ELSEWHERE
)
"""Registers of bodies, named as on org-id.guide. Any other scheme is taken for a portal's own numbering (`GB-CFS` and
`GB-SRS` of Contracts Finder, `GB-FTS` of Find a Tender, a file's `org-1`): it holds inside one file at most."""

PREFIXED = re.compile(r"([A-Z]{2}-[A-Z0-9]+)-(.+)")
"""An id put together from a list's name and a value. Whoever keeps the list, it means one body throughout a file;
`org-1` starts anew in each release."""

COMPANY_NUMBER = re.compile(r"(?:\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]\d{7})")
"""Eight characters: digits, or the letters of a register (`OC` partnerships, `SC` Scotland, `IP` societies, `R0`)."""
CHARITY = {
    "GB-CHC": re.compile(r"[1-9]\d{0,6}(?:-\d{1,3})?"),
    "GB-SC": re.compile(r"SC\d{6}"),
    "GB-NIC": re.compile(r"(?:NIC)?[1-9]\d{4,5}"),
}
"""The numbers of the registers of charities: that of England and Wales, where `-1` names a linked charity, of Scotland
and of Northern Ireland."""
JOINTS = re.compile(r"\s*[-_\u2010-\u2015]\s*|\s+")
LISTS = ("GB", "XI", "IM", "GG", "JE", "IE")
EATEN = re.compile(r"\d(?:\.\d+)?E\+\d{1,3}", re.IGNORECASE)
"""What a spreadsheet leaves of a long number: 1.23E+11 is that of a thousand bodies."""
LIST_ALONE = re.compile(r"(?:GB|XI)-[A-Z]{2,6}")
NO_NUMBER = frozenset(["n/a", "na", "none", "nil", "null", "unknown", "tbc", "-", "–", "?", ".", "0", "#n/a"])
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
    elif scheme in CHARITY:
        scheme, value = charity_number(scheme, value)
    if EATEN.fullmatch(value) or value.casefold() in NO_NUMBER:
        return None
    return (scheme, value) if CODE.fullmatch(value) else None


def company_number(value: str) -> str:
    """Return a company number with its eight characters, or nothing when it cannot be one.

    Spreadsheets take off the leading noughts: `1234567` is `01234567`, and `SC12345` is `SC012345`.
    """
    value = value.replace(" ", "").removesuffix(".0")
    letters = value[: len(value) - len(value.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
    padded = letters + value[len(letters) :].rjust(8 - len(letters), "0") if value[len(letters) :] else ""
    return padded if COMPANY_NUMBER.fullmatch(padded) and padded.strip("0") else ""


def charity_number(scheme: str, value: str) -> Identifier:
    """Return a charity's number in the register that it is of, its value nothing when it cannot be one.

    A Scottish number under the scheme of England and Wales is one of Scotland; spreadsheets add `.0` to a number.

    >>> charity_number("GB-CHC", "SC012345"), charity_number("GB-CHC", "1234567.0"), charity_number("GB-CHC", "none")
    (('GB-SC', 'SC012345'), ('GB-CHC', '1234567'), ('GB-CHC', ''))
    """
    value = value.replace(" ", "").removesuffix(".0")
    if scheme == "GB-CHC" and CHARITY["GB-SC"].fullmatch(value):
        return "GB-SC", value
    if scheme == "GB-SC" and value.isdecimal():
        value = f"SC{value.rjust(6, '0')}"
    return scheme, value if CHARITY[scheme].fullmatch(value) else ""


def is_no_number(party_id: str) -> bool:
    """Whether an id names nobody: a word for none, a list without a number, or what a spreadsheet left of a number.

    >>> [is_no_number(party_id) for party_id in ("N/A", "GB-CHC-", "GB-CHC-1.23E+07", "GB-CHC-1234567")]
    [True, True, True, False]
    """
    plain = party_id.strip(" -")
    value = split_id(plain)[1]
    return bool(EATEN.fullmatch(value) or LIST_ALONE.fullmatch(plain)) or value.casefold() in NO_NUMBER or not plain


def portal_id(party_id: str, release: str) -> str:
    """Return what a party's own id is worth inside one file: one body throughout it, or throughout its release."""
    return party_id if PREFIXED.fullmatch(party_id) else f"{release} {party_id}"


def split_id(party_id: str) -> Identifier:
    """Return the scheme and value that an id is put together from; a scheme of nothing when it is not.

    >>> split_id("GB-COH-01234567"), split_id("org-1")
    (('GB-COH', '01234567'), ('', 'org-1'))
    """
    parts = PREFIXED.fullmatch(party_id) or PREFIXED.fullmatch(_rejoined(party_id))
    return (parts[1], parts[2]) if parts else ("", party_id)


def _rejoined(party_id: str) -> str:
    """Return an id with hyphens where somebody typed blanks or underlines around its list: `gb_chc 123`."""
    country, *rest = JOINTS.split(party_id.strip(), maxsplit=2)
    is_listed = country.upper() in LISTS and len(rest) == 2  # noqa: PLR2004 - the list and the number
    return f"{country.upper()}-{rest[0].upper()}-{rest[1]}" if is_listed else party_id
