"""The promises of generated interactions and what became of them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from register.exchange.example.days import next_working_day, recording, working_day
from register.exchange.example.opinions import OUTCOMES, level_of
from register.exchange.example.outlines import Outline, Promise
from register.exchange.example.phrases import NOTES
from register.exchange.example.records import Commitment

MADE = 0.5
"""How often an interaction brings a promise."""
FORGOTTEN = 0.02
"""How many promises nobody has settled yet, though they are due."""
REST = timedelta(40)
"""The same promise is not made again before this long after it was due."""


class Promises:
    """Makes the promises of one partnership."""

    def __init__(self, outline: Outline, today: date, random: Random) -> None:
        self._outline = outline
        self._today = today
        self._random = random
        self._free_from: dict[Promise, date] = {}

    def made(self, present: list[str], held_on: date) -> tuple[Commitment, ...]:
        """Return the promises made by those present on a day: mostly none or one."""
        ready = [
            promise for promise in self._outline.promises
            if promise[0] in present and self._free_from.get(promise, held_on) <= held_on
        ]
        if not ready or self._random.random() > MADE:
            return ()
        promise = self._random.choice(ready)
        promisee = self._promisee(promise[0], present)
        due_on = working_day(held_on + timedelta(self._random.randint(12, 45)))
        self._free_from[promise] = due_on + REST
        return (self._settled(Commitment(promise[0], promisee, promise[1], due_on), held_on),)

    def _promisee(self, promisor: str, present: list[str]) -> str:
        hub = self._outline.roles[0][0]
        if promisor != hub and hub in present:
            return hub
        return self._random.choice([one for one in present if one != promisor])

    def _settled(self, promise: Commitment, held_on: date) -> Commitment:
        level = level_of(self._outline, promise.promisee, promise.promisor, (self._today - promise.due_on).days)
        outcome = self._random.choice(OUTCOMES["sound" if level == "unrated" else level])
        settled_on = self._settled_on(outcome, promise.due_on, held_on)
        is_forgotten = self._random.random() < FORGOTTEN and settled_on > self._today - timedelta(150)
        if is_forgotten or settled_on >= self._today:
            return promise
        return replace(
            promise,
            outcome=outcome,
            settled_on=settled_on,
            settled_at=recording(settled_on, self._random.randint(0, 3), self._today, self._random),
            note=self._random.choice(NOTES[outcome]) or None,
            new_due_on=next_working_day(settled_on + timedelta(42)) if outcome == "renegotiated" else None,
        )

    def _settled_on(self, outcome: str, due_on: date, held_on: date) -> date:
        if outcome in ("late", "broken"):
            return next_working_day(due_on + timedelta(self._random.randint(2, 14)))
        return max(held_on, working_day(due_on - timedelta(self._random.randint(0, 6))))
