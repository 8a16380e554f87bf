"""What a person may see and do: the one filter that lists, searches, counts, maps and measures go through.

Example: `select(Partnership).where(visible_to(person))`.
"""

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from register.accounts.models import Person, RestrictedAccess
from register.accounts.permissions import NAMED, NO, OWN, RECORDED, ROLE_STANDINGS, YES, cell
from register.clock import now
from register.database import db
from register.partnerships.models import Member, Partnership


def visible_to(person: Person) -> ColumnElement[bool]:
    """Return the condition under which a partnership exists for a person, for the WHERE of any query.

    An open partnership is seen by all but administrators; a restricted one by its members and named leaders, and by an
    auditor or information governance once they have opened the restricted records with a reason.
    """
    letter = ROLE_STANDINGS[person.role]
    if cell("partnership:see", letter) == NO:
        return false()
    if cell("partnership:see-restricted", letter) == RECORDED and has_opened_restricted(person):
        return true()
    return or_(Partnership.is_restricted.is_(False), _has_part(person))


def open_to_all() -> ColumnElement[bool]:
    """Return the condition for what may flow into figures that everybody sees."""
    return Partnership.is_restricted.is_(False)


def has_opened_restricted(person: Person) -> bool:
    """Say whether a person's recorded opening of the restricted records still lasts."""
    return opening_of(person) is not None


def opening_of(person: Person) -> RestrictedAccess | None:
    """Return a person's latest opening of the restricted records while it lasts."""
    lasting = select(RestrictedAccess).where(
        RestrictedAccess.person_id == person.id,
        RestrictedAccess.expires_at > now(),
    )
    return db.session.scalar(lasting.order_by(RestrictedAccess.id.desc()).limit(1))


def _has_part(person: Person) -> ColumnElement[bool]:
    return exists().where(
        Member.partnership_id == Partnership.id,
        Member.person_id == person.id,
        Member.ended_at.is_(None),
    )


def standing_of(person: Person, partnership_id: int) -> str:
    """Return where a person stands towards a partnership: a letter of `accounts.permissions`."""
    if person.role != "officer":
        return ROLE_STANDINGS[person.role]
    parts = set(
        db.session.scalars(
            select(Member.part).where(
                Member.partnership_id == partnership_id,
                Member.person_id == person.id,
                Member.ended_at.is_(None),
            ),
        )
    )
    return "L" if "lead" in parts else "M" if parts else "N"


def may(person: Person, action: str, partnership_id: int | None = None, *, is_own: bool = False) -> bool:
    """Say whether a person may do something to a partnership that they can see.

    `is_own` says that the record in question is the person's own work, for cells that say `own`.
    """
    letter = ROLE_STANDINGS[person.role] if partnership_id is None else standing_of(person, partnership_id)
    allowed = cell(action, letter)
    return allowed in (YES, NAMED, RECORDED) or (allowed == OWN and is_own)


def visible_partnership(person: Person, partnership_id: int) -> Partnership | None:
    """Return a partnership, or None when there is none or the person may not know of it: both answer 404."""
    return db.session.scalar(select(Partnership).where(Partnership.id == partnership_id, visible_to(person)))


def partnerships_where(person: Person, action: str) -> ColumnElement[bool]:
    """Return the condition for partnerships in which a person may do something, such as log an interaction."""
    if person.role != "officer":
        return visible_to(person) if cell(action, ROLE_STANDINGS[person.role]) != NO else false()
    if cell(action, "N") == YES:
        return visible_to(person)
    parts = [part for part, letter in (("officer", "M"), ("lead", "L")) if cell(action, letter) != NO]
    return Partnership.id.in_(
        select(Member.partnership_id).where(
            Member.person_id == person.id,
            Member.part.in_(parts),
            Member.ended_at.is_(None),
        ),
    )
