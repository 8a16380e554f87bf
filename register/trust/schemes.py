"""What trust is made of: each scheme is a row, and so is each of its determinants."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from register.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Determinant:
    """One of the things that trust is made of, asked as a plain question.

    Example: `determinant_of("ilm:openness").question` is "Do they tell us what we need, early?".
    """

    key: str
    """With its scheme, such as "ilm:openness"; this is what readings keep."""
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A published way of taking trust apart, with its source."""

    key: str
    name: str
    source: str
    determinants: tuple[Determinant, ...]


ILM = Scheme(
    "ilm",
    "Six determinants of trust",
    "Institute of Leadership & Management, Index of Leadership Trust",
    (
        Determinant("ilm:ability", "Ability", "Can they do what they take on?"),
        Determinant("ilm:understanding", "Understanding", "Do they see our position?"),
        Determinant("ilm:fairness", "Fairness", "Do they share gain and pain?"),
        Determinant("ilm:openness", "Openness", "Do they tell us what we need, early?"),
        Determinant("ilm:integrity", "Integrity", "Do they mean what they say?"),
        Determinant("ilm:consistency", "Consistency", "Same conduct each time?"),
    ),
)

DEMOS = Scheme(
    "demos",
    "Trust between communities and those who serve them",
    "Demos, State of Trust",
    (
        Determinant("demos:service_quality", "Service quality", "Is what they provide any good?"),
        Determinant(
            "demos:personal_interactions",
            "Quality of personal interactions",
            "Do they treat people with respect, face to face?",
        ),
        Determinant(
            "demos:fairness_of_decisions",
            "Fairness of decisions",
            "Do they decide fairly, and hear people first?",
        ),
    ),
)

COVEY = Scheme(
    "covey",
    "Character and competence",
    "Stephen M. R. Covey, The Speed of Trust",
    (
        Determinant("covey:character", "Character", "Are they honest, and do they mean well by us?"),
        Determinant("covey:competence", "Competence", "Are they able, and do they get results?"),
    ),
)

SCHEMES: Final = (ILM, DEMOS, COVEY)

SCORES: Final[Mapping[int, str]] = MappingProxyType({1: "Very poor", 2: "Poor", 3: "Fair", 4: "Good", 5: "Very good"})
"""The five answers to a determinant's question. "Fair" is an answer; a determinant that was not rated has none."""

SCHEME_OF_KIND: Final[Mapping[str, str]] = MappingProxyType({"community_codesign": "demos"})
"""Kinds of partnership that ask in a scheme of their own; all others ask the six."""

_SCHEMES: Final = {scheme.key: scheme for scheme in SCHEMES}
_DETERMINANTS: Final = {determinant.key: determinant for scheme in SCHEMES for determinant in scheme.determinants}


def scheme_of(key: str) -> Scheme:
    """Return the scheme with this key, such as "ilm", or that of a determinant's key, such as "ilm:openness"."""
    scheme = _SCHEMES.get(key.partition(":")[0])
    if scheme is None:
        raise Refusal(f"There is no scheme of determinants called “{key}”.")
    return scheme


def determinant_of(key: str) -> Determinant:
    """Return the determinant with this key, such as "ilm:openness"."""
    determinant = _DETERMINANTS.get(key)
    if determinant is None:
        raise Refusal(f"There is no determinant called “{key}”.")
    return determinant


def scheme_for_kind(kind_key: str) -> Scheme:
    """Return the scheme in which a kind of partnership is asked, such as Demos's three for community co-design."""
    return _SCHEMES[SCHEME_OF_KIND.get(kind_key, ILM.key)]
