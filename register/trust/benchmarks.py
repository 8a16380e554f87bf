"""What others found when they asked: context for a reader, never a target."""

from typing import Final, NamedTuple

SOURCE: Final = "Institute of Leadership & Management, Index of Leadership Trust 2014"


class Benchmark(NamedTuple):
    """One figure of a survey."""

    name: str
    percent: int


NET_HIGH_TRUST: Final = (
    Benchmark("Third sector", 46),
    Benchmark("Private sector", 45),
    Benchmark("Public sector", 29),
    Benchmark("Central and local government", 10),
)
"""How many more say that trust is high than that it is low, in points of 100, by where they work."""

DRIVERS: Final = (
    Benchmark("Openness", 70),
    Benchmark("Communication", 53),
    Benchmark("Decisions", 49),
    Benchmark("Integrity", 48),
    Benchmark("Competence", 42),
)
"""How many in 100 named each as driving trust: the first five."""
