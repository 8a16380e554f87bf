"""What a request asks for: the two clocks, and answers that an unchanged copy spares."""

import marshmallow as ma
from flask import Response, request

from register.clock import Clocks, clocks_asked
from register.web.api.noun import OPTIONAL
from register.web.api.portions import PortionQuery


class ClocksQuery(ma.Schema):
    """As it was on a day, as the register knew it on a day."""

    on = ma.fields.Date(**OPTIONAL, metadata={"description": "As it was on this day; today without it"})
    known = ma.fields.Date(
        **OPTIONAL, metadata={"description": "As the register knew it at the end of this day; now without it"}
    )


class PortionOnDay(PortionQuery, ClocksQuery):
    """A portion of a list, as it was on a day."""


def clocks_of(asked: dict[str, object]) -> Clocks:
    """Return the clocks that a request asks for."""
    return clocks_asked(asked["on"], asked["known"])  # type: ignore[arg-type]  # the schema made them days


def spare(response: Response) -> Response:
    """Give an answer its ETag, and send nothing where the program has it already.

    The tag is that of the very bytes: it moves only with what the program may see.
    """
    if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004 - OK
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Authorization")
        response.add_etag()
        response.make_conditional(request)
    return response
