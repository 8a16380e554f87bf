"""Covey's two as the summary of the six: what a partner is like, and what a partner can do.

Stephen M. R. Covey's "The Speed of Trust" names four cores. Integrity and intent make character; capabilities and
results make competence. Fairness (sharing gain and pain) and openness (telling early) are what intent looks like from
outside, so with integrity they are character. Ability is capability; consistency (the same conduct each time) is what
results are made of; understanding somebody's position is a skill that is learnt, and with the two it is competence.

The summary is the mean of the evidence of those that were rated, so a determinant that was never rated adds nothing,
and one that was rated often speaks louder.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from register.trust.figure import Standing, standing

SUMMARY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "covey:character": ("ilm:integrity", "ilm:fairness", "ilm:openness"),
    "covey:competence": ("ilm:ability", "ilm:consistency", "ilm:understanding"),
})
"""Which of the six each of the two sums up."""


def summed_up(parts: Mapping[str, Standing], lent: float) -> dict[str, Standing]:
    """Return the two, each from the evidence of its determinants; one without any is not there.

    Their evidence is averaged and not added: a meeting that rated three of them is one meeting still.
    """
    found = {}
    for key, determinants in SUMMARY.items():
        some = [parts[determinant] for determinant in determinants if determinant in parts]
        if some:
            good = sum(part.good for part in some) / len(some)
            bad = sum(part.bad for part in some) / len(some)
            found[key] = standing(good, bad, lent)
    return found
