"""The evidence behind one figure, oldest to newest, each with what it weighs today and what it came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from register.accounts.lookups import names_of_actors
from register.clock import Clocks
from register.database import db
from register.interactions.commitment_lookups import CommitmentState, states_of
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY
from register.interactions.lookups import readings
from register.interactions.models import Commitment, Interaction, Reading
from register.partnerships.lookups import Relationship
from register.trust.figure import HALF_LIFE, decay
from register.trust.lookups import WHOLE, evidence_of
from register.trust.models import Evidence
from register.trust.schemes import determinant_of
from register.trust.sums import group_of
from register.web.charts import SILENCE

TOLD = "told"
"""The voice of what an officer heard the other side say."""


@dataclass(frozen=True)
class Piece:
    """One piece of evidence about the relationship as a whole."""

    held_on: date
    age: int
    """Days."""
    mark: str
    words: str
    """What happened."""
    rated: str
    """What was said of it: determinants and scores, or what became of a promise."""
    whose: str
    """Whose opinion it is; empty for a promise, which is a fact."""
    good: float
    """The good part, 0 to 1."""
    weight: float
    """What is left of it on the day."""
    shares_with: int
    """How many pieces share its unit of weight; 1 where it stands alone."""
    interaction_id: int | None = None
    commitment_id: int | None = None


@dataclass(frozen=True)
class Silence:
    """Days in which nothing was added, and what the evidence before lost in them."""

    days: int
    lost: float
    """Share of its weight, 0 to 1."""
    lasts: bool
    """Whether it reaches to the page's day."""


@dataclass(frozen=True)
class Sources:
    """The records that evidence came from."""

    interactions: Mapping[int, Interaction]
    promises: Mapping[int, CommitmentState]
    opinions: Mapping[tuple[int, str], Sequence[Reading]]
    """Readings of the relationship by (interaction, rater's key)."""
    names: Mapping[str, str]
    """Names of the people behind rater's keys."""


def evidence_rows(relationship: Relationship, rater: str, clocks: Clocks) -> list[Piece | Silence]:
    """Return the evidence about a relationship as a whole, oldest first, with the silences between."""
    rows = [row for row in evidence_of(relationship, clocks) if row.determinant == WHOLE]
    sources = _sources(relationship, rows, clocks)
    sizes = Counter(group_of(row) for row in rows)
    pieces = [_piece(row, sizes[group_of(row)], sources, rater, clocks.on) for row in rows]
    return _with_silences(pieces, clocks.on)


def _sources(relationship: Relationship, rows: Iterable[Evidence], clocks: Clocks) -> Sources:
    ids: dict[str, set[int]] = defaultdict(set)
    keys = set()
    for row in rows:
        kind, _, number = row.source.partition(":")
        ids[kind].add(int(number))
        keys.add(row.rater_key)
    opinions: dict[tuple[int, str], list[Reading]] = defaultdict(list)
    for interaction_id, given in readings(ids["interaction"]).items():
        for reading in given:
            if (reading.rater_id, reading.ratee_id) == relationship[1:]:
                opinions[interaction_id, f"person:{reading.rated_by_id}:{reading.voice}"].append(reading)
    found = db.session.scalars(select(Interaction).where(Interaction.id.in_(ids["interaction"])))
    promises = states_of(Commitment.id.in_(ids["commitment"]), clocks)
    return Sources(
        {row.id: row for row in found}, {state.commitment.id: state for state in promises}, opinions,
        names_of_actors(key.rpartition(":")[0] for key in keys if key),
    )


def _piece(row: Evidence, sharing: int, sources: Sources, rater: str, on: date) -> Piece:
    age = (on - row.held_on).days
    weight = decay(age, HALF_LIFE) / sharing
    kind, _, number = row.source.partition(":")
    if kind == "commitment" and (state := sources.promises.get(int(number))):
        outcome = OUTCOME_BY_KEY.get(state.outcome)
        said = f"{outcome.name if outcome else 'Settled'}: {state.commitment.what}"
        return Piece(
            row.held_on, age, state.outcome, said, f"a promise, counts {_counted(row.good)}", "", row.good, weight,
            sharing, commitment_id=state.commitment.id,
        )
    interaction = sources.interactions.get(int(number))
    met = KIND_BY_KEY[interaction.kind] if interaction else None
    rated = ", ".join(
        f"{determinant_of(one.determinant).name.lower()} {one.score}"
        for one in sources.opinions.get((int(number), row.rater_key), ())
    )
    person = sources.names.get(row.rater_key.rpartition(":")[0], "somebody")
    is_told = row.rater_key.endswith(f":{TOLD}")
    return Piece(
        row.held_on, age, "incident" if met and met.is_trouble else "meeting",
        f"{met.name}: {interaction.account}" if met and interaction else "An interaction", rated,
        f"as {rater} told {person}" if is_told else f"{person}’s own view, for {rater}", row.good, weight, sharing,
        interaction_id=int(number),
    )


def _counted(good: float) -> str:
    return "1" if good == 1 else "0" if good == 0 else "a half"


def _with_silences(pieces: Sequence[Piece], on: date) -> list[Piece | Silence]:
    """Put a row where more than `SILENCE` days lie between two pieces, or between the last one and the day."""
    found: list[Piece | Silence] = list(pieces[:1])
    for before, after in pairwise(pieces):
        found += [*_silence(before.held_on, after.held_on, lasts=False), after]
    return [*found, *(_silence(pieces[-1].held_on, on, lasts=True) if pieces else [])]


def _silence(start: date, end: date, *, lasts: bool) -> list[Silence]:
    days = (end - start).days
    return [Silence(days, 1 - decay(days, HALF_LIFE), lasts)] if days > SILENCE else []
