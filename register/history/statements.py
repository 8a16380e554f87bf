"""Which tables an SQL statement writes to, read word by word: strings, comments and quoted names are told apart.

Every statement is read as each database would: PostgreSQL's comments nest, SQLite's do not, and `[` opens a name only
in SQLite. Both readings count: a name too many refuses a statement that nobody needs, a name too few would let one
through.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

VERB = re.compile(r"(?i)\b(?:insert|replace|merge|update|delete|truncate|copy|create|drop|alter)\b")
"""Nothing writes without one of these; most statements have none and are read no further."""

_SHARED = r"""
    | (?P<string> '(?:[^']|'')*' )
    | (?P<line> --[^\n]* )
    | (?P<open> /\* )
    | "(?P<quoted> (?:[^"]|"")* )"
    | (?P<word> \w+ )
    | (?P<mark> [.,;(] )
"""
_POSTGRESQL = r"""
      (?P<escaped> E'(?:[^'\\]|\\.|'')*' )
    | (?P<body> \$(?P<tag>(?:[a-z_]\w*)?)\$ (?P<code>.*?) \$(?P=tag)\$ )
    | U&"(?P<unicode> (?:[^"]|"")* )"
"""
_SQLITE = r"""
      `(?P<ticked> [^`]* )`
    | \[(?P<bracketed> [^\]]* )\]
"""
_FLAGS = re.IGNORECASE | re.VERBOSE | re.DOTALL


class Reading(NamedTuple):
    """How one database takes a statement apart."""

    token: re.Pattern[str]
    comments_nest: bool


READINGS = (
    Reading(re.compile(_POSTGRESQL + _SHARED, _FLAGS), comments_nest=True),
    Reading(re.compile(_SQLITE + _SHARED, _FLAGS), comments_nest=False),
)
NAMES = ("quoted", "unicode", "ticked", "bracketed")
COMMENT_EDGE = re.compile(r"/\*|\*/")
UNICODE = re.compile(r"\\(?:\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))")

NEEDED = {"insert": "into", "replace": "into", "merge": "into", "delete": "from"}
"""The word without which a verb is something else, such as the function `replace`."""
BEFORE_NAME = frozenset(
    ("or", "replace", "ignore", "abort", "fail", "rollback", "into", "from", "only", "table", "(", "if", "exists"),
)
"""What may stand between a verb and the table's name."""
ONE_TABLE = frozenset(("insert", "replace", "merge", "delete", "update", "copy"))
MADE = frozenset(
    ("table", "trigger", "rule", "function", "procedure", "view", "index", "policy", "schema", "database", "event",
     "constraint", "or", "temp", "temporary", "unique", "materialized", "virtual", "unlogged"),
)
"""What follows `create`, `drop` or `alter` where they begin a statement."""
PROTECTION = "history_"
"""How the names of the triggers and functions begin that keep the history from being rewritten."""


class Token(NamedTuple):
    """A word of a statement in lower case; a quoted one is a name and never a verb."""

    text: str
    is_quoted: bool = False


def written_by(statement: str) -> set[str]:
    """Return the names of the tables that a statement writes to, in lower case.

    >>> sorted(written_by("WITH a AS (DELETE FROM [contact] RETURNING id) UPDATE main.person SET name = '--'"))
    ['contact', 'person']
    """
    if not VERB.search(statement):
        return set()
    return {name for reading in READINGS for name in _written(statement, reading)}


def _written(statement: str, reading: Reading) -> Iterator[str]:
    tokens: list[Token] = []
    for found in _tokens(statement, reading):
        if isinstance(found, Token):
            tokens.append(found)
        else:
            # Code in a string, as in DO: what it executes may stand in strings again.
            yield from written_by(found)
            yield from written_by(found.replace("'", " "))
    for place, token in enumerate(tokens):
        if not token.is_quoted:
            yield from _after_verb(token.text, tokens[place + 1 :])


def _tokens(statement: str, reading: Reading) -> Iterator[Token | str]:
    """Yield the words and names of a statement, and as text the bodies of code that it quotes."""
    place = 0
    while found := reading.token.search(statement, place):
        place = found.end()
        parts = found.groupdict()
        if parts["open"]:
            place = _end_of_comment(statement, place, nests=reading.comments_nest)
        elif parts.get("body"):
            yield parts["code"]
        elif parts["word"] or parts["mark"]:
            yield Token(found[0].lower())
        elif name := next((parts[kind] for kind in NAMES if parts.get(kind)), None):
            yield Token(UNICODE.sub(_character, name).lower(), is_quoted=True)


def _character(code: re.Match[str]) -> str:
    """Return the character of a Unicode escape; beyond the last one, none."""
    number = int(code[1] or code[2], 16)
    return chr(number) if number <= sys.maxunicode else ""


def _end_of_comment(statement: str, place: int, *, nests: bool) -> int:
    depth = 1
    while depth and (edge := COMMENT_EDGE.search(statement, place)):
        place = edge.end()
        depth += -1 if edge[0] == "*/" else 1 if nests else 0
    return place if not depth else len(statement)


def _after_verb(verb: str, rest: Sequence[Token]) -> Iterator[str]:
    """Yield the tables that a verb writes to, given what follows it."""
    if verb in ("create", "drop", "alter"):
        if rest and rest[0].text in MADE:
            yield from _made(rest)
    elif verb == "truncate" or verb in ONE_TABLE:
        place = 0
        while place < len(rest) and rest[place].text in BEFORE_NAME and not rest[place].is_quoted:
            place += 1
        skipped = {token.text for token in rest[:place]}
        if verb == "copy" and "(" in skipped:
            return
        if NEEDED.get(verb, "into") in skipped or verb not in NEEDED:
            names = _names(rest[place:])
            yield from names if verb == "truncate" else names[:1]


def _names(tokens: Sequence[Token]) -> list[str]:
    """Return the names at the beginning of some tokens, separated by commas, without their schemas."""
    names: list[str] = []
    place = 0
    while place < len(tokens):
        while place + 2 < len(tokens) and tokens[place + 1].text == ".":
            place += 2
        if tokens[place].text not in ".,;(":
            names.append(tokens[place].text)
        if place + 1 >= len(tokens) or tokens[place + 1].text != ",":
            break
        place += 2
        while place < len(tokens) and tokens[place].text == "only":
            place += 1
    return names


def _made(rest: Sequence[Token]) -> Iterator[str]:
    """Yield every name of a statement that makes, changes or drops something: one of them is the table."""
    for token in rest:
        if token.text == ";":
            return
        yield token.text
        if token.text.startswith(PROTECTION):
            yield "history_entry"
