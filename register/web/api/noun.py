"""A noun of the interface for programs: its views, described and strict about what they are asked."""

from http import HTTPStatus
from typing import Any, Final

import flask_smorest
import marshmallow as ma
from flask import Request, abort
from webargs.flaskparser import FlaskParser

OPTIONAL: Final[dict[str, Any]] = {"load_default": None, "allow_none": False}
"""The options of what may be left out of a question."""


class StrictParser(FlaskParser):
    """Refuses what it does not know, so that a misspelt filter does not pass for none."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": ma.RAISE}  # noqa: RUF012 - webargs reads it from the class

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """Refuse too what is JSON and cannot be read: nested without end, a number of thousands of digits."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError):
            abort(HTTPStatus.BAD_REQUEST, "This JSON is nested too deep, or has a number that is too long.")


class Blueprint(flask_smorest.Blueprint):
    """The views of one noun."""

    ARGUMENTS_PARSER = StrictParser()
