"""Long lists in portions: each says where the next begins, so that none is missed or told twice while others write."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import marshmallow as ma
from flask import abort
from sqlalchemy import Select, SQLColumnExpression

from register.database import db
from register.web.api.noun import OPTIONAL, Whole
from register.web.places import read_place, written_place

USUAL, MOST = 50, 200


class Portion(NamedTuple):
    """Some rows of a list, by rising id, and where the next begins; None at the end."""

    items: Sequence[Any]
    next: str | None


class PortionQuery(ma.Schema):
    """How much of a list, and from where on."""

    cursor = ma.fields.String(
        **OPTIONAL, metadata={"description": "“next” of the portion before; nothing for the first"}
    )
    limit = Whole(
        load_default=USUAL, validate=ma.validate.Range(1, MOST), metadata={"description": "Rows in a portion"}
    )


def portion(query: Select[Any], key: SQLColumnExpression[int], asked: dict[str, Any]) -> Portion:
    """Return the rows of a query after a cursor, by rising id."""
    place = read_place(asked["cursor"], [key])
    if asked["cursor"] and place is None:
        abort(HTTPStatus.BAD_REQUEST, "This cursor was not given by this list.")
    if place:
        query = query.where(key > place[-1])
    found = db.session.execute(query.add_columns(key).order_by(key).limit(asked["limit"] + 1)).all()
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return Portion([row[0] for row in shown], written_place([shown[-1][-1]]) if more else None)


def portion_of(schema: type[ma.Schema]) -> type[ma.Schema]:
    """Return the schema of a portion of a list."""
    fields: dict[str, Any] = {
        "items": ma.fields.List(ma.fields.Nested(schema), required=True),
        "next": ma.fields.String(
            required=True, allow_none=True, metadata={"description": "The cursor of the next portion; null at the end"}
        ),
    }
    return ma.Schema.from_dict(fields, name=f"{schema.__name__}Portion")
