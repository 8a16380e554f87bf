"""What people do with promises: make them with a date, and say what became of them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from register.accounts.models import Person
from register.clock import Clocks, now, today
from register.database import db
from register.history.recording import recorded
from register.interactions.kinds import OUTCOME_BY_KEY
from register.interactions.models import Commitment, Settlement
from register.partnerships.lookups import participations
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.text import line, required
from register.trust.changes import NewEvidence, add_evidence, withdraw_evidence

FURTHEST = timedelta(days=366 * 10)
"""A promise for more than ten years ahead is a slip of the keyboard."""


class NewCommitment(NamedTuple):
    """A promise to keep a record of, as typed."""

    promisor_id: int
    promisee_id: int
    what: str | None
    due_on: date | None


Promise = Commitment | Row[*tuple[Any, ...]]
"""A promise: a whole row, or its columns by the same names."""


def make_commitments(
    by: Person, partnership: Partnership, commitments: Sequence[NewCommitment], *, made_on: date,
    interaction_id: int | None = None, replaces_id: int | None = None,
) -> list[Commitment]:
    """Keep promises made on a day. Refuses one without words, without a date, or between others than partners.

    The field of a refusal is "commitments-0-what" for the words of the first promise; see `check_commitments`.
    """
    partners = {row.organisation_id for row in participations([partnership.id], Clocks(made_on))}
    checked = check_commitments(commitments, partners=partners, made_on=made_on)
    rows = [
        Commitment(
            partnership_id=partnership.id, interaction_id=interaction_id, made_on=made_on, replaces_id=replaces_id,
            recorded_at=now(), recorded_by_id=by.id, **promise._asdict(),
        )
        for promise in checked
    ]
    with recorded(by.actor, "commitment:made"):
        db.session.add_all(rows)
    return rows


def check_commitments(
    commitments: Sequence[NewCommitment], *, partners: Collection[int], made_on: date,
) -> list[NewCommitment]:
    """Return promises with their words cleaned, or refuse the first thing that cannot be kept.

    `partners` are the organisations that took part on the day. The fields of a refusal are "commitments-0-who",
    "commitments-0-what" and "commitments-0-due_on" for the first promise.
    """
    checked = []
    for number, promise in enumerate(commitments):
        check_who(promise, partners, f"commitments-{number}-who")
        what = check_what(promise.what, f"commitments-{number}-what")
        due_on = check_due(promise.due_on, made_on, f"commitments-{number}-due_on")
        checked.append(promise._replace(what=what, due_on=due_on))
    return checked


def check_who(promise: NewCommitment, partners: Collection[int], field: str) -> None:
    """Refuse a promise that is not by one partner to another."""
    if not {promise.promisor_id, promise.promisee_id} <= set(partners) or promise.promisor_id == promise.promisee_id:
        message = "Choose who promised: one partner to another."
        raise Refusal(message, field)


def check_what(what: str | None, field: str) -> str:
    """Return the words of a promise cleaned; refuses none."""
    return required(line(what, field, "What was promised"), field, "Say what was promised.")


def check_due(due_on: date | None, made_on: date, field: str) -> date:
    """Return the day a promise is due; refuses none, one before it was made, and one too far ahead."""
    if due_on is None:
        message = "Give the promise a date: a promise without a date cannot be kept."
        raise Refusal(message, field)
    if due_on < made_on:
        message = "The promise’s date must be on or after the day it was made."
        raise Refusal(message, field)
    if due_on > made_on + FURTHEST:
        message = "The promise’s date must be within ten years. Check the year."
        raise Refusal(message, field)
    return due_on


def settle_commitment(
    by: Person, partnership: Partnership, commitment: Commitment, outcome: str, *, settled_on: date | None,
    note: str | None = None, new_due_on: date | None = None, new_what: str | None = None,
) -> Settlement:
    """Say what became of a promise; it counts as evidence of the promisee about the promisor.

    Kept counts 1, late one half, broken 0; renegotiated and withdrawn count nothing. A renegotiated promise gets a
    successor with `new_due_on`. Settling again supersedes the earlier settlement and needs a note that says why.
    """
    ended = OUTCOME_BY_KEY.get(outcome)
    if ended is None:
        message = "Choose what became of it: kept, late, broken, renegotiated or withdrawn."
        raise Refusal(message, "outcome")
    lock_promises([commitment.id])
    earlier = live_settlement(commitment.id)
    checked_note = line(note, "note", "The note")
    if earlier is not None:
        required(checked_note, "note", "Say why the earlier answer is changed.")
    day = checked_day(commitment, outcome, settled_on)
    at = now()
    settlement = Settlement(
        partnership_id=commitment.partnership_id, commitment_id=commitment.id, outcome=outcome, settled_on=day,
        note=checked_note, recorded_at=at, recorded_by_id=by.id, superseded_at=None,
    )
    action = "settlement:changed" if earlier else "settlement:made"
    with recorded(by.actor, action, checked_note if earlier else None):
        if earlier is not None:
            earlier.superseded_at = at
            withdraw_evidence(partnership, source_of(commitment))
        db.session.add(settlement)
        db.session.flush()
        if ended.good is not None:
            add_evidence(partnership, source_of(commitment), [evidence_of(commitment, day, ended.good)])
        if outcome == "renegotiated":
            successor = NewCommitment(
                commitment.promisor_id, commitment.promisee_id, new_what or commitment.what, new_due_on,
            )
            _make_successor(by, partnership, commitment, successor, day)
    return settlement


def reinstate_answer(
    partnership: Partnership, commitment: Commitment, mistaken: Settlement, former: Settlement | None
) -> None:
    """Take an answer back; the former one stands again, or without one the promise is open. Within a recorded act."""
    lock_promises([commitment.id])
    mistaken.superseded_at = now()
    withdraw_evidence(partnership, source_of(commitment))
    if former is None:
        return
    db.session.add(Settlement(
        partnership_id=commitment.partnership_id, commitment_id=commitment.id, outcome=former.outcome,
        settled_on=former.settled_on, note=former.note, recorded_at=mistaken.superseded_at,
        recorded_by_id=former.recorded_by_id, superseded_at=None,
    ))
    db.session.flush()
    good = OUTCOME_BY_KEY[former.outcome].good
    if good is not None:
        add_evidence(partnership, source_of(commitment), [evidence_of(commitment, former.settled_on, good)])


def _make_successor(
    by: Person, partnership: Partnership, commitment: Commitment, successor: NewCommitment, day: date,
) -> None:
    """Make the promise that a renegotiated one becomes; a refusal names the inputs of the answer: "new_due_on"."""
    try:
        make_commitments(by, partnership, [successor], made_on=day, replaces_id=commitment.id)
    except Refusal as refusal:
        part = (refusal.field or "").rpartition("-")[2]
        raise Refusal(refusal.message, "outcome" if part == "who" else f"new_{part}") from refusal


def source_of(commitment: Promise) -> str:
    """Return how evidence names the promise it came from."""
    return f"commitment:{commitment.id}"


def lock_promises(ids: Sequence[int]) -> None:
    """Let nobody else answer some promises until this transaction ends: of two answers at once, one sees the other.

    It comes before the turn of those who write sums, so that no two wait for one another. On SQLite there is one writer
    at a time anyway.
    """
    asked = select(Commitment.id).where(Commitment.id.in_(ids)).order_by(Commitment.id)
    db.session.execute(asked.with_for_update(key_share=True))


def live_settlement(commitment_id: int) -> Settlement | None:
    """Return the settlement that stands, None while the promise is open."""
    return db.session.scalar(select(Settlement).where(
        Settlement.commitment_id == commitment_id, Settlement.superseded_at.is_(None),
    ))


def checked_day(commitment: Promise, outcome: str, settled_on: date | None) -> date:
    """Return the day of an answer, or refuse one missing, to come, before the promise or against its outcome."""
    if settled_on is None:
        message = "Enter the day."
        raise Refusal(message, "settled_on")
    if settled_on > today():
        message = "The day must be today or earlier."
        raise Refusal(message, "settled_on")
    if settled_on < commitment.made_on:
        message = f"The day must be on or after {commitment.made_on:%-d %B %Y}, when the promise was made."
        raise Refusal(message, "settled_on")
    if outcome == "kept" and settled_on > commitment.due_on:
        message = f"It was due on {commitment.due_on:%-d %B %Y}: done after that day is kept late."
        raise Refusal(message, "outcome")
    if outcome == "late" and settled_on <= commitment.due_on:
        message = f"It was due on {commitment.due_on:%-d %B %Y}: kept by then is kept, not late."
        raise Refusal(message, "outcome")
    return settled_on


def evidence_of(commitment: Promise, day: date, good: float) -> NewEvidence:
    """Return what an answer says of the promisor, as the promisee saw it."""
    return NewEvidence(commitment.promisee_id, commitment.promisor_id, "", day, good, 1 - good, "")
