"""Which texts of which records can be erased, what belongs to the same record, and whose partnership it is."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, String, Table, or_, select

from register.database import db
from register.erasures.kinds import KEPT
from register.history.coverage import covered_columns, recorded_tables
from register.history.erasing import ACT, Field, with_reasons
from register.history.models import HistoryEntry
from register.history.sealing import REASON
from register.interactions.models import Interaction, Reading

LONGEST_KEY = 64
"""Characters: what is shorter holds keys of vocabularies, or digests."""
PARENTS = (("interaction_id", "interaction"), ("deal_revision_id", "deal_revision"), ("commitment_id", "commitment"))
"""Columns that lead from a row to one that names its partnership."""


def text_columns(table: Table) -> tuple[Column[object], ...]:
    """Return the columns of a table whose words can be erased."""
    return tuple(column for column in covered_columns(table) if _is_text(column))


def _is_text(column: Column[object]) -> bool:
    kind = column.type
    is_long = isinstance(kind, String) and (kind.length is None or kind.length > LONGEST_KEY)
    return is_long and not column.info.get("secret") and (column.table.name, column.name) not in KEPT


def is_erasable(field: Field) -> bool:
    """Say whether a field holds words that can be erased: a text of a recorded table, or the reason of an act."""
    if field.entity == ACT:
        return field.name == REASON
    table = recorded_tables().get(field.entity)
    return table is not None and field.name in {column.name for column in text_columns(table)}


def written_fields(fields: Iterable[Field]) -> str:
    """Return fields as an erasure keeps them, one a line."""
    return "\n".join(f"{entity}:{entity_id}:{name}" for entity, entity_id, name in fields)


def fields_in(text: str) -> tuple[Field, ...]:
    """Return the fields that `written_fields` wrote. Raises ValueError for anything else."""
    found = []
    for line in text.split():
        entity, number, name = line.split(":")
        found.append(Field(entity, int(number), name))
    return tuple(found)


def whole(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return fields with the same ones of a record's other versions, and the reasons that repeat their words."""
    return with_reasons({other for field in fields for other in _versions(field)})


def _versions(field: Field) -> Iterable[Field]:
    """Return a field in each version of its record: a correction of a meeting is a row of its own, as is a revision."""
    if field.entity in ("deal_revision", "deal_share"):
        return _revisions_with(field)
    if field.entity == "interaction":
        return (Field(field.entity, number, field.name) for number in _versions_of(field.entity_id))
    reading = db.session.get(Reading, field.entity_id) if field.entity == "reading" else None
    if reading is None:
        return (field,)
    same = select(Reading.id).where(
        Reading.interaction_id.in_(_versions_of(reading.interaction_id)), Reading.rater_id == reading.rater_id,
        Reading.ratee_id == reading.ratee_id, Reading.determinant == reading.determinant,
    )
    return (Field(field.entity, number, field.name) for number in db.session.scalars(same))


def _revisions_with(field: Field) -> list[Field]:
    """Return the fields of all revisions of a deal that repeat the words of one: terms are carried on unchanged."""
    row = row_of(field.entity, field.entity_id)
    if row is None or not row.get(field.name):
        return [field]
    table, revisions = recorded_tables()[field.entity], recorded_tables()["deal_revision"]
    of_deal = select(revisions.c.id).where(revisions.c.partnership_id == partnership_of(field))
    revision = table.c.id if table is revisions else table.c.deal_revision_id
    asked = select(table.c.id).where(revision.in_(of_deal), table.c[field.name] == row[field.name])
    return [Field(field.entity, number, field.name) for number in db.session.scalars(asked)]


def _versions_of(interaction_id: int) -> list[int]:
    interaction = db.session.get(Interaction, interaction_id)
    if interaction is None:
        return [interaction_id]
    first = interaction.lasting_id
    return list(db.session.scalars(
        select(Interaction.id).where(or_(Interaction.id == first, Interaction.first_version_id == first)),
    ))


def row_of(entity: str, entity_id: int) -> dict[str, Any] | None:
    """Return the live row of a record, None where there is none."""
    table = recorded_tables().get(entity)
    if table is None:
        return None
    found = db.session.execute(select(table).where(table.c.id == entity_id)).mappings().one_or_none()
    return dict(found) if found else None


def partnership_of(field: Field) -> int | None:
    """Return the partnership that a field's record belongs to, None where it belongs to none."""
    if field.entity == ACT:
        scope = select(HistoryEntry.scope_id).where(HistoryEntry.sequence == field.entity_id)
        return db.session.scalar(scope)
    if field.entity == "partnership":
        return field.entity_id
    row = row_of(field.entity, field.entity_id) or {}
    found: int | None = row.get("partnership_id")
    for column, parent in PARENTS:
        if found is None and row.get(column) is not None:
            found = partnership_of(Field(parent, row[column], ""))
    return found
