"""Contacts as vCard 4.0 (RFC 6350), for the address books of phones and mail programs."""

from collections.abc import Iterable, Iterator
from typing import IO

from register.clock import today
from register.exchange.taking.happening_sheet_lookups import ROWS
from register.exchange.taking.scope import Scope

LONGEST_LINE = 75
"""Octets of a line; a longer one goes on in the next, after a blank."""
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})


def write_vcards(scope: Scope, target: IO[bytes]) -> int:
    """Write the contacts that have not left; return how many there were. Sheet `contacts` says what a row is."""
    count = 0
    for key, _, organisation, role, name, email, phone, left_on in ROWS["contacts"](scope):
        if left_on is not None and left_on < today():
            continue
        card = vcard(key, (organisation, role, name), email, phone)
        target.write("".join(f"{part}\r\n" for line in card for part in folded(line)).encode())
        count += 1
    return count


def vcard(key: int, who: tuple[str, str, str | None], email: str | None, phone: str | None) -> list[str]:
    """Return the lines of a card; `who` is the organisation, the role, and the name where it is known."""
    organisation, role, name = who
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:partnership-register-contact-{key}",
        "KIND:individual",
        f"FN:{escaped(name or f'{role}, {organisation}')}",
        f"ORG:{escaped(organisation)}",
        f"TITLE:{escaped(role)}",
    ]
    lines += [f"EMAIL:{escaped(email)}"] if email else []
    lines += [f"TEL;VALUE=text:{escaped(phone)}"] if phone else []
    return [*lines, "END:VCARD"]


def escaped(text: str) -> str:
    r"""Return a text as it stands in a property.

    >>> escaped("Mind; Leeds, and York")
    'Mind\\; Leeds\\, and York'
    """
    return text.translate(ESCAPES)


def folded(line: str) -> Iterator[str]:
    """Yield the lines that one long line becomes; no character is cut in two."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part


def unfolded(lines: Iterable[str]) -> str:
    """Return long lines put together again."""
    return "\n".join(lines).replace("\n ", "")
