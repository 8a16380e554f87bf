"""The sheet of commitments, into the register: new promises, and what became of those that are there."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from register.clock import today
from register.database import db
from register.exchange.arrivals.interaction_sheets import NOT_THEIRS, by_whom
from register.exchange.arrivals.sheet_differences import Difference, differences, given_facts
from register.exchange.arrivals.sheet_rows import Keeper, folded, needed
from register.exchange.bringing.former_changes import WHY
from register.exchange.sheets.cell_values import CLEAR, Ref
from register.exchange.sheets.happening_layouts import COMMITMENTS
from register.exchange.sheets.reading import SheetRow
from register.interactions.commitment_changes import NewCommitment, make_commitments, settle_commitment
from register.interactions.models import Commitment, Interaction, Settlement
from register.partnerships.models import Partnership
from register.refusals import Refusal

ENDINGS = frozenset({"outcome", "settled_on", "note"})
RENEGOTIATED = (
    "Write the promise that took its place as a row of its own, with this one’s id as what it replaces, or renegotiate "
    "it on its page."
)
FIXED = "A promise is not rewritten. Renegotiate it on its page, and the new one stands beside it."
UNDONE = (Settlement.superseded_at.is_(None), Settlement.outcome == "withdrawn", Settlement.note == WHY)
"""Answers of promises that were withdrawn with their import: such a promise can be brought in again."""
ENDS = (("promisor_id", "organisations"), ("promisee_id", "organisations"))


class CommitmentKeeper(Keeper):
    """Keeps promises: one without a number is found by who promised whom what for when."""

    sheet = COMMITMENTS
    noun = "commitments"

    def keep(self, rows: Sequence[SheetRow]) -> None:
        """Keep the rows; each renegotiated promise is told with the row that took its place."""
        named = ((row.values.get("replaces_id"), row) for row in rows)
        self.instead: dict[Ref, SheetRow] = {ref: row for ref, row in named if ref is not None and ref is not CLEAR}
        self.renewed: dict[int, int] = {}
        """Promises that were made when the one before was renegotiated, by the number of their row."""
        super().keep(rows)

    def within(self, keys: set[int]) -> tuple[str, tuple[ColumnElement[bool], ...]]:
        """Narrow to the partnerships of the promises."""
        parts = select(Commitment.partnership_id).where(Commitment.id.in_(keys))
        return "partnerships", (Partnership.id.in_(parts),)

    def prepare(self, portion: Sequence[SheetRow]) -> None:
        """Ask which partnerships may be touched, too."""
        super().prepare(portion)
        asked = select(Partnership.id).where(self.errand.editable("interaction:log"))
        self.loggable = set(db.session.scalars(asked))

    def name_of(self, row: SheetRow) -> str:
        """Tell a promise by its words."""
        return str(row.values.get("what") or row.own_key or f"row {row.number}")

    def alike(self, row: SheetRow) -> int | None:
        """Find the promise by the same to the same, in the same words, for the same day."""
        if row.number in self.renewed:
            return None
        promisor, promisee = (self.book.of(of, row, key) for key, of in ENDS)
        asked = select(Commitment.id, Commitment.what).where(
            Commitment.partnership_id == self._partnership(row),
            Commitment.promisor_id == promisor,
            Commitment.promisee_id == promisee,
            Commitment.due_on == row.values.get("due_on"),
            Commitment.id.not_in(select(Settlement.commitment_id).where(*UNDONE)),
        )
        wanted = folded(str(row.values.get("what", "")))
        found = next((key for key, what in db.session.execute(asked) if folded(what) == wanted), None)
        if found is not None and found not in self.current:
            self.current |= self.rows_of({found})
        return found

    def _partnership(self, row: SheetRow) -> int:
        return self.book.of("partnerships", row, "partnership_id")

    def make(self, row: SheetRow) -> int:
        """Make a promise, and settle it where the row says what became of it."""
        needed(self.sheet, row)
        partnership = self._loggable(self._partnership(row))
        if renewed := self.renewed.get(row.number):
            if given_facts(row, ENDINGS).get("outcome"):
                self._settle(row, db.session.get_one(Commitment, renewed), partnership)
            return renewed
        promisor, promisee = (self.book.of(of, row, key) for key, of in ENDS)
        given = given_facts(row, ("what", "due_on", "made_on"))
        interaction = self._interaction(row, partnership)
        made_on: date = given.get("made_on") or (interaction.held_on if interaction else today())
        if made_on > today():
            raise Refusal("A promise is made today or earlier.", "made_on")
        (made,) = make_commitments(
            by_whom(self.errand),
            partnership,
            [NewCommitment(promisor, promisee, given["what"], given["due_on"])],
            made_on=made_on,
            interaction_id=interaction.lasting_id if interaction else None,
        )
        db.session.flush()
        if given_facts(row, ENDINGS).get("outcome"):
            self._settle(row, made, partnership)
        return made.id

    def _loggable(self, key: int) -> Partnership:
        if key not in self.loggable and not self.errand.may_touch(key, "interaction:log"):
            raise Refusal(NOT_THEIRS, "partnership_id")
        return db.session.get_one(Partnership, key)

    def _interaction(self, row: SheetRow, partnership: Partnership) -> Interaction | None:
        ref = row.values.get("interaction_id")
        if ref is None or ref is CLEAR:
            return None
        found = db.session.get(Interaction, self.book.meant("interactions", ref, None, "interaction_id"))
        if found is None or found.partnership_id != partnership.id:
            raise Refusal("There is no interaction with this number in the partnership.", "interaction_id")
        return found

    def compare(self, row: SheetRow, key: int) -> list[Difference]:
        """Compare what became of it; anything else stays as it was promised."""
        current = self.current[key]
        found = differences(self.sheet, row, current)
        for one in found:
            if one.column.key not in ENDINGS:
                raise Refusal(FIXED, one.column.key)
        for column, of in (("partnership_id", "partnerships"), *ENDS):
            if row.values.get(column) not in (None, CLEAR) and self.book.of(of, row, column) != current[column]:
                raise Refusal(FIXED, column)
        return found

    def change(self, row: SheetRow, key: int, found: list[Difference]) -> None:  # noqa: ARG002 - the others' shape
        """Say what became of it."""
        commitment = db.session.get_one(Commitment, key)
        self._settle(row, commitment, self._loggable(commitment.partnership_id))

    def _settle(self, row: SheetRow, commitment: Commitment, partnership: Partnership) -> None:
        given = given_facts(row, ENDINGS)
        current = self.current.get(commitment.id, {})
        outcome = given.get("outcome") or current.get("outcome")
        if outcome is None or row.values.get("outcome") is CLEAR:
            raise Refusal("Say what became of it.", "outcome")
        instead = self.instead.get(row.own_key) if row.own_key is not None else None
        if outcome == "renegotiated" and instead is None:
            raise Refusal(RENEGOTIATED, "outcome")
        settled_on = given.get("settled_on") or current.get("settled_on")
        note = given.get("note")
        new = given_facts(instead, ("due_on", "what")) if instead and outcome == "renegotiated" else {}
        settle_commitment(
            by_whom(self.errand), partnership, commitment, outcome, settled_on=settled_on, note=note,
            new_due_on=new.get("due_on"), new_what=new.get("what"),
        )  # fmt: skip
        if instead and new:
            asked = select(func.max(Commitment.id)).where(Commitment.replaces_id == commitment.id)
            self.renewed[instead.number] = db.session.scalars(asked).one()
