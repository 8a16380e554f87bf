"""What the register takes as text: no control characters, no endless lines, nothing but blanks."""

import re
import unicodedata

from register.refusals import Refusal

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
"""Control characters and lone surrogates: PostgreSQL refuses some and SQLite keeps them, so both must say no."""

LINE = 200
"""Characters in a name, a role or another single line."""
PARAGRAPHS = 4000
"""Characters in an account, a purpose or another longer text."""


def line(value: str | None, field: str, label: str, limit: int = LINE) -> str | None:
    """Return one line of text, its blanks folded; None when there is nothing.

    Raises Refusal, with `field`, for control characters and for more than `limit` characters.
    """
    if value is None:
        return None
    return _checked(" ".join(_without_control(value, field, label).split()), field, label, limit)


def paragraphs(value: str | None, field: str, label: str, limit: int = PARAGRAPHS) -> str | None:
    """Return text of several lines, line ends made plain; None when there is nothing."""
    if value is None:
        return None
    plain = _without_control(value, field, label).replace("\r\n", "\n").replace("\r", "\n")
    return _checked(plain.strip(), field, label, limit)


def required(value: str | None, field: str, sentence: str) -> str:
    """Return the value, or refuse with the sentence that says what to enter."""
    if not value:
        raise Refusal(sentence, field)
    return value


def _without_control(value: str, field: str, label: str) -> str:
    """Refuse what cannot be kept, before blanks are folded: some control characters count as blanks."""
    if CONTROL.search(value):
        message = f"{label} has characters that cannot be kept, such as a null or a control character. Remove them."
        raise Refusal(message, field)
    return value


def _checked(value: str, field: str, label: str, limit: int) -> str | None:
    composed = unicodedata.normalize("NFC", value)
    if len(composed) > limit:
        message = f"{label} must be {limit} characters or fewer. It has {len(composed)}."
        raise Refusal(message, field)
    return composed if any(map(_is_seen, composed)) else None


def _is_seen(character: str) -> bool:
    """Say whether a character shows: a name of joiners and direction marks alone would look like none."""
    return unicodedata.category(character)[0] not in "ZC"
