"""What is kept in memory: found again, made once, forgotten before there is too much of it."""

from register.network.version_lookups import Version
from register.web.network_facts import Kept

SEEN = Version("a1", 1, ())
NOTHING = Version("", 0, ())


def made(kept: Kept[str], version: Version, key: str) -> bool:
    """Say whether something had to be made."""
    calls: list[str] = []

    def make() -> str:
        calls.append(key)
        return key

    assert kept.get(version, key, make) == key
    return bool(calls)


def test_what_was_made_of_a_version_is_found_again() -> None:
    kept: Kept[str] = Kept(10, len)

    assert made(kept, SEEN, "x")
    assert not made(kept, SEEN, "x")
    assert made(kept, SEEN._replace(last_entry="b2"), "x")


def test_the_least_lately_asked_for_goes_first() -> None:
    kept: Kept[str] = Kept(2, len)
    for key in ("x", "y", "x", "z"):
        made(kept, SEEN, key)

    assert [made(kept, SEEN, key) for key in ("x", "z")] == [False, False]
    assert made(kept, SEEN, "y")


def test_what_is_too_large_is_kept_alone() -> None:
    kept: Kept[str] = Kept(2, len)
    made(kept, SEEN, "x")
    made(kept, SEEN, "a long one")

    assert not made(kept, SEEN, "a long one")
    assert made(kept, SEEN, "x")


def test_nothing_is_kept_before_anything_is_in_the_history() -> None:
    kept: Kept[str] = Kept(10, len)

    assert made(kept, NOTHING, "x")
    assert made(kept, NOTHING, "x")
