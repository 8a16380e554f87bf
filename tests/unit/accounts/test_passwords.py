"""Passwords are hashed with argon2id, and neither too short nor too long."""

import pytest

from register.accounts.passwords import LONGEST, SHORTEST, hash_password, matches, waste_time
from register.refusals import Refusal


def test_a_password_belongs_to_its_hash_only() -> None:
    hashed = hash_password("three random words")
    assert hashed.startswith("$argon2id$")
    assert "three" not in hashed
    assert matches("three random words", hashed)
    assert not matches("three random words ", hashed)
    assert not matches("", hashed)


def test_the_same_password_has_another_hash_each_time() -> None:
    assert hash_password("three random words") != hash_password("three random words")


@pytest.mark.parametrize("password", ["", "a" * (SHORTEST - 1), "a" * (LONGEST + 1)])
def test_a_password_of_the_wrong_length_is_refused(password: str) -> None:
    with pytest.raises(Refusal, match="between 12 and 200") as caught:
        hash_password(password)
    assert caught.value.field == "password"


@pytest.mark.parametrize("password", ["a" * SHORTEST, "é" * LONGEST, "🌍" * SHORTEST, "a\x00" * SHORTEST])
def test_any_text_of_the_right_length_is_a_password(password: str) -> None:
    assert matches(password, hash_password(password))


def test_what_is_no_text_is_no_password() -> None:
    with pytest.raises(Refusal, match="no text"):
        hash_password("\udcff" * SHORTEST)
    assert not matches("\udcff", hash_password("a" * SHORTEST))


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$broken", "sha256:abc"])
def test_no_password_belongs_to_what_is_no_hash(hashed: str) -> None:
    assert not matches("three random words", hashed)


def test_a_password_that_runs_over_does_not_pass_for_its_beginning() -> None:
    hashed = hash_password("a" * LONGEST)
    assert not matches("a" * LONGEST + "b", hashed)


def test_wasting_time_says_nothing() -> None:
    waste_time("anything")
