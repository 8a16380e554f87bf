"""Passwords: argon2id, at a cost that keeps guessing slow and signing in quick."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from register.refusals import Refusal

SHORTEST = 12
"""Characters: the least that the National Cyber Security Centre's "three random words" gives."""
LONGEST = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""OWASP's recommended argon2id setting: 19 MiB, two passes, one lane."""


def hash_password(password: str) -> str:
    """Return the hash to keep. Refuses passwords that are too short or too long, or no text."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"The password must have between {SHORTEST} and {LONGEST} characters."
        raise Refusal(message, "password")
    try:
        return _hasher.hash(password)
    except UnicodeEncodeError as error:
        message = "The password has characters that are no text."
        raise Refusal(message, "password") from error


def matches(password: str, hashed: str) -> bool:
    """Say whether a password belongs to a hash."""
    try:
        return _hasher.verify(hashed, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def waste_time(password: str) -> None:
    """Spend what checking a password costs, so that an unknown address answers no sooner than a known one."""
    matches(password, _hash_of_nothing())


@lru_cache(maxsize=1)
def _hash_of_nothing() -> str:
    """Return a hash that no password matches, made once when first needed: hashing at import would slow every start."""
    return _hasher.hash(secrets.token_hex())
