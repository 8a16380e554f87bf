"""Which of a population a random sample takes: anybody who knows the seed takes the same ones, with any program.

Method: each record has the number that SHA-256 gives of "seed:kind:id"; the sample are those with the smallest numbers.
So a sample depends on nothing but the seed and the population, and a record that joins moves at most one.

Example: `echo -n "7:interaction:12" | sha256sum` is the number of interaction 12 with seed 7.
"""

import hashlib
from collections.abc import Iterable
from heapq import nsmallest

MOST = 200
USUAL = 25


def number_of_record(seed: str, kind: str, record_id: int) -> str:
    """Return a record's number, in hexadecimal."""
    return hashlib.sha256(f"{seed}:{kind}:{record_id}".encode()).hexdigest()


def sample(seed: str, kind: str, population: Iterable[int], size: int) -> list[int]:
    """Return the ids of a sample, smallest number first; all of a population that is no larger."""
    return nsmallest(size, population, key=lambda record_id: number_of_record(seed, kind, record_id))
