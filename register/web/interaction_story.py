"""What the page of an interaction tells: who was there, what was seen, what was promised, and how it was corrected."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select

from register.accounts.models import Person
from register.clock import LONDON, Clocks, clocks_now
from register.database import db
from register.interactions.agenda import Agenda, agenda_of
from register.interactions.commitment_lookups import CommitmentState, commitments_made_in
from register.interactions.kinds import KIND_BY_KEY
from register.interactions.lookups import attendances, readings, versions_of
from register.interactions.models import Attendance, Interaction, Reading
from register.partnerships.lookups import organisations
from register.partnerships.organisation_models import Organisation
from register.trust.schemes import SCORES, determinant_of
from register.web.days import said
from register.web.sides import sides_of


class Score(NamedTuple):
    """One reading in words."""

    determinant: str
    score: int
    word: str
    evidence: str | None


class Opinion(NamedTuple):
    """The readings of one relationship by one person."""

    rater: Organisation
    ratee: Organisation
    voice: str
    by: str
    scores: list[Score]


class Party(NamedTuple):
    """An organisation that was there, with those of it who are named."""

    organisation: Organisation
    people: list[str]


class Difference(NamedTuple):
    """What a correction changed of one fact."""

    label: str
    was: str
    now: str


class Version(NamedTuple):
    """One version, and what it changed of the one before."""

    number: int
    interaction: Interaction
    recorded: str
    changes: list[Difference]


class Story(NamedTuple):
    """Everything the page shows."""

    parties: list[Party]
    opinions: list[Opinion]
    promises: list[CommitmentState]
    versions: list[Version]
    agenda: Agenda | None
    labels: dict[int, str]
    """The names of the organisations that the agenda names."""

    @property
    def newest(self) -> Interaction:
        """The version that stands."""
        return self.versions[-1].interaction


def version_known(interaction: Interaction, clocks: Clocks) -> Interaction | None:
    """Return the version of an interaction that the register held then; None where it held none yet."""
    before = clocks.known_before
    return next((
        version for version in reversed(versions_of(interaction))
        if version.held_on <= clocks.on and (before is None or version.recorded_at < before)
        and (version.superseded_at is None or (before is not None and version.superseded_at >= before))
    ), None)


def story_of(interaction: Interaction, clocks: Clocks) -> Story:
    """Return what the page of one version of an interaction tells."""
    versions = versions_of(interaction)
    ids = [version.id for version in versions]
    present, rated = attendances(ids), readings(ids)
    people = _people(present.values(), rated.values())
    bodies = organisations(
        {body for rows in rated.values() for row in rows for body in (row.rater_id, row.ratee_id)},
    )
    told = _Teller(present, rated, people, bodies)
    promises = commitments_made_in(interaction.lasting_id, clocks)
    agenda, labels = _agenda(interaction, present.get(interaction.id, ()))
    return Story(
        told.parties(interaction), told.opinions(interaction), promises, told.versions(versions), agenda, labels,
    )


def _agenda(interaction: Interaction, present: Iterable[Attendance]) -> tuple[Agenda | None, dict[int, str]]:
    """Return what the next meeting should take up, with the names of the organisations in it."""
    clocks = clocks_now()
    sides = sides_of(interaction.partnership, clocks.on, _speaker(present))
    if sides is None:
        return None, {}
    agenda = agenda_of(interaction.partnership, sides.we.id, (body.id for body in sides.rated), clocks)
    return agenda, {body.id: body.label for body in sides.organisations.values()}


def first_recorder(interaction: Interaction) -> int:
    """Return who logged the first version: it stays their own work when somebody else corrects it."""
    first = db.session.get(Interaction, interaction.lasting_id)
    return first.recorded_by_id if first else interaction.recorded_by_id


def _speaker(present: Iterable[Attendance]) -> int | None:
    return next((row.organisation_id for row in present if row.person_id), None)


def _people(present: Iterable[Sequence[Attendance]], rated: Iterable[Sequence[Reading]]) -> dict[int, str]:
    wanted = {row.person_id for rows in present for row in rows if row.person_id}
    wanted |= {row.rated_by_id for rows in rated for row in rows}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return dict(rows.all())


def stamp(instant: datetime) -> str:
    """Return an instant as pages say it, in London time: 23 November 2026, 10:42."""
    return f"{instant.astimezone(LONDON):%-d %B %Y, %H:%M}"


class _Teller:
    """Tells versions in words; it holds the rows of all of them, so that none is asked for alone."""

    def __init__(
        self, present: dict[int, list[Attendance]], rated: dict[int, list[Reading]], people: dict[int, str],
        bodies: dict[int, Organisation],
    ) -> None:
        self.present, self.rated, self.people, self.bodies = present, rated, people, bodies

    def parties(self, version: Interaction) -> list[Party]:
        """Return who was there, by organisation."""
        found: dict[int, Party] = {}
        for row in self.present.get(version.id, ()):
            party = found.setdefault(row.organisation_id, Party(row.organisation, []))
            if row.contact is not None:
                party.people.append(row.contact.label)
            elif row.person_id:
                party.people.append(self.people[row.person_id])
        return list(found.values())

    def opinions(self, version: Interaction) -> list[Opinion]:
        """Return the readings, by relationship and whose opinion it is."""
        found: dict[tuple[int, int, int, str], Opinion] = {}
        for row in self.rated.get(version.id, ()):
            key = (row.rater_id, row.ratee_id, row.rated_by_id, row.voice)
            opinion = found.setdefault(key, Opinion(
                self.bodies[row.rater_id], self.bodies[row.ratee_id], row.voice, self.people[row.rated_by_id], [],
            ))
            name = determinant_of(row.determinant).name
            opinion.scores.append(Score(name, row.score, SCORES[row.score], row.evidence))
        return list(found.values())

    def versions(self, versions: Sequence[Interaction]) -> list[Version]:
        """Return all versions, the first one first, each with what it changed."""
        first, *_ = versions
        told = [Version(1, first, stamp(first.recorded_at), [])]
        for number, (earlier, later) in enumerate(pairwise(versions), 2):
            told.append(Version(number, later, stamp(later.recorded_at), self.changes(earlier, later)))
        return told

    def changes(self, earlier: Interaction, later: Interaction) -> list[Difference]:
        """Return what one version changed of another: was and now, side by side."""
        was, now = self.facts(earlier), self.facts(later)
        labels = dict.fromkeys([*was, *now])
        return [
            Difference(label, was.get(label, "did not come up"), now.get(label, "did not come up"))
            for label in labels if was.get(label) != now.get(label)
        ]

    def facts(self, version: Interaction) -> dict[str, str]:
        """Return a version as labelled words."""
        there = ", ".join(
            f"{party.organisation.label} ({'; '.join(party.people)})" if party.people else party.organisation.label
            for party in self.parties(version)
        )
        facts = {
            "What it was": KIND_BY_KEY[version.kind].name, "Day": said(version.held_on), "Account": version.account,
            "Who was there": there,
        }
        for opinion in self.opinions(version):
            for score in opinion.scores:
                label = f"{score.determinant}, {opinion.rater.label} of {opinion.ratee.label}"
                facts[label] = f"{score.score} {score.word}" + (f": {score.evidence}" if score.evidence else "")
        return facts
