"""JSON text as the values that it holds, with line and column where it is broken."""

import json
from decimal import Decimal
from typing import NoReturn

from register.refusals import Refusal

PLAIN = {
    "Expecting value": "a value is missing here",
    "Expecting ',' delimiter": "a comma is missing here",
    "Expecting ':' delimiter": "a colon is missing here",
    "Expecting property name enclosed in double quotes": "a name in quote marks is missing here",
    "Unterminated string starting at": "a quote mark opens here and is never closed",
    "Extra data": "the JSON ends here, and more follows",
    "Invalid control character at": "a control character stands inside a text here",
}
"""What the parser says, in words for people."""


def read_document(content: str, name: str) -> object:
    """Return what JSON text holds, its fractions as Decimal; raise Refusal with line and column when it is broken."""
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        said = PLAIN.get(error.msg, error.msg[:1].lower() + error.msg[1:])
        raise Refusal(f"{name} is broken JSON. Line {error.lineno}, column {error.colno}: {said}.") from None
    except RecursionError:
        raise Refusal(f"{name} is nested too deeply to be read.") from None
    except ValueError as error:
        raise Refusal(f"{name} has a number that cannot be read: {error}.") from None


def read_documents(content: str, name: str) -> list[object]:
    """Return what JSON text holds: one document, or one a line; raise Refusal where it is broken."""
    numbered = enumerate(content.lstrip("\ufeff").splitlines(), start=1)
    lines = [(number, line.strip()) for number, line in numbered if line.strip()]
    if len(lines) > 1 and all(line[0] == "{" and line[-1] == "}" for _, line in lines):
        return [read_document(line, f"Line {number} of {name}") for number, line in lines]
    return _one_after_another(content) or [read_document(content, name)]


def _one_after_another(content: str) -> list[object]:
    """Return the documents of a text that has several, each on as many lines as it likes; none for any other text."""
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)
    found: list[object] = []
    rest = content.lstrip("\ufeff").strip()
    at = 0
    try:
        while at < len(rest):
            document, at = decoder.raw_decode(rest, at)
            found.append(document)
            at += len(rest[at : at + 1000]) - len(rest[at : at + 1000].lstrip())
    except (ValueError, RecursionError):
        return []
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
