"""A noun of the interface for programs: its views, described and strict about what they are asked."""

import re
from http import HTTPStatus
from typing import Any, Final

import flask_smorest
import marshmallow as ma
from flask import Request, abort
from webargs.core import is_json
from webargs.flaskparser import FlaskParser

OPTIONAL: Final[dict[str, Any]] = {"load_default": None, "allow_none": False}
"""The options of what may be left out of a question."""
DIGITS = re.compile(r"-?[0-9]+")


class Whole(ma.fields.Integer):
    """A whole number in a question, as programs write it: 1_0 and digits of other scripts are none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and not DIGITS.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class StrictParser(FlaskParser):
    """Refuses what it does not know, so that a misspelt filter does not pass for none."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": ma.RAISE}  # noqa: RUF012 - webargs reads it from the class

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """Refuse too what is not called JSON, and JSON that cannot be read: nested without end, endless numbers."""
        if not is_json(req.mimetype) and (req.mimetype or req.get_data()):
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError):
            abort(HTTPStatus.BAD_REQUEST, "This JSON is nested too deep, or has a number that is too long.")


class Blueprint(flask_smorest.Blueprint):
    """The views of one noun."""

    ARGUMENTS_PARSER = StrictParser()
