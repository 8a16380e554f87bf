"""Made-up interactions of one partnership: how its partners fare with one another, and what is logged of it."""

from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import NamedTuple

from register.exchange.sample.phrases import PROMISES, SEEN, account
from register.interactions.answer_changes import Answer
from register.interactions.checks import Happening, NewReading, Present
from register.interactions.commitment_changes import NewCommitment
from register.interactions.kinds import BREACH_SCORE
from register.interactions.logbook_lookups import Entry
from register.trust.schemes import SCHEMES

KINDS = (
    ("meeting", 44), ("call", 28), ("workshop", 6), ("site_visit", 6), ("board", 7), ("review", 6), ("incident", 2),
    ("dispute", 1),
)  # fmt: skip
BEST = 5
RATED, PROMISED, EVIDENCED = 0.6, 0.12, 0.4
"""How often somebody is rated, something promised, and what was seen written down."""
OUTCOMES = (("kept", 70), ("late", 14), ("broken", 7), ("", 9))
"""What becomes of promises in a hundred cases; the last ones are never answered."""
DETERMINANTS = {scheme.key: tuple(one.key for one in scheme.determinants) for scheme in SCHEMES}


class Told(NamedTuple):
    """A made-up partnership as it was written, with what nobody can see: how well each serves each."""

    partnership_id: int
    organisation_ids: tuple[int, ...]
    contact_ids: tuple[int, ...]
    """One of each organisation, in the same order."""
    scheme: str
    conduct: dict[tuple[int, int], float]
    """The score of 1 to 5 that a rater tends to give a ratee."""


def conduct(organisation_ids: tuple[int, ...], random: Random) -> dict[tuple[int, int], float]:
    """Return how well each organisation serves each other: most well, some badly."""
    return {pair: 1.2 + 3.6 * random.betavariate(4, 2) for pair in permutations(organisation_ids, 2)}


def entry(told: Told, held_on: date, random: Random) -> Entry:
    """Return an interaction of a partnership on a day, that every rule lets pass."""
    [kind] = random.choices([key for key, _ in KINDS], [share for _, share in KINDS])
    present = [
        Present(organisation_id, contact_id if random.random() < EVIDENCED else None)
        for organisation_id, contact_id in zip(told.organisation_ids, told.contact_ids, strict=True)
    ]
    happening = Happening(kind, held_on, account(kind, random), present, _readings(told, random))
    return Entry(told.partnership_id, happening, _promises(told, held_on, random))


def _readings(told: Told, random: Random) -> list[NewReading]:
    if random.random() >= RATED:
        return []
    rater, ratee = random.sample(told.organisation_ids, 2)
    asked = DETERMINANTS[told.scheme]
    rated = random.sample(asked, min(len(asked), random.choice((1, 1, 2, 3))))
    voice = "own" if rater == told.organisation_ids[0] else "told"
    return [_reading(rater, ratee, one, told.conduct[rater, ratee], voice, random) for one in rated]


def _reading(rater: int, ratee: int, determinant: str, tends_to: float, voice: str, random: Random) -> NewReading:
    score = min(BEST, max(BREACH_SCORE, round(random.gauss(tends_to, 0.8))))
    seen = random.choice(SEEN[score]) if score == BREACH_SCORE or random.random() < EVIDENCED else None
    return NewReading(rater, ratee, determinant, score, seen, voice)


def _promises(told: Told, held_on: date, random: Random) -> list[NewCommitment]:
    if random.random() >= PROMISED:
        return []
    promisor, promisee = random.sample(told.organisation_ids, 2)
    due_on = held_on + timedelta(days=random.randint(7, 60))
    return [NewCommitment(promisor, promisee, random.choice(PROMISES), due_on)]


def answer(commitment_id: int, made_on: date, due_on: date, random: Random) -> Answer | None:
    """Return what becomes of a promise and on which day; None where nobody says."""
    [outcome] = random.choices([key for key, _ in OUTCOMES], [share for _, share in OUTCOMES])
    if not outcome:
        return None
    days = random.randint(1, 30)
    day = max(made_on, due_on - timedelta(days=days % 5)) if outcome == "kept" else due_on + timedelta(days=days)
    return Answer(commitment_id, outcome, day)
