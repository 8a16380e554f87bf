"""The sealed form of an entry: one way to write a document, commitments to values, and links."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.history.commitments import holds
from register.history.envelope import (
    FIRST_LINK,
    PREFIX,
    canonical,
    commitment,
    committed,
    digest,
    link,
    plain,
    sealed,
)

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(DOCUMENTS)
def test_a_document_is_written_in_one_way_and_reads_back(document: object) -> None:
    written = canonical(document)  # type: ignore[arg-type]  # whatever JSON holds
    assert written.isascii()
    assert json.loads(written) == document
    assert canonical(json.loads(written)) == written


def test_the_order_of_keys_makes_no_difference() -> None:
    assert canonical({"b": [1, {"d": 1, "c": 2}], "a": None}) == '{"a":null,"b":[1,{"c":2,"d":1}]}'


def test_text_beyond_ascii_is_escaped_so_that_every_reader_hashes_the_same_bytes() -> None:
    assert canonical("café 🌍") == '"caf\\u00e9 \\ud83c\\udf0d"'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(number)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "2026-11-23T09:30:00.000000Z"),
        (datetime(2026, 7, 1, 0, 30, 0, 5, tzinfo=timezone(timedelta(hours=1))), "2026-06-30T23:30:00.000005Z"),
        (None, None),
        (True, True),
        (7, 7),
        (0.5, 0.5),
        ("x", "x"),
        ([1], [1]),
    ],
)
def test_values_are_kept_as_json_can_hold_them(value: object, kept: object) -> None:
    assert plain(value) == kept


@pytest.mark.parametrize("value", [Decimal("1.5"), b"bytes", {1, 2}, object()])
def test_a_value_that_json_cannot_hold_is_no_value_of_the_history(value: object) -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        plain(value)


def test_a_commitment_is_the_hash_of_salt_and_value() -> None:
    """By hand, so that a verifier elsewhere can be written from this test."""
    salt = bytes(range(32))
    assert commitment(salt, "Bins") == hashlib.sha256(salt + b'"Bins"').hexdigest()
    assert commitment(salt, None) == hashlib.sha256(salt + b"null").hexdigest()


@given(st.binary(min_size=32, max_size=32), st.integers(1, 5), st.integers(1, 5))
def test_a_commitment_tells_values_apart(salt: bytes, one: int, other: int) -> None:
    assert (commitment(salt, one) == commitment(salt, other)) == (one == other)


def test_the_same_value_under_two_salts_has_two_commitments() -> None:
    assert commitment(b"\0" * 32, "x") != commitment(b"\1" * 32, "x")


def test_a_salt_cannot_lend_its_last_digit_to_the_value() -> None:
    """The hashed bytes are the same: only the salt's length tells 4 from 34."""
    salt = b"\0" * 31 + b"3"
    committed = commitment(salt, 4)
    assert commitment(salt[:-1], 34) == committed
    assert holds([salt.hex(), 4], committed)
    assert not holds([salt[:-1].hex(), 34], committed)


def test_a_link_is_the_hash_of_prefix_link_before_and_envelope() -> None:
    assert link(FIRST_LINK, "{}") == hashlib.sha256(PREFIX + b"0" * 64 + b"\n{}").hexdigest()
    assert link("a" * 64, "{}") != link("b" * 64, "{}")


def test_a_secret_is_kept_as_a_digest() -> None:
    assert digest("secret") == "sha256:" + hashlib.sha256(b"secret").hexdigest()


@given(
    st.lists(st.text(), min_size=1, max_size=4, unique=True).flatmap(
        lambda names: st.tuples(st.just(names), st.lists(st.lists(DOCUMENTS, min_size=len(names), max_size=len(names)),
                                                         min_size=1, max_size=4)),
    ),
)
def test_rows_committed_to_together_hold_what_each_alone_would(told: tuple[list[str], list[list[object]]]) -> None:
    names, rows = told
    columns = [list(column) for column in zip(*rows, strict=True)]
    salts = set()
    for row, kept in zip(rows, committed(names, columns), strict=True):
        opened = json.loads(kept.values)
        assert {name: value for name, (_, value) in opened.items()} == dict(zip(names, row, strict=True))
        assert kept.values == canonical(opened)
        hashes = {name: commitment(bytes.fromhex(salt), value) for name, (salt, value) in opened.items()}
        assert kept.fields == canonical(hashes)
        salts |= {salt for salt, _ in opened.values()}
    assert len(salts) == len(rows) * len(names)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_cannot_be_committed_to(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        list(committed(["good"], [[number]]))


@given(st.text(), st.text(), st.none() | st.integers())
def test_a_sealed_envelope_is_the_canonical_one(actor: str, action: str, scope_id: int | None) -> None:
    beside = {
        "sequence": 12, "at": "2026-03-01T12:00:00.000000Z", "actor": actor, "action": action, "entity": "person",
        "entity_id": 3, "version": 2, "part_of": 11, "scope_id": scope_id,
    }
    whole = {**beside, "fields": {"name": "ab"}}
    assert sealed(**beside, fields='{"name":"ab"}') == canonical(whole)  # type: ignore[arg-type]  # of mixed types
