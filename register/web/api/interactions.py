"""Interactions, for programs: read them, and log one so that the same request sent twice makes one."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from flask import abort, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from register.clock import clocks_now, now
from register.database import db
from register.database.models import ApiSubmission
from register.interactions.changes import Happening, NewReading, Present, log_interaction
from register.interactions.checks import problems
from register.interactions.commitment_changes import NewCommitment
from register.interactions.disagreement_lookups import disagreements_in
from register.interactions.lookups import as_known, attendances, readings
from register.interactions.models import Interaction
from register.partnerships.models import Partnership
from register.partnerships.visibility import visible_to
from register.web.api import shapes
from register.web.api.noun import OPTIONAL, Blueprint, Whole
from register.web.api.portions import PortionQuery, portion, portion_of
from register.web.api.refusing import refuse_all
from register.web.security import allow, me, partnership_or_404

blueprint = Blueprint(
    "api_interactions",
    __name__,
    url_prefix="/api/v1/interactions",
    description="What happened between partners, in its newest version.",
)

LONGEST_KEY = 200
INSTANTS = ma.validate.Range(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
"""Those that have a day in every zone."""


class Query(PortionQuery):
    """Which interactions."""

    partnership = Whole(**OPTIONAL, metadata={"description": "Only of this partnership"})
    since = ma.fields.Date(**OPTIONAL, metadata={"description": "Held on this day or later"})
    until = ma.fields.Date(**OPTIONAL, metadata={"description": "Held on this day or earlier"})
    recorded_since = ma.fields.AwareDateTime(
        **OPTIONAL, validate=INSTANTS, metadata={"description": "Recorded at this instant or later: what is new"}
    )


class KeyHeader(ma.Schema):
    """The key under which one request makes one record, however often it is sent."""

    key = ma.fields.String(
        data_key="Idempotency-Key",
        required=True,
        validate=ma.validate.Length(1, LONGEST_KEY),
        metadata={"description": "A fresh random text for each interaction; the same one when a request is sent again"},
    )


@blueprint.route("")
@blueprint.arguments(Query, location="query")
@blueprint.response(HTTPStatus.OK, portion_of(shapes.Interaction))
@allow("interaction:see")
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List interactions, by rising number."""
    query = select(Interaction).join(Partnership, Partnership.id == Interaction.partnership_id)
    query = query.where(visible_to(me()), as_known(clocks_now()))
    if asked["partnership"]:
        query = query.where(Interaction.partnership_id == partnership_or_404(asked["partnership"]).id)
    if asked["since"]:
        query = query.where(Interaction.held_on >= asked["since"])
    if asked["until"]:
        query = query.where(Interaction.held_on <= asked["until"])
    if asked["recorded_since"]:
        query = query.where(Interaction.recorded_at >= asked["recorded_since"])
    found = portion(query, Interaction.id, asked)
    return {"items": _told(found.items), "next": found.next}


@blueprint.route("/<int:interaction_id>")
@blueprint.response(HTTPStatus.OK, shapes.Interaction)
@allow("interaction:see")
def one(interaction_id: int) -> dict[str, Any]:
    """Return one interaction; asked for by the number of an earlier version, that version."""
    return _one(interaction_id)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(KeyHeader, location="headers")
@blueprint.arguments(shapes.NewInteraction)
@blueprint.response(HTTPStatus.CREATED, shapes.Interaction, description="It is kept; or it was before, by the same key")
@allow("interaction:log")
def log(header: dict[str, str], sent: dict[str, Any]) -> dict[str, Any]:
    """Log what happened."""
    key = _digest([me().id, header["key"]])
    fingerprint = hashlib.sha256(request.get_data()).hexdigest()
    if before := db.session.get(ApiSubmission, key):
        return _again(before, fingerprint)
    logged = _log(sent)
    db.session.add(ApiSubmission(key=key, fingerprint=fingerprint, record_id=logged.id, submitted_at=now()))
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return _again(db.session.get_one(ApiSubmission, key), fingerprint)
    return _told([logged])[0]


def _again(before: ApiSubmission, fingerprint: str) -> dict[str, Any]:
    """Return what the same request made before; refuse another one under its key."""
    if before.fingerprint != fingerprint:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, "This Idempotency-Key was used for another request.")
    return _one(before.record_id)


def _log(sent: dict[str, Any]) -> Interaction:
    """Keep what was sent, or refuse it with everything that is wrong at once."""
    partnership = partnership_or_404(sent["partnership_id"], "interaction:log")
    happening = Happening(
        sent["kind"],
        sent["held_on"],
        sent["account"],
        [Present(one["organisation_id"], one.get("contact_id")) for one in sent["present"]],
        [NewReading(**reading) for reading in sent["readings"]],
    )
    promised = [NewCommitment(**promise) for promise in sent["commitments"]]
    refuse_all(problems(partnership, happening, promised), happening.readings)
    return log_interaction(me(), partnership, happening, promised)


def _one(interaction_id: int) -> dict[str, Any]:
    found = db.session.get(Interaction, interaction_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    partnership_or_404(found.partnership_id, "interaction:see")
    return _told([found])[0]


def _told(rows: Iterable[Interaction]) -> list[dict[str, Any]]:
    """Return interactions with who was there and what was seen, all of them asked for at once."""
    found = list(rows)
    present, seen = attendances(row.id for row in found), readings(row.id for row in found)
    against = disagreements_in(row.lasting_id for row in found)
    fields = ("id", "partnership_id", "kind", "held_on", "account", "recorded_at")
    return [
        {
            **{name: getattr(row, name) for name in fields},
            "first_id": row.lasting_id,
            "present": present.get(row.id, []),
            "readings": seen.get(row.id, []),
            "disagreements": against.get(row.lasting_id, []),
        }
        for row in found
    ]


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
