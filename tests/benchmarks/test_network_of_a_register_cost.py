"""What the network of a register of a given size costs: its data beside the SQL they come from, pages, and a refresh.

Run with `pytest -m benchmark tests/benchmarks/test_network_of_a_register_cost.py -s`; how large the register is, or
which folder holds it, is said as for `test_large_register_cost.py`. Prints CPU and bytes; asserts no time.
"""

import gzip
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, event

from register.clock import clocks_now
from register.database import db
from register.network.facts_lookups import facts_where
from register.network.kept_models import KeptMeasures
from register.network.map_views import WHOLE, laid_out, to_lay_out
from register.network.models import KeptLayout
from register.network.parting import _louvain
from register.partnerships.visibility import open_to_all
from register.refreshing import refresh
from register.web import network_data, network_facts
from tests.benchmarks.test_large_register_cost import large, who

pytestmark = pytest.mark.benchmark

__all__ = ["large"]
Statement = tuple[str, Any]


def forget() -> None:
    """Forget all that a worker keeps in memory of networks."""
    _louvain.cache_clear()
    network_data.KEPT = network_data.Kept()
    network_facts.FACTS._made.clear()
    network_facts.LIVES._made.clear()


@contextmanager
def heard(app: Flask) -> Iterator[list[Statement]]:
    """Hear what is asked of the database meanwhile."""
    asked: list[Statement] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    yield asked
    event.remove(engine, "before_cursor_execute", hear)


def fetched(app: Flask, asked: list[Statement]) -> float:
    """Return the CPU milliseconds of asking the same again and fetching every row, with nothing made of them."""
    with app.app_context():
        raw = db.engine.raw_connection()
        began = time.process_time()
        for statement, parameters in asked:
            if statement.lstrip()[:6].upper() == "SELECT" or statement.lstrip()[:4].upper() == "WITH":
                raw.cursor().execute(statement, parameters).fetchall()
        took = 1000 * (time.process_time() - began)
        raw.close()
    return took


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU milliseconds of some work, and what came of it."""
    began = time.process_time()
    found = work()
    return 1000 * (time.process_time() - began), found


def row(said: str, took: float, more: str = "") -> None:
    print(f"{said:<58}{took:>12,.1f}  {more}")


def largest() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at the most so far"


def test_the_network_of_a_register(large: Flask) -> None:
    large.config["REFRESHING"] = lambda *_: None
    client = who(large, "leader")
    client.get("/guidance/trust")
    print(f"\n{'':<58}{'CPU ms':>12}")
    row("before anything is worked out: the memory", 0, largest())
    with large.app_context():
        db.session.execute(delete(KeptMeasures))
        db.session.execute(delete(KeptLayout))
        db.session.commit()
        took, done = spent(refresh)
        row("a refresh of all: measures, groups, places of all views", took, f"{done}; {largest()}")
        took, done = spent(refresh)
        row("a refresh after which nothing has changed", took, largest())
        facts = facts_where(open_to_all(), clocks_now())
        took, places = spent(lambda: laid_out(to_lay_out(facts, WHOLE), {}))
        row("of that, places of the whole", took, f"{len(places):,} places")
        db.session.rollback()
    data_cost(large, client)
    pages_cost(client)
    assert client.get("/network").status_code == 200


def data_cost(app: Flask, client: FlaskClient) -> None:
    """Print what the picture's data cost, from nothing and again."""
    for query in ("view=picture", "view=picture&nodes=both", "view=picture&theme=children"):
        data = partial(client.get, f"/network/data?{query}", headers={"Accept-Encoding": "gzip"})
        forget()
        with heard(app) as asked:
            took, answer = spent(data)
        fetch = min(fetched(app, asked) for _ in range(3))
        size = len(answer.data)
        row(f"data of {query}, from nothing", took, f"{took / fetch:.2f} x its SQL ({fetch:,.0f} ms), {size:,} bytes")
        again, _ = spent(data)
        row("  from memory", again)
        tag = {"If-None-Match": answer.headers["ETag"]}
        unchanged, said = spent(partial(client.get, data.args[0], headers=tag))
        row("  unchanged", unchanged, str(said.status_code))
        assert len(gzip.decompress(answer.data)) > size


def pages_cost(client: FlaskClient) -> None:
    """Print what pages cost, from nothing and again."""
    for address in ("/network", "/network?view=sentences", "/network?view=picture", "/network/measures"):
        forget()
        first, answer = spent(partial(client.get, address))
        again, _ = spent(partial(client.get, address))
        row(f"{address}, from nothing", first, f"again {again:,.1f}; {len(answer.data):,} bytes; {largest()}")
        assert answer.status_code == 200
