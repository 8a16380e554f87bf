"""A published figure worked out again from its stored inputs, step by step, by arithmetic of its own.

It repeats the formulas of the guidance and not the code of the figure: two programs that agree are worth more than one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

CLOSE: Final = 1e-9
"""Sums that are kept and added to differ in their last digits from sums made at once."""


class Input(NamedTuple):
    """One piece of evidence as it is stored."""

    held_on: date
    good: float
    bad: float
    rater_key: str
    source: str


class Unit(NamedTuple):
    """Pieces of one rater and day, which share one unit of weight."""

    held_on: date
    pieces: int
    good: float
    bad: float
    weight: float
    """What is left of one unit on the day."""
    source: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The whole working."""

    units: tuple[Unit, ...]
    good: float
    bad: float
    network_good: float
    network_bad: float
    network: float
    elsewhere_good: float
    elsewhere_bad: float
    lent: float
    figure: float


def units_of(inputs: Iterable[Input], on: date, half_life: float) -> list[Unit]:
    """Return inputs by the unit of weight they share, oldest first; promises share with nothing."""
    shared: dict[tuple[date, str], list[Input]] = {}
    for place, one in enumerate(inputs):
        shared.setdefault((one.held_on, one.rater_key or f"#{place}"), []).append(one)
    return [
        Unit(
            held_on, len(some), sum(one.good for one in some) / len(some), sum(one.bad for one in some) / len(some),
            2.0 ** (-(on - held_on).days / half_life), some[0].source,
        )
        for (held_on, _), some in sorted(shared.items())
    ]


def _worth(units: Sequence[Unit]) -> tuple[float, float]:
    return sum(unit.good * unit.weight for unit in units), sum(unit.bad * unit.weight for unit in units)


def worked_out(
    own: Sequence[Input], others: Sequence[Sequence[Input]], network: tuple[float, float],
    on: date, constants: Mapping[str, float],
) -> Sum:
    """Return the figure of a relationship on a day.

    `own` is its evidence; `others` that of other open relationships about the same organisation, each by itself;
    `network` what that of every open relationship comes to, see `added_up`. `constants` are those of the model.
    """
    strength, borrowed = constants["prior_strength"], constants["prior_half_life_days"]
    drawn = constants["counterpart_strength"]
    units = units_of(own, on, constants["half_life_days"])
    good, bad = _worth(units)
    network_good, network_bad = network
    share = (network_good + 1) / (network_good + network_bad + 2)
    there_good, there_bad = added_up(others, on, borrowed)
    lent = (there_good + drawn * share) / (there_good + there_bad + drawn)
    return Sum(
        tuple(units), good, bad, network_good, network_bad, share, there_good, there_bad, lent,
        (good + strength * lent) / (good + bad + strength),
    )


def added_up(groups: Iterable[Sequence[Input]], on: date, half_life: float) -> tuple[float, float]:
    """Return the good and bad evidence of several relationships together, aged."""
    sums = [_worth(units_of(group, on, half_life)) for group in groups]
    return sum(good for good, _ in sums), sum(bad for _, bad in sums)


def is_equal(one: float, other: float) -> bool:
    """Say whether two figures are the same but for the last digits."""
    return abs(one - other) <= CLOSE
