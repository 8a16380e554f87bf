"""How a batch is undone: what it changed gets its former values back, and what it made is ended, never deleted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, Table, select

from register.accounts.models import Person
from register.clock import now, today
from register.database import Base, db
from register.database.columns import Instant
from register.exchange.bringing.batch_lookups import Row, Written, act_bounds, last_act, written_by
from register.exchange.bringing.batch_models import ImportBatch
from register.exchange.bringing.former_changes import AS_BEFORE, WHY
from register.exchange.bringing.lookups import in_portions
from register.exchange.bringing.touched_lookups import hidden_from, leaves, obstacles
from register.history.envelope import Plain
from register.history.recording import recorded
from register.interactions import changes as interaction_changes
from register.interactions.commitment_changes import settle_commitment
from register.interactions.models import Interaction
from register.interactions.withdrawal_changes import withdraw_interactions
from register.partnerships.models import Partnership
from register.refusals import Refusal
from register.trust.changes import withdraw_evidence

OBSTACLES_SHOWN = 50
AGAIN = "The file that brought it was brought in again"


def undo_batch(
    actor: str, batch: ImportBatch, person: Person | None, progress: Callable[[int, int], object] = lambda *_: None
) -> None:
    """Take back what a batch did, in reverse; what it logged by the thousand is taken back by the thousand.

    Raise Refusal, with a list, when somebody touched its records since. What the person cannot see is not there for it.
    `progress` is told how many records are done, and how many there are.
    """
    db.session.refresh(batch, with_for_update=True)
    if batch.is_undone:
        raise Refusal("This import was undone already.")
    hidden = hidden_from(person)
    part = batch.first_entry, batch.last_entry
    ended_with_others = leaves() - {*PUT_BACK, *ENDINGS, *AS_BEFORE}
    rows = [one for one in written_by(*part, but=ended_with_others) if one.scope_id not in hidden]
    found = obstacles(rows, part, person, hidden)
    if found:
        more = [f"And {len(found) - OBSTACLES_SHOWN:,} more."] if len(found) > OBSTACLES_SHOWN else []
        lines = "\n".join([*found[:OBSTACLES_SHOWN], *more])
        raise Refusal(f"This import cannot be undone any more: its records were touched since.\n{lines}")
    logged = _logged(rows)
    many = {key for keys in logged.values() for key in keys}
    groups = _by_owner(one for one in rows if _can_be_taken_back(one) and one.row not in many)
    done, total = 0, len(groups) + len(many)
    for owner, group in groups.items():
        _take_back(actor, owner, group)
        progress(done := done + 1, total)
    for partnership_id, keys in logged.items():
        partnership = db.session.get_one(Partnership, partnership_id)
        ids = [key for _, key in keys]
        for count in withdraw_interactions(actor, "interaction:undone", partnership, ids, WHY):
            progress(done := done + count, total)
    db.session.expire_all()
    with recorded(actor, "import_batch:undone"):
        batch.undone_at = now()
        batch.undone_by_id = person.id if person else None


def _logged(rows: Iterable[Written]) -> dict[int, list[Row]]:
    """Return the new interactions by their partnership, but for corrections, whose former versions come back."""
    made = {one.row[1]: one for one in rows if one.is_new and one.row[0] == "interaction"}
    for portion in in_portions(list(made)):
        asked = select(Interaction.id, Interaction.first_version_id).where(Interaction.id.in_(portion))
        for key, first in db.session.execute(asked.where(Interaction.first_version_id.is_not(None))):
            if first not in made:
                del made[key]
    logged: dict[int, list[Row]] = defaultdict(list)
    for one in made.values():
        if one.scope_id:
            logged[one.scope_id].append(one.row)
    return dict(logged)


def restored(actor: str, entity: str, row_id: int) -> bool:
    """Give back to a record what the undoing of an import took, when that was the last thing done to it.

    Return whether there was something to give back. So a file that was undone can be brought in again.
    """
    last = last_act((entity, row_id))
    if last is None or not last.action.endswith(":undone"):
        return False
    with recorded(actor, f"{entity}:restored", AGAIN):
        for written in written_by(*act_bounds(last.part_of)):
            if not written.is_new:
                _put_back(_found(written.row), written)
    return True


def _by_owner(rows: Iterable[Written]) -> dict[Row, list[Written]]:
    """Return the rows by the record in whose story they are taken back: their partnership or their organisation."""
    groups: dict[Row, list[Written]] = defaultdict(list)
    for written in reversed(list(rows)):
        owner = ("partnership", written.scope_id) if written.scope_id else written.row
        if not written.scope_id and hasattr(row := _found(written.row), "organisation_id"):
            owner = ("organisation", row.organisation_id)
        groups[owner].append(written)
    return dict(groups)


def _take_back(actor: str, owner: Row, group: list[Written]) -> None:
    """Take back all that a batch did to one record, as one act about it, or about the first row that hangs on it."""
    entities = [written.row[0] for written in group]
    subject = owner[0] if owner[0] in entities else entities[0]
    is_new = any(written.is_new and written.row == owner for written in group)
    with recorded(actor, f"{subject}:undone", WHY):
        if not is_new and owner[0] == "partnership":
            _as_before(actor, owner[1], group)
        for written in group:
            row = _found(written.row)
            if not written.is_new:
                _put_back(row, written)
            elif written.row[0] in ENDINGS:
                ENDINGS[written.row[0]](actor, row)


def _as_before(actor: str, partnership_id: int, group: list[Written]) -> None:
    """Bring back what rows of a batch took the place of."""
    partnership = db.session.get_one(Partnership, partnership_id)
    for entity, bring_back in AS_BEFORE.items():
        made = {written.row[1] for written in group if written.is_new and written.row[0] == entity}
        if made:
            bring_back(actor, partnership, made)


def _can_be_taken_back(written: Written) -> bool:
    entity = written.row[0]
    return entity in PUT_BACK if not written.is_new else entity in ENDINGS or entity in AS_BEFORE


def _found(row: Row) -> Any:
    """Return the live row."""
    return db.session.get(_classes()[row[0]], row[1])


@cache
def _classes() -> Mapping[str, type[Base]]:
    """Return the classes of all tables by name; asked for when all of them are loaded."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


PUT_BACK = ("organisation", "organisation_alias", "contact", "partnership", "participation", "partnership_member")
"""Tables whose rows an import edits; the others are only ever added to."""


def _put_back(row: Any, written: Written) -> None:
    """Give a row the values back that it had."""
    if written.row[0] not in PUT_BACK:
        return
    table: Table = type(row).__table__
    for name in written.changed & written.before.keys() - {"version"}:
        setattr(row, row.__mapper__.get_property_by_column(table.columns[name]).key, _typed(table, name, written))


def _typed(table: Table, name: str, written: Written) -> object:
    value: Plain = written.before[name]
    if isinstance(value, str) and isinstance(table.columns[name].type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(table.columns[name].type, Date):
        return date.fromisoformat(value)
    return value


def _close_organisation(_actor: str, row: Any) -> None:
    row.closed_on = row.closed_on or max(today(), row.opened_on or today())


def _close_partnership(_actor: str, row: Any) -> None:
    if not row.is_closed:
        row.closed_on = max(today(), row.started_on or today())
        row.close_reason, row.stage = WHY, "closed"


def _end_part(_actor: str, row: Any) -> None:
    row.left_on = row.left_on or max(today(), row.joined_on or today())


def _end_membership(_actor: str, row: Any) -> None:
    row.ended_at = row.ended_at or now()


def _withdraw_alias(_actor: str, row: Any) -> None:
    row.is_withdrawn = True


def _let_contact_go(_actor: str, row: Any) -> None:
    row.left_on = row.left_on or today()


def _withdraw_interaction(_actor: str, row: Any) -> None:
    if row.superseded_at is None:
        withdraw_evidence(row.partnership, interaction_changes.source_of(row))
        row.superseded_at = now()


def _withdraw_commitment(_actor: str, row: Any) -> None:
    by = db.session.get(Person, row.recorded_by_id)
    if by is not None:
        settle_commitment(by, row.partnership, row, "withdrawn", settled_on=max(today(), row.made_on), note=WHY)


ENDINGS: Mapping[str, Callable[[str, Any], None]] = {
    "organisation": _close_organisation,
    "organisation_alias": _withdraw_alias,
    "contact": _let_contact_go,
    "partnership": _close_partnership,
    "participation": _end_part,
    "partnership_member": _end_membership,
    "interaction": _withdraw_interaction,
    "commitment": _withdraw_commitment,
}
"""How a row that an import made is ended; rows of other tables end with what they hang on."""
