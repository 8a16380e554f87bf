"""When two names are one name, and which names a list in one cell holds."""

import re
import unicodedata
from collections.abc import Iterable

SAME_WORDS = {"ltd": "limited", "plc": "public limited company", "co": "company"}
"""Words that are one word in a name."""

APOSTROPHES = re.compile(r"['\u2018\u2019`]")
NOT_WORDS = re.compile(r"[^\w]+")
LISTED = re.compile(r",(?=\S)")
"""The comma between two names of a list: names themselves have a blank after theirs, as in `Wexmere, City of`."""

SPOILT = ("\ufffd", "\u00ef\u00bf\u00bd")
"""What is left of a letter that somebody's programme lost, in its plain and in its twice-spoilt form."""


def fingerprint(name: str) -> str:
    """Return what two names must share to be the same name.

    Case, accents, punctuation, `the` at the start and the length of `Ltd` do not count. That is what company law leaves
    out of account in asking whether two names are the same (SI 2015/17, schedule 3), so it joins no two companies.

    >>> fingerprint("The Alder & Birch Co. Ltd")
    'alder and birch company limited'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = APOSTROPHES.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    words = NOT_WORDS.sub(" ", plain.replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(SAME_WORDS.get(word, word) for word in words)


def listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell that lists them by commas, where names may have commas of their own.

    >>> listed("Wexmere,Alder on Wex, City of")
    ('Wexmere', 'Alder on Wex, City of')
    """
    return tuple(name for part in LISTED.split(cell) if (name := " ".join(part.split()).strip(" ,")))


def is_spoilt(name: str) -> bool:
    """Whether a letter of the name was lost before it reached us."""
    return any(mark in name for mark in SPOILT)


def distinct(candidates: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the candidates that say something new: not a known name, nor each other, in other letters."""
    seen = {fingerprint(name) for name in known}
    kept = []
    for name in candidates:
        if (mark := fingerprint(name)) and mark not in seen:
            seen.add(mark)
            kept.append(name)
    return tuple(kept)
