"""Writing the example's records into the register with the functions that people use."""

from sqlalchemy import select

from register.accounts.changes import add_person
from register.accounts.models import Person
from register.database import db
from register.exchange.example import records
from register.interactions.changes import Happening, NewReading, Present, correct_interaction, log_interaction
from register.interactions.commitment_changes import NewCommitment, settle_commitment
from register.interactions.models import Commitment, Interaction
from register.partnerships.changes import add_participation, close_partnership, start_partnership
from register.partnerships.contact_changes import add_contact, edit_contact
from register.partnerships.deal_changes import Share, revise_deal
from register.partnerships.member_changes import set_member
from register.partnerships.models import Partnership
from register.partnerships.organisation_changes import add_organisation, close_organisation
from register.partnerships.organisation_models import Contact, Organisation

SETTER_UP = "desmond"
"""Who put the organisations and contacts into the register."""


class Writer:
    """Writes one record after another, and keeps the rows made so far by the example's keys."""

    def __init__(self, register: records.ExampleRegister, password: str) -> None:
        self._register = register
        self._password = password
        self._people: dict[str, Person] = {}
        self._organisations: dict[str, Organisation] = {}
        self._contacts: dict[str, Contact] = {}
        self._partnerships: dict[str, Partnership] = {}
        self._interactions: dict[str, Interaction] = {}
        self._commitments: dict[str, list[Commitment]] = {}

    def add_people(self) -> None:
        """Add everybody who signs in."""
        for one in self._register.people:
            self._people[one.key] = add_person(
                "register", email=one.email, name=one.name, role=one.role, password=self._password, job_title=one.post,
            )

    def add_organisations(self) -> None:
        """Add the organisations, those that closed with their successors, and the contacts."""
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

    def say_leaving(self, one: records.Contact) -> None:
        """Say which day is or was a contact’s last."""
        edit_contact(
            self._people[SETTER_UP].actor, self._contacts[one.key], role=one.role, name=one.name, email=one.email,
            phone=None, left_on=one.left_on,
        )

    def start(self, one: records.Partnership) -> None:
        """Start a partnership with its participants and the people who look after it."""
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

    def revise(self, one: records.Partnership, deal: records.Deal) -> None:
        """Keep one revision of a deal."""
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

    def close(self, one: records.Partnership) -> None:
        """Close a partnership that has ended."""
        assert one.closed_on is not None  # noqa: S101 - only closed partnerships get this step
        close_partnership(self._people[one.lead].actor, self._partnerships[one.key], one.closed_on, one.close_reason)

    def log(self, one: records.Interaction) -> None:
        """Log an interaction with its readings and promises."""
        promises = [
            NewCommitment(
                self._organisations[promise.promisor].id, self._organisations[promise.promisee].id, promise.what,
                promise.due_on,
            )
            for promise in one.commitments
        ]
        by, partnership = self._people[one.recorded_by], self._partnerships[one.partnership]
        interaction = log_interaction(by, partnership, self._happening(one, one.account), promises)
        self._interactions[one.key] = interaction
        if promises:
            self._commitments[one.key] = list(db.session.scalars(
                select(Commitment).where(Commitment.interaction_id == interaction.id).order_by(Commitment.id),
            ))

    def _happening(self, one: records.Interaction, account: str) -> Happening:
        return Happening(
            one.kind, one.held_on, account, self._present(one),
            [
                NewReading(
                    self._organisations[reading.rater].id, self._organisations[reading.ratee].id, reading.determinant,
                    reading.score, reading.evidence, reading.voice,
                )
                for reading in one.readings
            ],
        )

    def _present(self, one: records.Interaction) -> list[Present]:
        """Return each contact who came, and the organisations of which nobody is named."""
        came = [self._contacts[key] for key in one.contacts]
        named = {contact.organisation_id for contact in came}
        unnamed = [self._organisations[key].id for key in one.organisations]
        return [
            *(Present(contact.organisation_id, contact.id) for contact in came),
            *(Present(id_) for id_ in unnamed if id_ not in named),
        ]

    def correct(self, one: records.Interaction) -> None:
        """Put the corrected account in the place of the first."""
        assert one.correction is not None  # noqa: S101 - only corrected interactions get this step
        correct_interaction(
            self._people[one.correction.recorded_by], self._partnerships[one.partnership], self._interactions[one.key],
            self._happening(one, one.correction.account), one.correction.reason,
        )

    def settle(self, one: records.Interaction, place: int) -> None:
        """Say what became of a promise, named by its place among those of its interaction."""
        promise = one.commitments[place]
        assert promise.outcome is not None  # noqa: S101 - only settled promises get this step
        settle_commitment(
            self._people[one.recorded_by], self._partnerships[one.partnership], self._commitments[one.key][place],
            promise.outcome, settled_on=promise.settled_on, note=promise.note, new_due_on=promise.new_due_on,
        )
