"""The rhythm of the example: who met when, what was said, rated and promised, and when it was logged."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random
from types import MappingProxyType
from typing import Final

from register.exchange.example.accounts import Narrator, said_together
from register.exchange.example.days import recording, working_day
from register.exchange.example.opinions import MOODS, level_of, readings
from register.exchange.example.outlines import Outline, Rhythm, team_of
from register.exchange.example.phrases import CORRECTIONS
from register.exchange.example.promises import Promises
from register.exchange.example.records import Contact, Correction, Interaction, Reading

KINDS: Final = MappingProxyType({
    "shared_service": ("meeting",) * 8 + ("call",) * 5 + ("board",) * 4 + ("workshop",) * 2 + ("review",),
    "commissioning": ("meeting",) * 9 + ("call",) * 6 + ("site_visit",) * 2 + ("review",) * 2,
    "multi_agency": ("meeting",) * 8 + ("board",) * 6 + ("workshop",) * 3 + ("call",) * 2 + ("review",),
    "community_codesign": ("codesign",) * 7 + ("site_visit", "meeting", "review"),
    "internal": ("meeting",) * 6 + ("call",) * 3 + ("workshop",) * 2,
})
WHOLE: Final = frozenset({"board", "review", "codesign", "workshop"})
"""Kinds to which everybody comes."""
COMES: Final = 0.75
"""How often an organisation comes to another kind."""
SINGLE_COMES, BOTH_COME = 0.45, 0.5
"""How often the only contact of an organisation is named, and how often two come together."""
LEAD_RECORDS: Final = 0.55
OUT, BACK, ACROSS = 0.8, 0.75, 1.5
"""How often the first organisation rates another, and another it; others rate about one and a half of the rest."""
LATE: Final = 0.06
CORRECTED: Final = 0.018


def told_days(rhythm: Rhythm, random: Random) -> list[int]:
    """Return how many days ago something happened, oldest first; nothing inside the silences.

    Example: `every=30, first=90, last=3` gives about 90, 61, 29.
    """
    days, at = [], float(rhythm.first - random.random() * rhythm.every / 2)
    while at >= rhythm.last:
        if not any(end < at < start for start, end in rhythm.silences):
            days.append(int(at))
        at -= rhythm.every * random.uniform(0.65, 1.35)
    return days


class Diary:
    """Makes the generated interactions of one partnership."""

    def __init__(self, outline: Outline, contacts: tuple[Contact, ...], today: date, random: Random) -> None:
        self._outline = outline
        self._today = today
        self._random = random
        self._last_day = today - timedelta(outline.closed[0] if outline.closed else 0)
        self._contacts = [one for one in contacts if not outline.faces or one.key in outline.faces]
        self._narrator = Narrator(outline, random)
        self._promises = Promises(outline, today, random)

    def interactions(self, oldest: int) -> list[Interaction]:
        """Return those of at most `oldest` days ago, the oldest first, with keys still to be given."""
        rhythm = self._outline.rhythm
        if rhythm is None:
            return []
        days = [days for days in told_days(rhythm, self._random) if days <= oldest]
        return [self._interaction(rhythm, days_ago) for days_ago in days]

    def _interaction(self, rhythm: Rhythm, days: int) -> Interaction:
        held_on = working_day(self._today - timedelta(max(days, 2)))
        kind = self._random.choice(KINDS[self._outline.kind])
        hub, others = self._outline.roles[0][0], self._others(kind)
        present = [hub, *others]
        mood = self._random.choice(MOODS[level_of(self._outline, hub, self._random.choice(others), days)])
        recorded_at = recording(held_on, self._delay(), self._last_day, self._random)
        return self._maybe_corrected(Interaction(
            key="",
            partnership=self._outline.key,
            kind=kind,
            held_on=held_on,
            account=self._narrator.account(kind, others, self._speaker(others, held_on), mood),
            organisations=tuple(present),
            contacts=self._faces(present, held_on),
            recorded_by=self._recorder(),
            recorded_at=recorded_at,
            readings=self._rated(present, days, kind) if self._random.random() < rhythm.rated else (),
            commitments=self._promises.made(present, held_on),
        ), others)

    def _others(self, kind: str) -> list[str]:
        others = [key for key, _ in self._outline.roles[1:]]
        if kind == "call":
            return [self._random.choice(others)]
        came = [key for key in others if kind in WHOLE or self._random.random() < COMES]
        return came or [self._random.choice(others)]

    def _rated(self, present: list[str], days: int, kind: str) -> tuple[Reading, ...]:
        most = 4 if kind == "review" else 2
        return readings(self._outline, self._pairs(present, kind), days, most, self._random)

    def _pairs(self, present: list[str], kind: str) -> list[tuple[str, str]]:
        hub = present[0]
        across = min(BACK, ACROSS / (len(self._outline.roles) - 1))
        pairs = []
        for rater, ratee in permutations(present, 2):
            share = OUT if rater == hub else BACK if ratee == hub else across
            if kind == "review" or self._random.random() < share:
                pairs.append((rater, ratee))
        return pairs

    def _there(self, organisation: str, held_on: date) -> list[Contact]:
        return [
            one for one in self._contacts
            if one.organisation == organisation and (one.left_on is None or one.left_on >= held_on)
        ]

    def _speaker(self, others: list[str], held_on: date) -> Contact:
        return self._random.choice([one for key in others for one in self._there(key, held_on)])

    def _faces(self, present: list[str], held_on: date) -> tuple[str, ...]:
        """Return which contacts came: always the same where all rests on them, else now this one, now that."""
        there = [self._there(key, held_on) for key in present]
        if self._outline.faces:
            return tuple(one.key for ones in there for one in ones)
        return tuple(one.key for ones in there for one in self._some(ones))

    def _some(self, ones: list[Contact]) -> list[Contact]:
        if len(ones) == 1:
            return ones if self._random.random() < SINGLE_COMES else []
        return ones if self._random.random() < BOTH_COME else [self._random.choice(ones)]

    def _recorder(self) -> str:
        first, *others = team_of(self._outline)
        if self._outline.faces or self._random.random() < LEAD_RECORDS:
            return first
        return self._random.choice(others)

    def _delay(self) -> int:
        return self._random.randint(21, 55) if self._random.random() < LATE else self._random.choice((0, 0, 0, 1, 1, 2,
                                                                                                      3))

    def _maybe_corrected(self, interaction: Interaction, others: list[str]) -> Interaction:
        recorded_on = interaction.recorded_at.date()
        if self._random.random() > CORRECTED or recorded_on > self._today - timedelta(30):
            return interaction
        addition, reason = self._random.choice(CORRECTIONS)
        return replace(interaction, correction=Correction(
            f"{interaction.account} {addition.format(other=said_together(others))}", reason,
            recording(recorded_on, self._random.randint(3, 20), self._today, self._random), interaction.recorded_by,
        ))
