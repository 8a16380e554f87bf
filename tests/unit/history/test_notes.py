"""Signed notes are written as others write them, and a changed letter is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.history import verifier
from register.history.notes import Checkpoint, Note, NoteError, PublicKey, SigningKey, checkpoint_in, notes_in

KEY = SigningKey("partnership-register/test", bytes(range(32)))
CHECKPOINT = Checkpoint("partnership-register/test", 12, b"r" * 32, ("at 2026-11-23T12:00:00.000000Z", "why asked for"))

VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)
"""RFC 8032, 7.1: key, message, signature."""


@pytest.mark.parametrize(("key", "text", "signature"), VECTORS)
def test_the_verifier_knows_the_signatures_of_the_standard(key: str, text: str, signature: str) -> None:
    given_key, message, signed = (bytes.fromhex(one) for one in (key, text, signature))
    assert verifier.fits(given_key, message, signed)
    assert not verifier.fits(given_key, message + b"x", signed)
    assert not verifier.fits(given_key, message, signed[:32] + bytes([signed[32] ^ 1]) + signed[33:])


def test_the_verifier_refuses_a_signature_whose_number_is_too_large() -> None:
    key, _, signature = (bytes.fromhex(one) for one in VECTORS[0])
    larger = int.from_bytes(signature[32:], "little") + verifier.L
    assert not verifier.fits(key, b"", signature[:32] + larger.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32), st.text())
def test_the_verifier_agrees_with_the_library_that_signs(seed: bytes, text: str) -> None:
    key = SigningKey("a", seed)
    try:
        signed = key.line_under(text)
    except UnicodeEncodeError:
        return
    assert verifier.is_signed(text, signed, [key.public.written()])
    assert not verifier.is_signed(text + "x", signed, [key.public.written()])


def test_a_checkpoint_reads_as_it_was_written() -> None:
    written = CHECKPOINT.signed([KEY]).written()
    assert written.startswith("partnership-register/test\n12\ncnJy")
    (note,) = notes_in(written)
    assert checkpoint_in(note) == CHECKPOINT
    assert note.is_signed_by(KEY.public)
    assert checkpoint_in(note).said("why") == "asked for"
    assert checkpoint_in(note).said("restored") is None


def test_a_note_belongs_to_its_key_and_its_letters() -> None:
    note = CHECKPOINT.signed([KEY])
    assert not note.is_signed_by(SigningKey.new(KEY.name).public)
    assert not Note(note.text.replace("12", "13"), note.signatures).is_signed_by(KEY.public)
    assert not note.is_signed_by(PublicKey("another", KEY.public.raw))


def test_a_file_holds_many_notes() -> None:
    later = CHECKPOINT._replace(size=13)
    document = "".join(one.signed([KEY, SigningKey.new("b")]).written() + "\n" for one in (CHECKPOINT, later))
    assert [checkpoint_in(note) for note in notes_in(document)] == [CHECKPOINT, later]
    assert all(len(note.signatures) == 2 for note in notes_in(document))
    assert list(notes_in("")) == []


def test_a_key_reads_as_it_was_written() -> None:
    assert SigningKey.read(KEY.written()) == KEY
    assert KEY.public.written().startswith("partnership-register/test+")


@pytest.mark.parametrize("line", ["", "a shopping list", "PRIVATE+KEY+a+b+!", "PRIVATE+KEY+a+00000000+AQID"])
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(NoteError):
        SigningKey.read(line)


@pytest.mark.parametrize("text", ["a\n", "a\nb\nc\n", "a\n-1\nAAAA\n", "a\n1\n!\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        checkpoint_in(Note(text, ()))
