"""The names behind ids and keys that the history holds, for readers of its story."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import select

from register.accounts.kinds import ROLE_BY_KEY
from register.accounts.models import Person
from register.clock import LONDON
from register.database import db
from register.history.envelope import Plain
from register.history.story import ERASED, RowChange
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY, VOICES
from register.interactions.models import Commitment
from register.partnerships import kinds
from register.partnerships.models import Partnership
from register.partnerships.organisation_models import Contact, Organisation
from register.partnerships.visibility import visible_to
from register.refusals import Refusal
from register.trust.schemes import determinant_of
from register.web.days import short

ORGANISATION_IDS = (
    "organisation_id",
    "parent_id",
    "successor_id",
    "of_id",
    "rater_id",
    "ratee_id",
    "promisor_id",
    "promisee_id",
    "kept_id",
    "merged_id",
    "one_id",
    "other_id",
)
PERSON_IDS = (
    "person_id", "lead_officer_id", "recorded_by_id", "rated_by_id", "requested_by_id", "decided_by_id", "set_by_id",
    "lifted_by_id",
)  # fmt: skip

DOCUMENT_NAMES = kinds.names(kinds.DOCUMENTS)
TELLING = ("kind", "outcome", "what", "name", "promisor_id", "organisation_id", "role", "part", "held_on", "settled_on")
"""Fields that a reader wants first."""
SAID_ELSEWHERE = ("partnership_id", "recorded_by_id", "interaction_id", "deal_revision_id", "made_on", "scheme")
"""Fields that the sentence or the time of the act says already."""

DAYS = ("since", "until")
WRITTEN_AS_JSON = ("parameters",)
KEPT_AS_DIGEST = "a secret, of which only a digest is kept"
KEYS = {
    "sector": kinds.names(kinds.SECTORS),
    "theme": kinds.names(kinds.THEMES),
    "significance": kinds.names(kinds.SIGNIFICANCES),
    "stage": kinds.names(kinds.STAGES),
    "part": kinds.names(kinds.MEMBER_PARTS),
    "legal_form": kinds.names(kinds.LEGAL_FORMS),
    "value_basis": kinds.names(kinds.VALUE_BASES),
    "voice": kinds.names(VOICES),
    "outcome": {key: outcome.name for key, outcome in OUTCOME_BY_KEY.items()},
    "role": kinds.names(kinds.PARTICIPATION_ROLES) | {key: role.name for key, role in ROLE_BY_KEY.items()},
    "kind": kinds.names(kinds.ORGANISATION_KINDS)
    | kinds.names(kinds.PARTNERSHIP_KINDS)
    | {key: kind.name for key, kind in KIND_BY_KEY.items()},
}


class NameBook:
    """Says what a field's value means to a reader; names of partnerships only where the reader may see them."""

    def __init__(self, pairs: Iterable[tuple[str, Plain]], reader: Person) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for field, value in pairs:
            if field.endswith("_id") and isinstance(value, int):
                wanted[_table_of(field)].add(value)
        self._promises = _promises(wanted["commitment"])
        self._names = {
            "organisation": _names(Organisation, wanted["organisation"]),
            "person": _names(Person, wanted["person"]),
            "partnership": dict(
                db.session.execute(
                    select(Partnership.id, Partnership.name).where(
                        Partnership.id.in_(wanted["partnership"]), visible_to(reader)
                    ),
                ).all()
            ),
            "commitment": {key: what for key, (_, what) in self._promises.items()},
            "contact": {
                row.id: row.label
                for row in db.session.scalars(
                    select(Contact).where(Contact.id.in_(wanted["contact"])),
                )
            },
        }

    def said(self, field: str, value: Plain) -> str:
        """Return a field's value in words."""
        if value is None or value == "":
            return "empty"
        if value == ERASED:
            return ERASED
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int) and field.endswith("_id"):
            return self._names.get(_table_of(field), {}).get(value, f"number {value}")
        if isinstance(value, int) and field.endswith("_pence"):
            return f"£{value / 100:,.2f}"
        return _said_text(field, str(value))

    def promise(self, commitment_id: Plain) -> tuple[str, str]:
        """Return whose promise it is, such as "Brook Care’s", and what was promised."""
        number = commitment_id if isinstance(commitment_id, int) else 0
        return self._promises.get(number, ("a", "of which no words are left"))

    def summed_up(self, row: RowChange, repeated: Collection[str] = ()) -> str:
        """Return a new row in one line: its telling fields in words, most telling first; no word of the `repeated`."""
        left_out = {*SAID_ELSEWHERE, *repeated}
        values = {change.name: change.now for change in row.fields if change.name not in left_out}
        order = [name for name in TELLING if name in values] + [name for name in values if name not in TELLING]
        told = (name for name in order if values[name] is not False and not name.endswith("_hash"))
        return " · ".join(self.said(name, values[name]) for name in told)

    def partnership(self, partnership_id: int | None) -> str | None:
        """Return the name of the partnership of an act."""
        return self._names["partnership"].get(partnership_id) if partnership_id else None


def _said_text(field: str, value: str) -> str:
    """Return a text field's value: a key by its name, a day as people write it, anything else as it stands."""
    if field == "determinant":
        return _determinant(value)
    if field == "documents":
        return ", ".join(DOCUMENT_NAMES.get(key, key) for key in value.split(","))
    if field.endswith("_on") or field in DAYS:
        return short(date.fromisoformat(value))
    if field.endswith("_at"):
        at = datetime.fromisoformat(value).astimezone(LONDON)
        return f"{short(at.date())}, {at:%H:%M}"
    if field in WRITTEN_AS_JSON:
        return "; ".join(f"{name.replace('_', ' ')} {held}" for name, held in json.loads(value).items())
    return KEPT_AS_DIGEST if field.endswith("_hash") else KEYS.get(field, {}).get(value, value)


def _table_of(field: str) -> str:
    if field in ORGANISATION_IDS:
        return "organisation"
    return "person" if field in PERSON_IDS else field.removesuffix("_id")


def _names(table: type[Organisation] | type[Person], ids: set[int]) -> dict[int, str]:
    return dict(db.session.execute(select(table.id, table.name).where(table.id.in_(ids))).all())


def _promises(ids: set[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(
        select(Commitment.id, Organisation.name, Commitment.what)
        .join(Organisation, Organisation.id == Commitment.promisor_id).where(Commitment.id.in_(ids)),
    )
    return {row.id: (f"{row.name}{'’' if row.name.endswith('s') else '’s'}", row.what) for row in rows}


def _determinant(key: str) -> str:
    try:
        return determinant_of(key).name
    except Refusal:
        return key
