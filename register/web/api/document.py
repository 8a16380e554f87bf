"""The interface's own description: OpenAPI 3.1, drawn from the views, and a page that reads it out."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_smorest import Api

from register.accounts.permissions import role_may
from register.web.api.problems import MEDIA_TYPE, Problem
from register.web.security import allow, public

blueprint = Blueprint("api_document", __name__)

VERSION = "1.0"
ABOUT = (
    "Programs read here what their owner may read in the pages, and log interactions for them. Every figure is the one "
    "that the pages show. Send a token of yours with each request: Authorization: Bearer prt_…. "
    "Lists come in portions: pass “next” as “cursor” until it is null. Answers carry an ETag; send it back as "
    "If-None-Match, and an unchanged one costs nothing. What is wrong is said by RFC 9457, as application/problem+json."
)


class DescribedApi(Api):
    """The library's interface without its error handlers: failures are answered where those of pages are."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave the register's own handlers in force."""


def describe(api: DescribedApi) -> None:
    """Say in the description how a program shows who it is, and how it is told what is wrong."""
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.spec.options["security"] = [{"token": []}]


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    spec: dict[str, Any] = current_app.extensions["register api"].spec.to_dict()
    for operations in spec["paths"].values():
        for operation in operations.values():
            _as_problems(operation)
    for response in spec.get("components", {}).get("responses", {}).values():
        _move(response)
    return spec


def _as_problems(operation: Any) -> None:
    """Give an operation the answers that every one has, its failures their media type, and no default of nothing."""
    if not isinstance(operation, dict) or "responses" not in operation:
        return
    for parameter in operation.get("parameters", ()):
        if parameter["schema"].get("default", "") is None:
            del parameter["schema"]["default"]
    schema = {"$ref": "#/components/schemas/Problem"}
    of_body = (HTTPStatus.UNSUPPORTED_MEDIA_TYPE,) if "requestBody" in operation else ()
    for status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, *of_body):
        answer = {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        operation["responses"].setdefault(str(status.value), answer)
    for response in operation["responses"].values():
        _move(response)


def _move(response: dict[str, Any]) -> None:
    """Say of a failure that it comes as problem details."""
    content = response.get("content", {})
    if "Problem" in str(content.get("application/json", {})):
        response["content"] = {MEDIA_TYPE: content["application/json"]}


@blueprint.get("/api/v1/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """Return the description; it holds nothing of the register."""
    return current_app.json.response(description())


@blueprint.get("/guidance/api")
@allow("register:see")
def page() -> ResponseReturnValue:
    """Read the description out as a page."""
    spec = description()
    operations = [
        (method.upper(), path, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if method in ("get", "post")
    ]
    return render_template(
        "api/page.html", about=ABOUT, operations=operations, schemas=spec["components"]["schemas"], shape_of=shape_of,
        role_may=role_may,
    )


def shape_of(schema: dict[str, Any]) -> str:
    """Return what stands in a field, in a few words.

    >>> shape_of({"type": ["string", "null"], "format": "date"})
    'date or null'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema or "oneOf" in schema:
        return " or ".join(shape_of(one) for one in schema.get("anyOf") or schema["oneOf"])
    if "items" in schema:
        return f"list of {shape_of(schema['items'])}"
    kinds = schema.get("type", "anything")
    names = kinds if isinstance(kinds, list) else [kinds]
    return " or ".join(str(schema.get("format", name)) if name == "string" else str(name) for name in names)
