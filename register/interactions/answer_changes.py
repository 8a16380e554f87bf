"""Answering very many promises: the rules, rows, history and sums of `settle_commitment`, in few statements."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.database.rows import set_aside_ids, table_of, uncollected
from register.history.ledger import ledger_of
from register.history.new_rows import NewRows, record_rows
from register.interactions.commitment_changes import Promise, checked_day, evidence_of, lock_promises, source_of
from register.interactions.kinds import OUTCOME_BY_KEY
from register.interactions.models import Commitment, Settlement
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.text import line
from register.trust.inflow_changes import Inflow, Sourced

AT_ONCE = 500
"""Promises asked for in one question: below the limits of both databases."""
SETTLEMENT = table_of(Settlement)
NAMES = (
    "id", "partnership_id", "commitment_id", "outcome", "settled_on", "note", "recorded_at", "recorded_by_id",
    "superseded_at",
)
Open = Row[*tuple[Any, ...]]
"""A promise that nobody answered, and whether its partnership is restricted."""


class Answer(NamedTuple):
    """What became of a promise, as typed."""

    commitment_id: int
    outcome: str
    settled_on: date | None
    note: str | None = None


class AnswerRefusal(Refusal):
    """A refusal of one of many answers; `answer` is its number, from 1."""

    def __init__(self, answer: int, refusal: Refusal) -> None:
        super().__init__(f"Answer {answer}: {refusal.message}", refusal.field)
        self.answer = answer
        self.refusal = refusal


def settle_commitments(by: Person, answers: Sequence[Answer]) -> None:
    """Say what became of promises that nobody answered before, all in this transaction and in the order given.

    Raises AnswerRefusal at the first that cannot be kept, before anything is written.
    """
    ids = sorted({answer.commitment_id for answer in answers})
    for start in range(0, len(ids), AT_ONCE):
        lock_promises(ids[start : start + AT_ONCE])
    promises = dict(_open_promises(ids))
    checked = list(_checked(answers, promises))
    inflow, at = Inflow(), now()
    with ledger_of(db.session()).whole_or_spoilt(), uncollected():
        for start in range(0, len(checked), AT_ONCE):
            _settle(by, checked[start : start + AT_ONCE], promises, inflow, at)
        inflow.keep(row.partnership_id for row in promises.values() if row.is_restricted)


def _open_promises(ids: Sequence[int]) -> Iterator[tuple[int, Open]]:
    live = select(Settlement.id).where(Settlement.commitment_id == Commitment.id, Settlement.superseded_at.is_(None))
    for start in range(0, len(ids), AT_ONCE):
        asked = (
            select(*table_of(Commitment).columns, Partnership.is_restricted)
            .join(Partnership, Partnership.id == Commitment.partnership_id)
            .where(Commitment.id.in_(ids[start : start + AT_ONCE]), ~live.exists())
        )
        for row in db.session.execute(asked):
            yield row.id, row


def _checked(answers: Sequence[Answer], promises: Mapping[int, Open]) -> Iterator[Answer]:
    seen: set[int] = set()
    for number, answer in enumerate(answers, 1):
        try:
            if answer.commitment_id in seen or answer.commitment_id not in promises:
                message = "There is no such promise, or it was answered before."
                raise Refusal(message, "commitment_id")
            yield _check(answer, promises[answer.commitment_id])
        except Refusal as refusal:
            raise AnswerRefusal(number, refusal) from refusal
        seen.add(answer.commitment_id)


def _check(answer: Answer, promise: Promise) -> Answer:
    """Return an answer with its note cleaned, or refuse what cannot be kept of it."""
    if answer.outcome not in OUTCOME_BY_KEY or answer.outcome == "renegotiated":
        message = "Choose what became of it: kept, late, broken or withdrawn. A renegotiated one is answered alone."
        raise Refusal(message, "outcome")
    note = line(answer.note, "note", "The note")
    return answer._replace(settled_on=checked_day(promise, answer.outcome, answer.settled_on), note=note)


def _settle(
    by: Person, answers: Sequence[Answer], promises: Mapping[int, Open], inflow: Inflow, at: datetime,
) -> None:
    """Write checked answers."""
    ids = set_aside_ids(db.session.connection(), SETTLEMENT, len(answers))
    rows = [
        (key, promises[one.commitment_id].partnership_id, one.commitment_id, one.outcome, one.settled_on, one.note, at,
         by.id, None)
        for key, one in zip(ids, answers, strict=True)
    ]  # fmt: skip
    evidence = inflow.rows(list(_evidence(answers, promises)), at)
    record_rows(by.actor, "settlement:made", [NewRows(SETTLEMENT, NAMES, rows, range(len(rows))), evidence])


def _evidence(answers: Sequence[Answer], promises: Mapping[int, Open]) -> Iterator[Sourced]:
    for act, answer in enumerate(answers):
        good, promise = OUTCOME_BY_KEY[answer.outcome].good, promises[answer.commitment_id]
        if good is not None and answer.settled_on is not None:
            piece = evidence_of(promise, answer.settled_on, good)
            yield Sourced(act, promise.partnership_id, source_of(promise), piece)
