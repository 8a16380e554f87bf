"""What information governance does: ask for an erasure, confirm or decline what somebody else asked for, set a hold."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select

from register.accounts.models import Person
from register.accounts.permissions import role_may
from register.clock import now
from register.database import db
from register.database.engine import take_turn
from register.erasures.field_lookups import fields_in, is_erasable, partnership_of, whole, written_fields
from register.erasures.kinds import CONFIRMED, DECLINED, GROUND_BY_KEY, HELD_KINDS, WITHDRAWN
from register.erasures.lookups import doomed, holds_on
from register.erasures.models import Erasure, LegalHold
from register.history.erasing import Field, erase
from register.history.recording import recorded
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.refusals import Refusal
from register.risk.kept_changes import forget_surveys
from register.text import line, required

TURN = 7301
"""Of those who decide on erasures: two at once would each erase what the other had."""
HELD = {"partnership": Partnership, "organisation": Organisation, "contact": Contact}


def ask_for_erasure(
    by: Person, record: tuple[str, int], fields: Iterable[Field], *, ground: str | None, reason: str | None
) -> list[Erasure]:
    """Ask for fields to be erased, one erasure for each partnership they belong to; nothing is erased yet.

    `record` is what it is about, such as ("contact", 3). Raises Refusal where a legal hold stands in the way.
    """
    _require_governance(by)
    if ground not in GROUND_BY_KEY:
        raise Refusal("Choose on which ground it may be erased.", "ground")
    why = required(line(reason, "reason", "The reason"), "reason", "Say why, without the words that are to go.")
    wanted = whole(field for field in fields if is_erasable(field))
    left = [one.field for one in doomed(wanted)]
    if not left:
        raise Refusal("Choose what is to be erased.", "fields")
    _check_holds(left, "fields")
    by_partnership: dict[int | None, list[Field]] = defaultdict(list)
    for field in left:
        by_partnership[partnership_of(field)].append(field)
    made = []
    for partnership_id, own in sorted(by_partnership.items(), key=lambda pair: pair[0] or 0):
        erasure = Erasure(
            partnership_id=partnership_id, entity=record[0], entity_id=record[1], fields=written_fields(own),
            ground=ground, reason=why, requested_at=now(), requested_by_id=by.id, decided_at=None, decided_by_id=None,
            outcome=None, decline_reason=None, values_erased=None,
        )
        with recorded(by.actor, "erasure:asked-for"):
            db.session.add(erasure)
        made.append(erasure)
    return made


def confirm_erasure(by: Person, erasure: Erasure) -> None:
    """Erase what somebody else asked for: values and salts, live and in the history, for good."""
    take_turn(db.session, TURN)
    db.session.refresh(erasure)
    _require_governance(by)
    _check_pending(erasure)
    if erasure.requested_by_id == by.id:
        raise Refusal("Somebody else of information governance has to confirm what you asked for.", "decision")
    fields = whole(fields_in(erasure.fields))
    _check_holds(fields, "decision")
    if any(partnership_of(field) != erasure.partnership_id for field in fields):
        raise Refusal("Some of it belongs to another partnership by now. Decline this, and ask anew.", "decision")
    with recorded(by.actor, "erasure:confirmed", GROUND_BY_KEY[erasure.ground].name):
        erasure.decided_at, erasure.decided_by_id, erasure.outcome = now(), by.id, CONFIRMED
        erasure.values_erased = erase(fields)
    forget_surveys()


def decline_erasure(by: Person, erasure: Erasure, reason: str | None) -> None:
    """Decline what somebody asked for, with a reason; one's own is withdrawn."""
    _require_governance(by)
    _check_pending(erasure)
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is not erased.")
    with recorded(by.actor, "erasure:declined"):
        erasure.decided_at, erasure.decided_by_id, erasure.decline_reason = now(), by.id, why
        erasure.outcome = WITHDRAWN if erasure.requested_by_id == by.id else DECLINED


def set_hold(by: Person, entity: str, entity_id: int, reason: str | None) -> LegalHold:
    """Forbid to erase anything of a partnership, an organisation or a contact until the hold is lifted."""
    _require_governance(by)
    why = required(line(reason, "reason", "The reason"), "reason", "Say why it is held, such as the number of a claim.")
    if entity not in HELD_KINDS or db.session.get(HELD[entity], entity_id) is None:
        raise Refusal("Choose a partnership, an organisation or a contact.")
    column = getattr(LegalHold, f"{entity}_id")
    if db.session.scalar(select(LegalHold.id).where(column == entity_id, LegalHold.lifted_at.is_(None)).limit(1)):
        raise Refusal("It is held already.")
    held = {f"{kind}_id": entity_id if kind == entity else None for kind in HELD_KINDS}
    hold = LegalHold(
        **held, reason=why, set_at=now(), set_by_id=by.id, lifted_at=None, lifted_by_id=None, lift_reason=None
    )
    with recorded(by.actor, "legal_hold:set", why):
        db.session.add(hold)
    return hold


def lift_hold(by: Person, hold: LegalHold, reason: str | None) -> None:
    """Lift a hold, with the reason."""
    _require_governance(by)
    why = required(line(reason, "reason", "The reason"), "reason", "Say why the hold is lifted.")
    if hold.lifted_at is not None:
        raise Refusal("The hold was lifted already.")
    with recorded(by.actor, "legal_hold:lifted", why):
        hold.lifted_at, hold.lifted_by_id, hold.lift_reason = now(), by.id, why


def _require_governance(by: Person) -> None:
    if not role_may(by.role, "erasure:ask"):
        raise Refusal("Only information governance decides on erasures and holds.")


def _check_pending(erasure: Erasure) -> None:
    if not erasure.is_pending:
        raise Refusal("Somebody decided on this already.")


def _check_holds(fields: Collection[Field], place: str) -> None:
    found = holds_on(fields)
    if found:
        kind, number = found[0].held
        said = f"A legal hold on {kind} {number} forbids it: {found[0].reason}"
        raise Refusal(f"{said.rstrip('.')}. Lift the hold first, or leave out what it holds.", place)
