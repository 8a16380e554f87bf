"""The readings of a log form: for each other organisation one's own view of it, and what it said of ours."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wtforms import Field, Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from register.interactions.checks import NewReading
from register.partnerships.organisation_models import Organisation
from register.trust.schemes import SCORES, Determinant
from register.web.sides import Sides, number_of

PREFIXES = {"own": "did", "told": "told"}
"""How the inputs of a voice begin: "did-7-ilm:openness" asks how organisation 7 did."""
CHOICES = [SelectChoice("", "Did not come up"), *(SelectChoice(str(score), name) for score, name in SCORES.items())]


class Row(NamedTuple):
    """One determinant of one opinion: the score and what was seen."""

    determinant: Determinant
    score: Field
    seen: Field


class Opinion(NamedTuple):
    """One fold: what is said about or by one organisation."""

    organisation: Organisation
    voice: str
    rows: list[Row]

    @property
    def rated(self) -> int:
        """How many determinants have a score."""
        return sum(bool(row.score.data) for row in self.rows)

    @property
    def has_errors(self) -> bool:
        """Whether the fold needs the person."""
        return any(row.score.errors or row.seen.errors for row in self.rows)

    @property
    def unseen(self) -> list[str]:
        """The determinants scored without saying what was seen."""
        return [row.determinant.name for row in self.rows if row.score.data and not (row.seen.data or "").strip()]


def reading_fields(sides: Sides) -> dict[str, Any]:
    """Return the form's fields for readings, by name."""
    fields: dict[str, Any] = {}
    for body in sides.rated:
        for voice, determinant in ((voice, determinant) for voice in PREFIXES for determinant in sides.determinants):
            name = field_name(voice, body.id, determinant.key)
            fields[name] = RadioField(
                determinant.name, choices=CHOICES, default="", validate_choice=False, filters=[_or_empty],
            )
            fields[f"{name}-seen"] = StringField("What did you see?")
    return fields


def _or_empty(value: str | None) -> str:
    return value or ""


def field_name(voice: str, organisation_id: int, determinant: str) -> str:
    """Return the name of a score's input."""
    return f"{PREFIXES[voice]}-{organisation_id}-{determinant}"


def field_of(refused: str, we_id: int) -> str:
    """Return the input that a refusal means: "reading-1-7-ilm:openness" is "did-7-ilm:openness" when we are 1."""
    part, rater, ratee, determinant = refused.split("-", 3)
    own = number_of(rater) == we_id
    name = field_name("own" if own else "told", number_of(ratee if own else rater), determinant)
    return f"{name}-seen" if part == "evidence" else name


def opinions(form: Form, sides: Sides, voice: str) -> list[Opinion]:
    """Return the folds of one voice."""
    return [
        Opinion(body, voice, [_row(form, field_name(voice, body.id, determinant.key), determinant)
                              for determinant in sides.determinants])
        for body in sides.rated
    ]


def _row(form: Form, name: str, determinant: Determinant) -> Row:
    return Row(determinant, form[name], form[f"{name}-seen"])


def given_readings(form: Form, sides: Sides) -> Iterator[NewReading]:
    """Yield what was scored; a score that is no number is 0, which the rules refuse."""
    for voice in PREFIXES:
        for opinion in opinions(form, sides, voice):
            for row in opinion.rows:
                if row.score.data:
                    pair = (sides.we.id, opinion.organisation.id)
                    rater, ratee = pair if voice == "own" else pair[::-1]
                    score = number_of(row.score.data)
                    yield NewReading(rater, ratee, row.determinant.key, score, row.seen.data, voice)


def unscored(form: Form, sides: Sides) -> Iterator[Row]:
    """Yield the rows that say what was seen but give no score: nothing typed may get lost."""
    for voice in PREFIXES:
        for opinion in opinions(form, sides, voice):
            yield from (row for row in opinion.rows if not row.score.data and (row.seen.data or "").strip())
