"""The page of one organisation: its partnerships, how it is seen, who works there, what surrounds it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from register.accounts.permissions import role_may
from register.clock import Clocks
from register.partnerships.lookups import Relationship, organisations, participations, relationships_between
from register.partnerships.models import Participation, Partnership
from register.partnerships.organisation_lookups import (
    aliases_of,
    contacts_at,
    identifiers_of,
    participations_of,
    surroundings_of,
    takes_part,
)
from register.partnerships.visibility import visible_to
from register.trust.figure import NOT_KNOWN, Standing
from register.trust.lookups import View, views
from register.trust.trend_lookups import trends
from register.web.clocks import asked_clocks
from register.web.duplicates import merge_notice
from register.web.organisations import blueprint, organisation_or_404
from register.web.security import allow, me


@dataclass(frozen=True)
class Row:
    """One standing of or by the organisation."""

    relationship: Relationship
    standing: Standing
    other: str
    partnership: str
    last_held_on: object
    trend: str


@dataclass(frozen=True)
class Part:
    """One part that the organisation takes or took."""

    participation: Participation
    partnership: Partnership
    lasts: bool


@blueprint.route("/organisations/<int:organisation_id>")
@allow("partnership:see")
def show(organisation_id: int) -> ResponseReturnValue:
    """Show one organisation with what the person may know of it."""
    organisation, clocks = organisation_or_404(organisation_id), asked_clocks()
    pairs = participations_of(organisation.id, visible_to(me()), clocks)
    parts = [Part(part, partnership, takes_part(part, partnership, clocks)) for part, partnership in pairs]
    given, received = standings_around(organisation.id, [part.partnership for part in parts if part.lasts], clocks)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        parts=parts,
        given=given,
        received=received,
        contacts=contacts_at(organisation.id, clocks),
        around=surroundings_of(organisation.id),
        aliases=aliases_of(organisation.id, clocks),
        identifiers=identifiers_of(organisation.id, clocks),
        on=clocks.on,
        may_edit=clocks.is_now and role_may(me().role, "organisation:add"),
        **merge_notice(organisation),
    )


def standings_around(
    organisation_id: int,
    partnerships: list[Partnership],
    clocks: Clocks,
) -> tuple[list[Row], list[Row]]:
    """Return the standings that an organisation gives and receives in some partnerships, the lowest known first."""
    relationships = [
        relationship
        for relationship in relationships_between(participations([row.id for row in partnerships], clocks))
        if organisation_id in (relationship.rater_id, relationship.ratee_id)
    ]
    found = sorted(views(relationships, clocks).values(), key=_worst_first)
    bodies = organisations({id_ for row in relationships for id_ in row[1:]}, clocks)
    labels = {key: row.label for key, row in bodies.items()}
    names = {row.id: row.name for row in partnerships}
    changing = trends(relationships, clocks)
    rows = [_row(view, organisation_id, labels, names, changing[view.relationship].word) for view in found]
    return (
        [row for row in rows if row.relationship.rater_id == organisation_id],
        [row for row in rows if row.relationship.ratee_id == organisation_id],
    )


def _worst_first(view: View) -> tuple[bool, float, Relationship]:
    return view.standing.word == NOT_KNOWN, view.standing.figure, view.relationship


def _row(view: View, own_id: int, labels: dict[int, str], names: dict[int, str], trend: str) -> Row:
    relationship = view.relationship
    other = relationship.ratee_id if relationship.rater_id == own_id else relationship.rater_id
    return Row(
        relationship,
        view.standing,
        labels[other],
        names[relationship.partnership_id],
        view.last_held_on,
        trend,
    )
