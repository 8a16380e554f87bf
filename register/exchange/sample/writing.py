"""Writing a made-up register: what happened is logged week by week, at the end of the week."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from register.accounts.models import Person
from register.clock import pretending
from register.database import db
from register.exchange.sample.founding import add_people, found_organisations, found_partnerships
from register.exchange.sample.sizes import Size
from register.exchange.sample.telling import Told, answer, entry
from register.history.recording import seal_recorded
from register.interactions.answer_changes import Answer, settle_commitments
from register.interactions.commitment_lookups import promises_made_in
from register.interactions.logbook import log_interactions
from register.trust.model_changes import keep_released_model

WEEKS = 260
"""Five years."""
FRIDAY = 4


def write(size: Size, seed: int, today: date, password: str) -> Iterator[int]:
    """Write a made-up register into an empty one; yield after each week how many interactions were logged in it.

    The same seed on the same day tells the same. Flushes and seals, never commits: whoever asks may do so at each week.
    """
    random = Random(seed)
    last = today - timedelta(days=(today.weekday() - FRIDAY) % 7 or 7)
    began = last - timedelta(days=FRIDAY + 7 * (WEEKS - 1))
    with pretending(_evening(began)):
        keep_released_model()
        officers = add_people(password)
        founded = found_organisations("register", size, random)
        told = list(found_partnerships(officers, founded, size, began, random))
        seal_recorded(db.session())
    yield 0
    diary = Diary(officers, told, random)
    for week in range(WEEKS):
        monday = began + timedelta(days=7 * week)
        count = size.interactions // WEEKS + (week < size.interactions % WEEKS)
        with pretending(_evening(monday + timedelta(days=FRIDAY))):
            diary.keep(monday, count)
            seal_recorded(db.session())
        yield count


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


class Diary:
    """What the officers log, week by week."""

    def __init__(self, officers: Sequence[Person], told: Sequence[Told], random: Random) -> None:
        self._officers = officers
        self._told = told
        # Some partnerships meet ten times as often as others.
        self._often = list(accumulate(random.lognormvariate(0, 0.8) for _ in told))
        self._answers: defaultdict[date, list[tuple[int, Answer]]] = defaultdict(list)
        self._random = random

    def keep(self, monday: date, count: int) -> None:
        """Log so many interactions of a week, and say what became of the promises that were settled in it."""
        chosen = self._random.choices(range(len(self._told)), cum_weights=self._often, k=count)
        friday = monday + timedelta(days=FRIDAY)
        settled = self._answers.pop(friday, [])
        for number, officer in enumerate(self._officers):
            if answers := [one for whose, one in settled if whose == number]:
                settle_commitments(officer, answers)
            entries = [
                entry(self._told[place], monday + timedelta(days=self._random.randint(0, FRIDAY)), self._random)
                for place in chosen if place % len(self._officers) == number
            ]  # fmt: skip
            for promise in promises_made_in(log_interactions(officer, entries)) if entries else ():
                self._note(number, answer(promise.id, promise.made_on, promise.due_on, self._random), friday)

    def _note(self, number: int, found: Answer | None, friday: date) -> None:
        """Keep an answer for the first Friday on or after its day."""
        if found is not None and found.settled_on is not None:
            day = max(found.settled_on, friday + timedelta(days=1))
            self._answers[day + timedelta(days=(FRIDAY - day.weekday()) % 7)].append((number, found))
