"""How the interface for programs says what is wrong: problem details by RFC 9457."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from flask import Response, current_app, request

ROOT = "/api/v1/"
MEDIA_TYPE = "application/problem+json"

PLAIN = {
    HTTPStatus.BAD_REQUEST: "The request cannot be understood.",
    HTTPStatus.UNAUTHORIZED: "Send a token that is good: Authorization: Bearer prt_…",
    HTTPStatus.FORBIDDEN: "You, or this token, may not do this.",
    HTTPStatus.NOT_FOUND: "There is nothing here that you may see.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
    HTTPStatus.CONFLICT: "Somebody else changed this meanwhile.",
    HTTPStatus.CONTENT_TOO_LARGE if hasattr(HTTPStatus, "CONTENT_TOO_LARGE") else HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "The request is too large."
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send JSON, with Content-Type: application/json.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Part of what was sent cannot be kept.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed here. Nothing was kept.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Somebody else is writing. Nothing was kept; send the same again later.",
}
"""What each status means to whoever wrote the program."""


class Wrong(ma.Schema):
    """One thing that is wrong with what was sent."""

    field = ma.fields.String(required=True, metadata={"description": "Where it stands, such as readings.0.score"})
    detail = ma.fields.String(required=True)


class Problem(ma.Schema):
    """What is wrong, by RFC 9457."""

    type = ma.fields.String(required=True, metadata={"description": "Always about:blank: the status says the kind"})
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    instance = ma.fields.String(required=True, metadata={"description": "The path that was asked for"})
    errors = ma.fields.List(ma.fields.Nested(Wrong))


def is_for_programs() -> bool:
    """Say whether a program asked, which gets problem details instead of a page."""
    return request.path.startswith(ROOT)


def problem(
    status: int, detail: str | None = None, errors: list[dict[str, str]] | None = None, headers: Any = None
) -> Response:
    """Return the answer that says what is wrong."""
    kind = HTTPStatus(status)
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": kind.phrase,
        "status": status,
        "detail": detail or PLAIN.get(kind, kind.description or kind.phrase),
        "instance": request.path,
    }
    if errors:
        said["errors"] = errors
    response = Response(current_app.json.dumps(said), status, headers=headers, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wrongs(messages: object, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield what marshmallow found wrong, flat.

    >>> list(wrongs({"json": {"readings": {0: {"score": ["Not an integer."]}}}}))
    [{'field': 'readings.0.score', 'detail': 'Not an integer.'}]
    """
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            is_place = not path and key in ("json", "query", "headers")
            yield from wrongs(value, () if is_place else (*path, str(key)))
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield {"field": ".".join(path), "detail": str(message)}
