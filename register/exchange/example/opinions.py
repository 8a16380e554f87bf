"""How organisations see one another in the example: levels over time, the scores they give, the outcomes they meet."""

from collections.abc import Sequence
from random import Random
from types import MappingProxyType
from typing import Final

from register.exchange.example.organisations import BODIES, COUNCIL
from register.exchange.example.outlines import Level, Outline
from register.exchange.example.phrases import EVIDENCE, Mood
from register.exchange.example.records import Reading
from register.trust.schemes import SCHEME_OF_KIND

SCORES: Final = MappingProxyType({
    "strong": (5, 5, 5, 5, 5, 5, 5, 4),
    "sound": (5, 5, 4, 4, 4, 4, 3),
    "mixed": (4, 4, 3, 3, 3, 2, 2),
    "weak": (3, 2, 2, 2, 2, 1, 1, 1, 1, 1),
})
"""What a rater gives at each level, each as likely as the other."""

OUTCOMES: Final = MappingProxyType({
    "strong": ("kept",) * 24 + ("late",),
    "sound": ("kept",) * 38 + ("late",) * 7 + ("broken",) * 2 + ("renegotiated",) * 2 + ("withdrawn",),
    "mixed": ("kept",) * 9 + ("late",) * 5 + ("broken",) * 4 + ("renegotiated", "withdrawn"),
    "weak": ("kept",) * 2 + ("late",) * 5 + ("broken",) * 11 + ("renegotiated",) * 2,
})

MOODS: Final[MappingProxyType[str, tuple[Mood, ...]]] = MappingProxyType({
    "strong": ("good",) * 9 + ("fair",),
    "sound": ("good",) * 6 + ("fair",) * 4,
    "mixed": ("good", "fair", "fair", "poor"),
    "weak": ("fair", "poor", "poor"),
    "unrated": ("fair",),
})

HIGH, FAIR = 4, 3


def scheme_key(outline: Outline) -> str:
    """Return the scheme of determinants that a partnership uses: "demos" for co-design, "ilm" for others."""
    return SCHEME_OF_KIND.get(outline.kind, "ilm")


def level_of(outline: Outline, rater: str, ratee: str, days_ago: int) -> Level:
    """Return how one organisation saw another so many days ago."""
    for view in outline.views:
        if (view.rater, view.ratee) == (rater, ratee):
            return view.was if view.was is not None and days_ago > view.turned else view.level
    return outline.level if outline.roles[0][0] in (rater, ratee) else outline.across


def voice_of(rater: str) -> str:
    """Return whose voice a reading has: the council and its units speak for themselves, others as they told us."""
    return "own" if rater in COUNTY else "told"


def _county() -> frozenset[str]:
    """Return the council with its units, and their units."""
    within = {COUNCIL}
    for body in BODIES:
        if body.parent in within:
            within.add(body.key)
    return frozenset(within)


COUNTY: Final = _county()


def readings(
    outline: Outline, pairs: Sequence[tuple[str, str]], days_ago: int, most: int, random: Random,
) -> tuple[Reading, ...]:
    """Return scores of one to `most` determinants for each pair that sees the other at all."""
    given: list[Reading] = []
    for rater, ratee in pairs:
        level = level_of(outline, rater, ratee, days_ago)
        if level != "unrated":
            given.extend(_scores(outline, rater, ratee, level, most, random))
    return tuple(given)


def _scores(outline: Outline, rater: str, ratee: str, level: Level, most: int, random: Random) -> list[Reading]:
    scheme = scheme_key(outline)
    asked = [name for name in EVIDENCE if _scheme_of(name) == scheme]
    chosen = random.sample(asked, random.randint(1, min(most, len(asked))))
    return [
        Reading(rater, ratee, voice_of(rater), f"{scheme}:{name}", score, _evidence(outline, name, score, random))
        for name in chosen
        for score in (random.choice(SCORES[level]),)
    ]


def _scheme_of(determinant: str) -> str:
    return "demos" if determinant in ("service_quality", "personal_interactions", "fairness_of_decisions") else "ilm"


def _evidence(outline: Outline, determinant: str, score: int, random: Random) -> str:
    mood: Mood = "good" if score >= HIGH else "fair" if score == FAIR else "poor"
    matter = random.choice(outline.matters)[0]
    sentence = random.choice(EVIDENCE[determinant][mood]).format(matter=matter)
    return sentence[0].upper() + sentence[1:]
