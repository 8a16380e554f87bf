"""What people do about flags: acknowledge, plan, defer, close. Each answer is kept; the latest holds."""

from datetime import date, timedelta
from typing import NamedTuple

from register.accounts.models import Person
from register.clock import now, today
from register.database import db
from register.history.recording import recorded
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.risk.answer_lookups import possible_owners
from register.risk.flags import Flag
from register.risk.kinds import ANSWER_BY_KEY
from register.risk.life import reason_keys
from register.risk.models import FlagAnswer
from register.text import line, required

FURTHEST = timedelta(days=732)
"""Two years: what is put off for longer is not put off but closed."""


class NewAnswer(NamedTuple):
    """An answer to a flag, as typed; what its kind does not need is left out."""

    kind: str | None
    action: str | None = None
    owner_id: int | None = None
    owner_name: str | None = None
    until: date | None = None
    reason: str | None = None


def answer_flag(by: Person, partnership: Partnership, flag: Flag, new: NewAnswer) -> FlagAnswer:
    """Answer a flag that is raised now; the answer takes the place of the one before, which is kept.

    A plan needs an action, an owner and a day to look again; a deferral a reason and its last day; closing a reason.
    """
    if new.kind not in ANSWER_BY_KEY:
        raise Refusal("Choose what to answer: acknowledge, plan, defer or close.", "kind")
    checked = CHECKS[new.kind](partnership, new)
    row = FlagAnswer(
        partnership_id=partnership.id, rule=flag.rule, severity=flag.severity,
        reasons="\n".join(sorted(reason_keys(flag.reasons))), rule_set=flag.rule_set, answered_at=now(),
        answered_by_id=by.id, **checked._asdict(),
    )
    with recorded(by.actor, f"flag_answer:{new.kind}", checked.reason):
        db.session.add(row)
    return row


def _acknowledged(_partnership: Partnership, new: NewAnswer) -> NewAnswer:
    return NewAnswer(new.kind, reason=_reason(new))


def _planned(partnership: Partnership, new: NewAnswer) -> NewAnswer:
    action = required(line(new.action, "action", "The action"), "action", "Say what will be done.")
    owner_name = line(new.owner_name, "owner_name", "The owner’s name")
    if new.owner_id is not None:
        _check_owner(partnership, new.owner_id)
        owner_name = None
    elif owner_name is None:
        raise Refusal("Say who owns the plan: choose a person, or write a name.", "owner_id")
    until = _day_ahead(new.until, "the day to look again")
    return NewAnswer(new.kind, action, new.owner_id, owner_name, until, _reason(new))


def _deferred(_partnership: Partnership, new: NewAnswer) -> NewAnswer:
    reason = required(_reason(new), "reason", "Say why it is deferred.")
    return NewAnswer(new.kind, until=_day_ahead(new.until, "the day until which it is deferred"), reason=reason)


def _closed(_partnership: Partnership, new: NewAnswer) -> NewAnswer:
    return NewAnswer(new.kind, reason=required(_reason(new), "reason", "Say why nothing is to be done."))


CHECKS = {"acknowledged": _acknowledged, "planned": _planned, "deferred": _deferred, "closed": _closed}


def _reason(new: NewAnswer) -> str | None:
    return line(new.reason, "reason", "The reason")


def _check_owner(partnership: Partnership, owner_id: int) -> None:
    owners = possible_owners(partnership.id, is_restricted=partnership.is_restricted)
    if owner_id not in {person.id for person in owners}:
        raise Refusal("Choose an owner from the list, or write a name.", "owner_id")


def _day_ahead(day: date | None, what: str) -> date:
    if day is None:
        raise Refusal(f"Enter {what}.", "until")
    if day <= today():
        raise Refusal(f"{what[0].upper()}{what[1:]} must be after today.", "until")
    if day > today() + FURTHEST:
        raise Refusal(f"{what[0].upper()}{what[1:]} must be within two years.", "until")
    return day
