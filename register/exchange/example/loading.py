"""Loading the example into an empty register, through the very functions that people use, each at its own past instant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.changes import add_person
from register.accounts.models import Person
from register.clock import pretending
from register.database import db
from register.exchange.example import records
from register.exchange.example.county import example
from register.exchange.example.days import working_day
from register.exchange.example.organisations import BODIES, COUNCIL
from register.exchange.example.terms import BEGAN
from register.history.guard import close_guard, open_guard
from register.history.sealing import seal
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.changes import add_participation, close_partnership, set_member, start_partnership
from register.partnerships.deal_changes import Share, revise_deal
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import add_contact, add_organisation, close_organisation, edit_contact
from register.partnerships.organisation_models import Contact, Organisation

SITE_NAME = next(body.name for body in BODIES if body.key == COUNCIL)
SETTER_UP = "desmond"
"""Who put the organisations and partnerships into the register."""
NOTICE = timedelta(29)
"""How long before a contact's last day the register learned of it."""


class Step(NamedTuple):
    """Something that somebody did, at an instant; `order` decides between steps of one instant."""

    at: datetime
    order: int
    do: Callable[[], None]


def load_example(today: date, seed: int, password: str) -> None:
    """Load the example as of a day; everybody in it signs in with `password`. Flushes, never commits."""
    _Loading(example(today, seed), today, password).run()


@contextmanager
def _sealed_at(instant: datetime) -> Iterator[None]:
    """Do what is inside as if at an instant, and seal its history with that instant instead of that of the commit."""
    with pretending(instant):
        yield
        session = db.session()
        session.flush()
        changes = session.info.pop("changes", [])
        if any(change.drafts for change in changes):
            open_guard(session.connection())
            seal(session, changes)
            close_guard(session.connection())


class _Loading:
    """Keeps the rows made so far by the example's keys."""

    def __init__(self, register: records.ExampleRegister, today: date, password: str) -> None:
        self._register = register
        self._today = today
        self._password = password
        self._began = working_day(today - timedelta(BEGAN))
        self._people: dict[str, Person] = {}
        self._organisations: dict[str, Organisation] = {}
        self._contacts: dict[str, Contact] = {}
        self._partnerships: dict[str, Partnership] = {}
        self._interactions: dict[str, Interaction] = {}
        self._commitments: dict[str, list[Commitment]] = {}

    def run(self) -> None:
        """Do every step in the order of its instant."""
        for step in sorted(self._steps(), key=lambda step: (step.at, step.order)):
            with _sealed_at(step.at):
                step.do()

    def _steps(self) -> Iterator[Step]:
        yield Step(self._at(self._began, 8), 0, self._add_people)
        yield Step(self._at(self._began, 8), 1, self._add_organisations)
        for contact in self._register.contacts:
            if contact.left_on is not None:
                known = working_day(min(contact.left_on - NOTICE, self._today - timedelta(1)))
                yield Step(self._at(known, 16), 2, lambda contact=contact: self._say_leaving(contact))  # type: ignore[misc]
        for partnership in self._register.partnerships:
            yield from self._steps_of_partnership(partnership)
        for interaction in self._register.interactions:
            yield from self._steps_of_interaction(interaction)

    @staticmethod
    def _at(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), UTC)

    def _steps_of_partnership(self, one: records.Partnership) -> Iterator[Step]:
        began = max(self._began, working_day(one.started_on))
        yield Step(self._at(began, 8), 3, lambda: self._start(one))
        for deal in one.deals:
            at = max(deal.recorded_at, self._at(began, 8))
            yield Step(at, 4, lambda deal=deal: self._revise(one, deal))  # type: ignore[misc]
        if one.closed_on is not None:
            yield Step(self._at(one.closed_on, 16), 8, lambda: self._close(one))

    def _steps_of_interaction(self, one: records.Interaction) -> Iterator[Step]:
        yield Step(one.recorded_at, 5, lambda: self._log(one))
        if one.correction is not None:
            at = max(one.correction.recorded_at, one.recorded_at)
            yield Step(at, 6, lambda: self._correct(one))
        for place, promise in enumerate(one.commitments):
            if promise.settled_at is not None:
                at = max(promise.settled_at, one.recorded_at)
                yield Step(at, 7, lambda place=place: self._settle(one, place))  # type: ignore[misc]

    def _add_people(self) -> None:
        for one in self._register.people:
            self._people[one.key] = add_person(
                "register", email=one.email, name=one.name, role=one.role, password=self._password, job_title=one.post,
            )

    def _add_organisations(self) -> None:
        actor = self._people[SETTER_UP].actor
        for one in self._register.organisations:
            self._organisations[one.key] = add_organisation(
                actor, name=one.name, short_name=one.short_name, sector=one.sector, kind=one.kind, place=one.place,
                parent_id=self._id(one.parent), aliases=one.aliases, identifiers=one.identifiers,
            )
        for one in self._register.organisations:
            if one.closed_on is not None:
                successors = [self._organisations[one.successor].id] if one.successor else []
                close_organisation(actor, self._organisations[one.key], one.closed_on, successors)
        for contact in self._register.contacts:
            self._contacts[contact.key] = add_contact(
                actor, organisation_id=self._organisations[contact.organisation].id, role=contact.role,
                name=contact.name, email=contact.email,
            )

    def _id(self, key: str | None) -> int | None:
        return None if key is None else self._organisations[key].id

    def _say_leaving(self, one: records.Contact) -> None:
        edit_contact(
            self._people[SETTER_UP].actor, self._contacts[one.key], role=one.role, name=one.name, email=one.email,
            phone=None, left_on=one.left_on,
        )

    def _start(self, one: records.Partnership) -> None:
        actor = self._people[one.lead].actor
        partnership = start_partnership(actor, {
            "name": one.name, "kind": one.kind, "purpose": one.purpose, "theme": one.theme,
            "significance": one.significance, "stage": "running" if one.closed_on else one.stage, "scheme": one.scheme,
            "is_restricted": one.is_restricted, "cadence_days": one.cadence_days,
            "lead_officer_id": self._people[one.lead_officer].id, "senior_owner": one.senior_owner,
            "started_on": one.started_on, "ends_on": one.deals[-1].ends_on,
        })
        self._partnerships[one.key] = partnership
        for organisation, role in one.participants:
            add_participation(actor, partnership, self._id(organisation), role, one.started_on)
        parts = [(one.lead, "lead"), *((key, "officer") for key in one.officers),
                 *((key, "named") for key in one.named_leaders)]
        for key, part in parts:
            set_member(actor, partnership, self._people[key].id, part)

    def _revise(self, one: records.Partnership, deal: records.Deal) -> None:
        revise_deal(
            self._people[one.lead].actor, self._partnerships[one.key],
            {
                "reference": deal.reference, "legal_form": deal.legal_form, "agreed_on": deal.agreed_on,
                "value_pence": deal.value_pence, "value_basis": deal.value_basis, "starts_on": deal.starts_on,
                "review_on": deal.review_on, "notice_on": deal.notice_on, "ends_on": deal.ends_on,
                "extension": deal.extension, "exit_arrangement": deal.exit_arrangement,
                "benefits_expected": deal.benefits_expected, "benefits_realised": deal.benefits_realised,
                "documents": deal.documents,
            },
            tuple(
                Share(self._organisations[share.organisation].id, share.money_pence, share.in_kind)
                for share in deal.shares
            ),
            deal.reason,
        )

    def _close(self, one: records.Partnership) -> None:
        assert one.closed_on is not None  # noqa: S101 - only closed partnerships get this step
        close_partnership(self._people[one.lead].actor, self._partnerships[one.key], one.closed_on, one.close_reason)

    def _log(self, one: records.Interaction) -> None:
        promises = [
            NewCommitment(
                self._organisations[promise.promisor].id, self._organisations[promise.promisee].id, promise.what,
                promise.due_on,
            )
            for promise in one.commitments
        ]
        interaction = log_interaction(
            self._people[one.recorded_by], self._partnerships[one.partnership], self._happening(one, one.account), promises,
        )
        self._interactions[one.key] = interaction
        if promises:
            self._commitments[one.key] = list(db.session.scalars(
                select(Commitment).where(Commitment.interaction_id == interaction.id).order_by(Commitment.id),
            ))

    def _happening(self, one: records.Interaction, account: str) -> Happening:
        faces = {self._contacts[key].organisation_id: self._contacts[key].id for key in one.contacts}
        present = [self._organisations[key].id for key in one.organisations]
        return Happening(
            one.kind, one.held_on, account, [Present(id_, faces.get(id_)) for id_ in present],
            [
                NewReading(
                    self._organisations[reading.rater].id, self._organisations[reading.ratee].id, reading.determinant,
                    reading.score, reading.evidence, reading.voice,
                )
                for reading in one.readings
            ],
        )

    def _correct(self, one: records.Interaction) -> None:
        assert one.correction is not None  # noqa: S101 - only corrected interactions get this step
        correct_interaction(
            self._people[one.correction.recorded_by], self._partnerships[one.partnership], self._interactions[one.key],
            self._happening(one, one.correction.account), one.correction.reason,
        )

    def _settle(self, one: records.Interaction, place: int) -> None:
        promise = one.commitments[place]
        assert promise.outcome is not None  # noqa: S101 - only settled promises get this step
        settle_commitment(
            self._people[one.recorded_by], self._partnerships[one.partnership], self._commitments[one.key][place],
            promise.outcome, settled_on=promise.settled_on, note=promise.note, new_due_on=promise.new_due_on,
        )
