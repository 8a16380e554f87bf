"""What people do to those who look after a partnership: give them a part, change it, end it."""

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import now
from register.database import db
from register.history.recording import recorded
from register.partnerships.kinds import MEMBER_PARTS, names
from register.partnerships.models import Member, Partnership
from register.refusals import Refusal


def set_member(actor: str, partnership: Partnership, person_id: int | None, part: str) -> Member:
    """Let a person look after a partnership, or change the part they have in it."""
    person = db.session.get(Person, person_id) if person_id else None
    if person is None:
        message = "Choose a person from the list."
        raise Refusal(message, "person_id")
    if part not in names(MEMBER_PARTS):
        message = "Choose the person’s part."
        raise Refusal(message, "part")
    if person.role != ("leader" if part == "named" else "officer") or not person.is_active:
        message = "A senior leader is named; an officer is an officer or a lead of the partnership."
        raise Refusal(message, "part")
    member = db.session.scalar(
        select(Member).where(
            Member.partnership_id == partnership.id,
            Member.person_id == person.id,
            Member.ended_at.is_(None),
        )
    )
    if member is not None and part != "lead":
        _check_not_last_lead(member)
    with recorded(actor, "partnership_member:set"):
        if member is None:
            member = Member(
                partnership_id=partnership.id, person_id=person.id, part=part, added_at=now(), ended_at=None
            )
            db.session.add(member)
        member.part = part
    return member


def end_member(actor: str, member: Member) -> None:
    """End a person's part. Refuses to leave a partnership without a lead."""
    _check_not_last_lead(member)
    with recorded(actor, "partnership_member:ended"):
        member.ended_at = now()


def _check_not_last_lead(member: Member) -> None:
    leads = db.session.scalars(
        select(Member.id).where(
            Member.partnership_id == member.partnership_id,
            Member.part == "lead",
            Member.ended_at.is_(None),
        )
    ).all()
    if list(leads) == [member.id]:
        message = "Name another lead first: a partnership needs one."
        raise Refusal(message, "part")
