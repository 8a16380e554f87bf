"""vCards that address books read: escaped, folded, and of one person each."""

from hypothesis import given
from hypothesis import strategies as st

from register.exchange.formats.vcard import LONGEST_LINE, escaped, folded, unfolded, vcard


def test_a_card_says_who_and_where() -> None:
    card = vcard(7, ("Mind; Leeds, and York", "Manager", "Ada\nKing"), "ada@mind.example", "+44 1")
    assert card[0] == "BEGIN:VCARD"
    assert card[1] == "VERSION:4.0"
    assert card[-1] == "END:VCARD"
    assert "FN:Ada\\nKing" in card
    assert "ORG:Mind\\; Leeds\\, and York" in card
    assert "TEL;VALUE=text:+44 1" in card


def test_a_contact_without_a_name_goes_by_the_role() -> None:
    card = vcard(7, ("Mind", "Manager", None), None, None)
    assert "FN:Manager\\, Mind" in card
    assert not [line for line in card if line.startswith(("EMAIL", "TEL"))]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")))
def test_a_long_line_is_folded_by_octets_and_unfolds_to_itself(text: str) -> None:
    parts = list(folded(text))
    assert all(len(part.encode()) <= LONGEST_LINE for part in parts)
    assert unfolded(parts) == text


def test_a_backslash_is_escaped_first() -> None:
    assert escaped("a\\n") == "a\\\\n"
