"""Hand-written interactions of the example, put on dates."""

from datetime import date, datetime, timedelta
from random import Random

from register.exchange.example.days import next_working_day, recording, working_day
from register.exchange.example.opinions import scheme_key, voice_of
from register.exchange.example.outlines import Outline, Telling, Vow
from register.exchange.example.records import Commitment, Contact, Correction, Interaction, Reading


def told(outline: Outline, contacts: tuple[Contact, ...], today: date, random: Random) -> list[Interaction]:
    """Return the hand-written interactions of a partnership, with keys still to be given."""
    return [_told(outline, telling, contacts, today, random) for telling in outline.tellings]


def _told(
    outline: Outline, telling: Telling, contacts: tuple[Contact, ...], today: date, random: Random,
) -> Interaction:
    held_on = working_day(today - timedelta(telling.days))
    recorded_at = recording(held_on, telling.recorded_after, today, random)
    return Interaction(
        key="",
        partnership=outline.key,
        kind=telling.kind,
        held_on=held_on,
        account=telling.account,
        organisations=telling.present,
        contacts=_faces(telling, contacts, held_on),
        recorded_by=outline.lead,
        recorded_at=recorded_at,
        readings=_readings(outline, telling),
        commitments=tuple(_vowed(vow, held_on, today, random) for vow in telling.promises),
        correction=_correction(outline, telling, recorded_at, today, random),
    )


def _faces(telling: Telling, contacts: tuple[Contact, ...], held_on: date) -> tuple[str, ...]:
    """Return who came: of each organisation the first contact, and to what is larger than a call the second too."""
    most = 1 if telling.kind == "call" else 2
    return tuple(
        one.key for key in telling.present
        for one in [
            one for one in contacts
            if one.organisation == key and (one.left_on is None or one.left_on >= held_on)
        ][:most]
    )


def _readings(outline: Outline, telling: Telling) -> tuple[Reading, ...]:
    scheme = scheme_key(outline)
    return tuple(
        Reading(rater, ratee, voice_of(rater), f"{scheme}:{determinant}", score, evidence)
        for rater, ratee, determinant, score, evidence in telling.readings
    )


def _vowed(vow: Vow, held_on: date, today: date, random: Random) -> Commitment:
    due_on = working_day(held_on + timedelta(vow.due))
    settled_on = _settled_on(vow, held_on)
    if vow.outcome is None or settled_on >= today:
        return Commitment(vow.promisor, vow.promisee, vow.what, due_on)
    return Commitment(
        vow.promisor, vow.promisee, vow.what, due_on, vow.outcome, settled_on, recording(settled_on, 1, today, random),
        vow.note, next_working_day(settled_on + timedelta(28)) if vow.outcome == "renegotiated" else None,
    )


def _settled_on(vow: Vow, held_on: date) -> date:
    """Return the working day on which the outcome was known: earlier for what was kept, so that it stays in time."""
    day = held_on + timedelta(vow.settled)
    return working_day(day) if vow.outcome == "kept" else next_working_day(day)


def _correction(
    outline: Outline, telling: Telling, recorded_at: datetime, today: date, random: Random,
) -> Correction | None:
    if telling.corrected is None:
        return None
    days, account, reason = telling.corrected
    return Correction(account, reason, recording(recorded_at.date(), days, today, random), outline.lead)
