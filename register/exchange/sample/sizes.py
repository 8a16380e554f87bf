"""How large a made-up register is."""

from typing import NamedTuple

from register.refusals import Refusal


class Size(NamedTuple):
    """How many organisations, relationships (each way counts) and interactions a made-up register has."""

    organisations: int
    relationships: int
    interactions: int


SIZES = {"S": Size(2_000, 5_000, 100_000), "L": Size(20_000, 50_000, 1_000_000)}
SMALLEST, LARGEST = 20, 5_000_000


def size_of(word: str) -> Size:
    """Return a size by its letter, or by a number of interactions, with the rest in proportion.

    Example: `size_of("1000")` has 20 organisations, 50 relationships and 1,000 interactions.
    """
    if word.upper() in SIZES:
        return SIZES[word.upper()]
    count = int(word) if word.isascii() and word.isdigit() else 0
    if not SMALLEST <= count <= LARGEST:
        raise Refusal(f"The size is S, L, or a number of interactions from {SMALLEST} to {LARGEST:,}.")
    return Size(max(8, count // 50), max(4, count // 20), count)
