"""Record ids in addresses: a number that no record can have answers 404 instead of troubling the database."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
"""Ids are integers of four bytes on PostgreSQL; a larger one is an error there, and beyond eight bytes on SQLite."""


class RecordIdConverter(IntegerConverter):
    """The `int` of a route, held to what an id can be."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, *args, **{"max": LARGEST_ID, **options})


def install(app: Flask) -> None:
    """Let every `<int:...>` of a route stand for an id."""
    app.url_map.converters["int"] = RecordIdConverter
