"""Changed rows of interactions and readings that the register has: each interaction corrected once, with the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from register.database import db
from register.exchange.arrivals.interaction_sheets import InteractionLogger, by_whom
from register.exchange.arrivals.sheet_differences import Difference, changed_facts, differences, given_facts
from register.exchange.bringing.errands import Errand, Record
from register.exchange.bringing.lookups import in_portions
from register.exchange.reading.columns import column_key
from register.exchange.reading.findings import Problem
from register.exchange.sheets.cell_values import CLEAR
from register.exchange.sheets.columns import Sheet
from register.exchange.sheets.happening_layouts import INTERACTIONS, READINGS
from register.exchange.sheets.reading import SheetRow
from register.exchange.taking.happening_sheet_lookups import LASTING, ROWS
from register.exchange.taking.scope import Scope
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.lookups import attendances, readings
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.partnerships.visibility import may
from register.refusals import Refusal

WHY = "Corrected in a file that was brought in"
NOT_HERE = "There is no interaction with this number here."
NOT_THEIRS = "An interaction is corrected by whoever logged it, or by a lead of the partnership."
FACTS = ("kind", "held_on", "account")
Way = tuple[int, int, str]
"""What makes a reading one of an interaction: rater, rated, determinant."""


class Corrector:
    """Corrects the interactions that rows of either sheet say otherwise."""

    def __init__(self, errand: Errand, logger: InteractionLogger) -> None:
        self.errand, self.logger, self.book = errand, logger, logger.book

    def correct(self, rows: Mapping[int, SheetRow], scored: Mapping[int, Sequence[SheetRow]]) -> None:
        """Correct what differs; rows are given by the number of their interaction."""
        for keys in in_portions(sorted({*rows, *scored})):
            self.current = self._as_they_are(keys)
            for key in keys:
                self._one(key, rows.get(key), scored.get(key, ()))

    def _as_they_are(self, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
        scope = Scope(self.errand.seen(), self.errand.person, "interactions", (LASTING.in_(keys),))
        names = [column.key for column in INTERACTIONS.columns]
        found = {row[0]: dict(zip(names, row, strict=True)) for row in ROWS["interactions"](scope)}
        asked = select(Interaction).where(LASTING.in_(keys), Interaction.superseded_at.is_(None))
        self.versions = {row.lasting_id: row for row in db.session.scalars(asked)}
        ids = [row.id for row in self.versions.values()]
        self.scores, self.present = readings(ids), attendances(ids)
        return found

    def _one(self, key: int, row: SheetRow | None, scored: Sequence[SheetRow]) -> None:
        """Correct one interaction; what refuses it is told at the row that holds it."""
        told: dict[int, list[Difference]] = {}
        record = Record("interactions", self._name(key), self.logger.titles[0], row.number if row else 0)
        beside = [Record("readings", record.name, self.logger.titles[1], one.number) for one in scored]
        probe = Record("interactions", "")
        at: list[tuple[SheetRow, Record, Sheet]] = [(row, record, INTERACTIONS)] if row else []
        with self.errand.part(probe):
            if key not in self.current:
                raise Refusal(NOT_HERE, "id" if row else "interaction_id")
            told[0] = self._compare(key, row) if row else []
            kept = self._readings(key, scored, told)
            if any(told.values()) and self.errand.choices.updates:
                self._write(key, row, told[0], kept)
        for one, its in zip(scored, beside, strict=True):
            at.append((one, its, READINGS))
        for one, its, sheet in at:
            self.errand.step()
            found = told.get(one.number if sheet is READINGS else 0, ())
            its.changes = [] if probe.refused else [change.told for change in found]
            its.refused = _problem(probe, one, its, sheet) if probe.refused else None
            self.errand.tell(its)

    def _name(self, key: int) -> str:
        version = self.versions.get(key)
        return f"{version.held_on} {self.current[key]['partnership']}" if version and key in self.current else str(key)

    def _compare(self, key: int, row: SheetRow) -> list[Difference]:
        current = self.current[key]
        moved = row.values.get("partnership_id") not in (None, CLEAR)
        if moved and self.book.of("partnerships", row, "partnership_id") != current["partnership_id"]:
            raise Refusal("An interaction stays with its partnership.", "partnership_id")
        found = differences(INTERACTIONS, row, current, but=("correction_reason",))
        wanted, had = self._present(key, row), self._had_present(key)
        if set(wanted) != set(had):
            column = INTERACTIONS.by_key["present"]
            names = self.book.names["organisations"]
            was, given = ([names.get(one.organisation_id, "") for one in some] for some in (had, wanted))
            found.append(Difference(column, was, given))
        return found

    def _had_present(self, key: int) -> list[Present]:
        rows = self.present.get(self.versions[key].id, [])
        return [Present(one.organisation_id, one.contact_id, one.person_id) for one in rows]

    def _present(self, key: int, row: SheetRow) -> list[Present]:
        """Return who was there by the row's cells; where they name the same, also the people of the register."""
        had = self._had_present(key)
        if row.values.get("present") is None and row.values.get("contacts") is None:
            return had
        whole = {"present": self._refs(key, "present"), "contacts": self._refs(key, "contacts")} | row.values
        told = self.logger.present(SheetRow(row.number, whole))
        if {one[:2] for one in told} == {one[:2] for one in had}:
            return had
        there = {one.organisation_id for one in told}
        people = [one for one in had if one.person_id and one.organisation_id in there]
        return list(dict.fromkeys([*told, *people]))

    def _refs(self, key: int, column: str) -> tuple[int, ...] | None:
        had = self._had_present(key)
        found = (one.organisation_id if column == "present" else one.contact_id for one in had)
        return tuple(dict.fromkeys(one for one in found if one)) or None

    def _readings(
        self, key: int, scored: Sequence[SheetRow], told: dict[int, list[Difference]]
    ) -> list[NewReading]:
        """Return the readings that are to stand, and note by row what differs."""
        version = self.versions[key]
        kept: dict[Way, NewReading] = {
            (one.rater_id, one.ratee_id, one.determinant): NewReading(
                one.rater_id, one.ratee_id, one.determinant, one.score, one.evidence, one.voice
            )
            for one in self.scores.get(version.id, ())
        }
        for row in scored:
            way = self._way(row)
            had = kept.get(way)
            if row.values.get("score") is CLEAR:
                told[row.number] = [Difference(READINGS.by_key["score"], had.score, None)] if had else []
                kept.pop(way, None)
                continue
            current = had._asdict() if had else dict.fromkeys(NewReading._fields)
            found = differences(READINGS, row, {**current, "determinant": way[2]})
            told[row.number] = found
            kept[way] = had._replace(**_scores(found)) if had else self.logger.reading(row)
        return list(kept.values())

    def _way(self, row: SheetRow) -> Way:
        rater, ratee = (self.book.of("organisations", row, key) for key in ("rater_id", "ratee_id"))
        determinant = row.values.get("determinant")
        if not isinstance(determinant, str):
            raise Refusal("Say which determinant it scores.", "determinant")
        return rater, ratee, determinant

    def _write(self, key: int, row: SheetRow | None, told: list[Difference], kept: list[NewReading]) -> None:
        version = self.versions[key]
        person = self.errand.person
        is_own = person is not None and version.recorded_by_id == person.id
        if person is not None and not may(person, "interaction:correct", version.partnership_id, is_own=is_own):
            raise Refusal(NOT_THEIRS, "id")
        facts = {name: getattr(version, name) for name in FACTS} | changed_facts(told, FACTS)
        present = self._present(key, row) if row else self._had_present(key)
        reason = given_facts(row, ["correction_reason"]).get("correction_reason", WHY) if row else WHY
        partnership = db.session.get_one(Partnership, version.partnership_id)
        happening = Happening(**facts, present=present, readings=kept)
        correct_interaction(by_whom(self.errand), partnership, version, happening, reason)


def _scores(found: Sequence[Difference]) -> dict[str, Any]:
    changed = changed_facts(found, ("score", "evidence", "voice"))
    return {key: value for key, value in changed.items() if value is not None or key == "evidence"}


def _problem(probe: Record, row: SheetRow, record: Record, sheet: Sheet) -> Problem:
    """Return a refusal at the place of a row."""
    key = {"evidence": "evidence", "reading": "score"}.get(probe.about.partition("-")[0], probe.about)
    column = sheet.by_key.get(key)
    title = column_key(column.title) if column else ""
    value = str(row.values.get(key, "")) if column else record.name
    return Problem(record.sheet, row.number, title, value, probe.refused.reason if probe.refused else "")
