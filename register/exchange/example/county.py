"""The example register: a county that exists nowhere, dated from today and drawn from a seed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from register.exchange.example.contacts import contacts
from register.exchange.example.days import month_start
from register.exchange.example.opinions import scheme_key
from register.exchange.example.organisations import BODIES, COUNCIL, Body
from register.exchange.example.outlines import Outline, leader_of, team_of
from register.exchange.example.partnerships import OUTLINES
from register.exchange.example.people import PEOPLE
from register.exchange.example.records import Contact, ExampleRegister, Interaction, Organisation, Partnership
from register.exchange.example.rhythm import Diary
from register.exchange.example.tellings import told
from register.exchange.example.terms import BEGAN, deals

SEED = 1


def example(today: date, seed: int = SEED) -> ExampleRegister:
    """Return the example as of a day: the same for the same day and seed; nothing in it happens after that day."""
    everybody = contacts(today)
    partnerships = [_partnership(outline, today, _random(seed, "deal", outline)) for outline in OUTLINES]
    interactions = [one for outline in OUTLINES for one in _interactions(outline, everybody, today, seed)]
    return ExampleRegister(
        council=COUNCIL,
        people=PEOPLE,
        organisations=tuple(_organisation(body, today) for body in BODIES),
        contacts=everybody,
        partnerships=tuple(partnerships),
        interactions=tuple(sorted(interactions, key=lambda one: (one.recorded_at, one.key))),
    )


def _random(seed: int, what: str, outline: Outline) -> Random:
    """Return the chance of one partnership, so that a change in one leaves the others as they were."""
    return Random(f"{seed}:{what}:{outline.key}")


def _organisation(body: Body, today: date) -> Organisation:
    return Organisation(
        body.key, body.name, body.short, body.sector, body.kind, body.place, body.parent, body.aliases, body.numbers,
        None if body.closed is None else month_start(today, -body.closed), body.successor,
    )


def _partnership(outline: Outline, today: date, random: Random) -> Partnership:
    lead = leader_of(outline)
    began = month_start(today, outline.terms.starts) if outline.terms.starts is not None else None
    days, reason = outline.closed or (None, None)
    return Partnership(
        key=outline.key,
        name=outline.name,
        kind=outline.kind,
        purpose=outline.purpose,
        theme=outline.theme,
        significance=outline.significance,
        stage=outline.stage,
        scheme=scheme_key(outline),
        is_restricted=outline.restricted,
        cadence_days=outline.cadence,
        lead=lead,
        lead_officer=outline.lead,
        officers=tuple(key for key in team_of(outline) if key != lead),
        named_leaders=outline.leaders,
        senior_owner=outline.owner,
        started_on=began or today - timedelta(BEGAN),
        participants=outline.roles,
        deals=deals(outline.terms, today, random),
        closed_on=None if days is None else today - timedelta(days),
        close_reason=reason,
    )


def _interactions(
    outline: Outline, everybody: tuple[Contact, ...], today: date, seed: int,
) -> Iterable[Interaction]:
    """Return everything that happened in a partnership, keyed "legal-01" by the order in which it happened."""
    random = _random(seed, "diary", outline)
    oldest = (today - _partnership(outline, today, random).started_on).days - 3
    found = told(outline, everybody, today, random)
    written = {one.held_on for one in found}
    diary = Diary(outline, everybody, today, random)
    found += [one for one in diary.interactions(oldest) if one.held_on not in written]
    found.sort(key=lambda one: one.held_on)
    return [replace(one, key=f"{outline.key}-{place:02}") for place, one in enumerate(found, start=1)]
