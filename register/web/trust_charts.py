"""The charts of relationships of one partnership: their moments, what happened below them, the words beside them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from register.clock import Clocks
from register.interactions.commitment_lookups import CommitmentState
from register.interactions.kinds import KIND_BY_KEY, OUTCOME_BY_KEY
from register.interactions.lookups import attendances, interactions_of_partnership
from register.interactions.models import Interaction
from register.partnerships.lookups import Relationship
from register.partnerships.organisation_models import Organisation
from register.trust.figure import Standing
from register.trust.timeline import Moment
from register.trust.timeline_lookups import timelines, units_of
from register.web.chart_parts import NARROW, WIDE, Drawing, Mark, Silence
from register.web.chart_words import course, figure_words, promise_words, silence_words
from register.web.charts import drawing, silences
from register.web.days import short

SHOWN = timedelta(days=760)
"""How far back a chart reaches: a little more than two years, so that the same season stands beside itself."""

MOST_INTERACTIONS = 500
"""Interactions of a partnership that a chart looks at: more than four a week for two years."""


@dataclass(frozen=True)
class Row:
    """One row of the table beside a chart."""

    day: date
    standing: Standing
    logged: str


@dataclass(frozen=True)
class Chart:
    """One relationship over time, with everything that its picture, table and sentences say."""

    relationship: Relationship
    rater: str
    ratee: str
    standing: Standing
    drawings: tuple[Drawing, ...]
    """Empty where there is no evidence at all."""
    rows: tuple[Row, ...]
    words: str
    end_label: str
    url: str | None = None

    @property
    def title(self) -> str:
        """What is shown: "Council of Ferncote"."""
        return f"{self.rater} of {self.ratee}"

    @property
    def aria(self) -> str:
        """The picture in a sentence."""
        return f"{self.title} over time. Now {figure_words(self.standing)}. The table below has these figures."


@dataclass(frozen=True)
class Log:
    """What was logged of a partnership, for the lanes below its charts."""

    interactions: Sequence[Interaction]
    present: Mapping[int, frozenset[int]]
    """The organisations that took part in each interaction."""
    promises: Sequence[CommitmentState]

    def marks(self, relationship: Relationship) -> list[Mark]:
        """Return what happened between the two: interactions with both there, and promises to the one who rates."""
        pair = {relationship.rater_id, relationship.ratee_id}
        met = [_meeting(one) for one in self.interactions if pair <= self.present.get(one.id, frozenset())]
        kept = [
            Mark(state.settled_on, state.outcome, 1, _promise(state))
            for state in self.promises
            if state.settled_on and OUTCOME_BY_KEY[state.outcome].good is not None
            and (state.commitment.promisee_id, state.commitment.promisor_id) == relationship[1:]
        ]
        return sorted([*met, *kept])


def _meeting(interaction: Interaction) -> Mark:
    kind = KIND_BY_KEY[interaction.kind]
    name = "incident" if kind.is_trouble else "meeting"
    return Mark(interaction.held_on, name, 0, f"{kind.name}, {short(interaction.held_on)}")


def _promise(state: CommitmentState) -> str:
    return f"{OUTCOME_BY_KEY[state.outcome].name}: {state.commitment.what}, {short(state.settled_on)}"


def log_of(partnership_id: int, promises: Sequence[CommitmentState], clocks: Clocks) -> Log:
    """Return what was logged of a partnership by a day; `promises` are its promises as they stood on it."""
    interactions = interactions_of_partnership(partnership_id, clocks, MOST_INTERACTIONS)
    present = attendances(interaction.id for interaction in interactions)
    return Log(
        interactions,
        {key: frozenset(row.organisation_id for row in rows) for key, rows in present.items()},
        promises,
    )


def charts_of(
    standings: Mapping[Relationship, Standing], names: Mapping[int, Organisation], log: Log, clocks: Clocks,
) -> list[Chart]:
    """Return a chart for each of some relationships of one partnership, all over the same days."""
    marks = {relationship: log.marks(relationship) for relationship in standings}
    held = {key: [unit.held_on for unit in units] for key, units in units_of(list(standings), clocks).items()}
    logged = {key: [*held[key], *(mark.day for mark in marks[key])] for key in standings}
    since = max(clocks.on - SHOWN, min((day for days in logged.values() for day in days), default=clocks.on))
    quiet = {key: [one for one in silences(days, clocks.on) if one.end > since] for key, days in logged.items()}
    edges = {day for some in quiet.values() for silence in some for day in silence}
    shown = timelines(standings, clocks, since, edges)
    return [
        _chart(key, standing, names, shown[key], marks[key], quiet[key], clocks) for key, standing in standings.items()
    ]


def _chart(
    relationship: Relationship, standing: Standing, names: Mapping[int, Organisation], moments: Sequence[Moment],
    marks: Sequence[Mark], quiet: Sequence[Silence], clocks: Clocks,
) -> Chart:
    rater, ratee = names[relationship.rater_id].label, names[relationship.ratee_id].label
    has_evidence = any(moment.units or moment.standing.unknown < 1 for moment in moments)
    if not has_evidence:
        return Chart(relationship, rater, ratee, standing, (), (), f"{rater} of {ratee}: no evidence yet.", "")
    words = " ".join(filter(None, (
        course(f"{rater} of {ratee}", moments), silence_words(quiet, clocks.on),
        promise_words(ratee, (mark for mark in marks if mark.lane and mark.day >= moments[0].day)),
    )))
    end_label = "today" if clocks.is_now else short(clocks.on)
    drawn = tuple(drawing(frame, moments, marks, quiet) for frame in (WIDE, NARROW))
    return Chart(relationship, rater, ratee, standing, drawn, _rows(moments, marks), words, end_label)


def _rows(moments: Sequence[Moment], marks: Sequence[Mark]) -> tuple[Row, ...]:
    """Return the days of evidence, the months' first days and the last day, newest first."""
    happened: dict[date, list[str]] = defaultdict(list)
    for mark in marks:
        happened[mark.day].append(mark.words.removesuffix(f", {short(mark.day)}"))
    return tuple(
        Row(moment.day, moment.standing, "; ".join(happened[moment.day]) if moment.day in happened else "")
        for moment in reversed(moments) if moment.units or moment.day.day == 1 or moment is moments[-1]
    )
