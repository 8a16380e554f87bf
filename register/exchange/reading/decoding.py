"""Bytes as text, in the encoding that they are written in."""

import unicodedata
from dataclasses import dataclass, replace

from register.refusals import Refusal

ENCODINGS = (
    ("utf-8-sig", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("utf-16", "UTF-16"),
    ("latin-1", "Latin-1 (ISO 8859-1)"),
    ("mac-roman", "Mac Roman"),
    ("cp850", "DOS (code page 850)"),
)
"""Ways in which files of text are written, to choose from where a file was read wrongly."""
NAME_OF_ENCODING = dict(ENCODINGS)

WIDE = (b"\xff\xfe", b"\xfe\xff")
"""The marks with which UTF-16 files begin, which Excel calls "Unicode text"."""
BEGINS = 200
"""Bytes by which a text of two bytes a letter is known that has no mark: in English every second one is null."""


@dataclass(frozen=True)
class Text:
    """The text of a file, and how it was written."""

    content: str
    encoding: str
    note: str = ""
    """What a person should know about the reading; empty when there was nothing to decide."""


def decoded_as(content: bytes, name: str, encoding: str) -> Text:
    """Return the text in the encoding that a person chose."""
    said = NAME_OF_ENCODING.get(encoding, encoding)
    try:
        plain = unicodedata.normalize("NFC", content.decode(encoding))
    except LookupError:
        raise Refusal(f"There is no encoding called {encoding}.") from None
    except UnicodeError as error:
        line = line_of(content, getattr(error, "start", 0))
        raise Refusal(f"{name} is not {said}: line {line} has a character that is none of it.") from None
    if (null := plain.find("\0")) >= 0:
        line = plain.count("\n", 0, null) + 1
        raise Refusal(f"{name} is not a text file in {said}: line {line} has a null character.")
    return Text(plain, said)


def wide_encoding(content: bytes) -> str:
    """Return the encoding of a text of two bytes a letter, empty for another: by its mark, or by how it begins."""
    if content.startswith(WIDE):
        return "utf-16"
    first, second = content[:BEGINS:2], content[1:BEGINS:2]
    if len(second) < 2 or any(first) == any(second):  # noqa: PLR2004 - a letter is no sign
        return ""
    return "utf-16-be" if any(second) else "utf-16-le"


def decoded(content: bytes, name: str) -> Text:
    """Return the text with its accents composed, as the register keeps them."""
    if wide := wide_encoding(content):
        return replace(decoded_as(content, name, wide), encoding="UTF-16")
    try:
        return Text(unicodedata.normalize("NFC", content.decode("utf-8-sig")), "UTF-8")
    except UnicodeDecodeError as error:
        odd = error.start
    try:
        note = f"{name} is not UTF-8 (line {line_of(content, odd)}), so it was read as Windows-1252"
        return Text(content.decode("cp1252"), "Windows-1252", note)
    except UnicodeDecodeError as error:
        line = line_of(content, error.start)
        message = f"{name} is neither UTF-8 nor Windows-1252: line {line} has a character of neither."
        raise Refusal(f"{message} Save it again as UTF-8.") from None


def line_of(content: bytes, position: int) -> int:
    """Return the number of the line that a byte stands in."""
    return content.count(b"\n", 0, position) + 1
