"""What was answered to flags, as the database has it: the last answers on a day, and the story of one flag."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, or_, select

from register.accounts.models import Person
from register.clock import LONDON, Clocks, day_of
from register.database import db
from register.partnerships.models import Member
from register.risk.life import Answer, Key
from register.risk.models import FlagAnswer


def last_answers(clocks: Clocks, only: Collection[int] | None = None) -> dict[Key, Answer]:
    """Return the last answer to each flag by the end of a day, as the register knew it; of some partnerships alone."""
    before = datetime.combine(clocks.on + timedelta(days=1), time(), LONDON).astimezone(UTC)
    if clocks.known_before is not None:
        before = min(before, clocks.known_before)
    last = select(func.max(FlagAnswer.id)).where(FlagAnswer.answered_at < before).group_by(
        FlagAnswer.partnership_id, FlagAnswer.rule,
    )
    if only is not None:
        last = last.where(FlagAnswer.partnership_id.in_(only))
    rows = db.session.scalars(select(FlagAnswer).where(FlagAnswer.id.in_(last))).all()
    names = _names(rows)
    return {(row.partnership_id, row.rule): as_answer(row, names) for row in rows}


def answers_of(partnership_id: int, rule: str) -> Sequence[FlagAnswer]:
    """Return every answer given to the flag of a rule in a partnership, the oldest first."""
    return db.session.scalars(
        select(FlagAnswer).where(FlagAnswer.partnership_id == partnership_id, FlagAnswer.rule == rule)
        .order_by(FlagAnswer.id),
    ).all()


def told(rows: Sequence[FlagAnswer]) -> list[Answer]:
    """Return some answers as plain values."""
    names = _names(rows)
    return [as_answer(row, names) for row in rows]


def as_answer(row: FlagAnswer, names: Mapping[int, str]) -> Answer:
    """Return an answer as a plain value; `names` are those of people by id."""
    return Answer(
        kind=row.kind, answered_on=day_of(row.answered_at), severity=row.severity,
        reasons=frozenset(row.reasons.splitlines()), by=names[row.answered_by_id], action=row.action,
        owner=names[row.owner_id] if row.owner_id else row.owner_name, until=row.until, reason=row.reason,
    )


def _names(rows: Iterable[FlagAnswer]) -> dict[int, str]:
    ids = {number for row in rows for number in (row.answered_by_id, row.owner_id) if number}
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())


def possible_owners(partnership_id: int, *, is_restricted: bool) -> Sequence[Person]:
    """Return who may own a plan: those who look after the partnership, and leaders who may see it; by name."""
    looks_after = Person.id.in_(
        select(Member.person_id).where(Member.partnership_id == partnership_id, Member.ended_at.is_(None)),
    )
    wanted = looks_after if is_restricted else or_(looks_after, Person.role == "leader")
    return db.session.scalars(
        select(Person).where(wanted, Person.disabled_at.is_(None)).order_by(Person.name, Person.id),
    ).all()
