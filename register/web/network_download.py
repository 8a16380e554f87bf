"""Taking the network away as a file: what one sees, narrowed as it is shown, and kept in the history."""

from io import BytesIO

from flask import Response, abort
from flask.typing import ResponseReturnValue

from register.clock import today
from register.database import db
from register.database.engine import see_one_moment, set_reading
from register.exchange.formats.graphs import Drawn
from register.exchange.network_formats import NETWORK_FORMAT_BY_KEY, NetworkFormat
from register.exchange.taking.export_changes import record_export
from register.network.lookups import lead_officers, partnership_names, places
from register.partnerships.kinds import ORGANISATION_KINDS, PARTNERSHIP_KINDS, names
from register.web.clocks import asked_clocks
from register.web.days import said
from register.web.exports import attached
from register.web.network import blueprint
from register.web.network_data import network_asked
from register.web.network_facts import facts_on
from register.web.network_filters import centre_of, told
from register.web.network_groups import part_asked
from register.web.network_page import SECTOR_NAMES, Asked, Offered, read_address
from register.web.network_picture import PNG
from register.web.network_places import places_asked, places_of_groups
from register.web.security import allow, me

DRAWINGS = frozenset({"html", "svg"})
"""Formats that can be looked at: of a network too large for that, they hold the groups."""


@blueprint.post("/network/download/<key>")
@allow("register:export")
def download(key: str) -> ResponseReturnValue:
    """Hand out the network in a format, and keep in the history that it was."""
    offered = Offered(lead_officers(me()), places())
    asked = read_address(asked_clocks(), offered)
    made = NETWORK_FORMAT_BY_KEY.get(key)
    if made is None and key != PNG:
        abort(404)
    see_one_moment(db.session)
    try:
        drawn = _drawn(asked, offered, key)
        file = made.write(drawn) if made else b""
        narrowed = "; ".join(f"{label}: {words}" for label, words in _narrowed(asked, offered))
        rows = len(drawn.network.nodes) + len(drawn.network.ties)
    finally:
        db.session.rollback()
        set_reading(only=False)
    record_export(me().actor, f"network-{key}", rows, person_id=me().id, narrowed=narrowed)
    return _answer(made, file)


def _answer(made: NetworkFormat | None, file: bytes) -> Response:
    if made is None:
        return Response(status=204)
    return attached(BytesIO(file), f"network-{today().isoformat()}.{made.ending}", made.media_type)


def _drawn(asked: Asked, offered: Offered, key: str) -> Drawn:
    part = part_asked(asked, network_asked(asked))
    groups = part.groups if key in DRAWINGS else None
    network = part.network
    return Drawn(
        network,
        places_of_groups(asked) if groups else places_asked(asked, network),
        asked.clocks.on,
        partnership_names(me(), {ident for tie in network.ties for ident in tie.partnerships}, asked.clocks),
        (*_narrowed(asked, offered), *_days(asked), ("Seen by", f"{me().name}, taken on {said(today())}")),
        SECTOR_NAMES,
        {**names(PARTNERSHIP_KINDS), **names(ORGANISATION_KINDS)},
        groups,
    )


def _narrowed(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    return told(asked, offered, centre_of(asked, facts_on(asked.clocks)))


def _days(asked: Asked) -> list[tuple[str, str]]:
    known, against = asked.clocks.known, asked.against
    return [
        *([("As we knew it on", said(known))] if known else []),
        *([("Compared with", said(against))] if against else []),
    ]
