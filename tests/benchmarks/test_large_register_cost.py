"""What a register of a given size costs: the watchlist's survey made for the first time, and pages first and again.

Run with `pytest -m benchmark tests/benchmarks/test_large_register_cost.py -s`; REGISTER_BENCHMARK_SIZE says how large
(S, L or a number of interactions). Prints CPU beside a bare Flask page measured in the same run; asserts no time.
"""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import db
from register.database.rows import take_stock
from register.exchange.sample.sizes import size_of
from register.exchange.sample.writing import write
from register.opening import make_tables
from register.risk import watchlist
from register.settings import Settings
from register.web.app import create_app
from tests.benchmarks.test_page_cost import bare_page, cost, got
from tests.factories import signed_in

pytestmark = pytest.mark.benchmark

SIZE = os.environ.get("REGISTER_BENCHMARK_SIZE", "10000")
THEN = timedelta(days=90)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application over a made-up register of the size asked for."""
    folder: Path = tmp_path_factory.mktemp("large")
    app = create_app(Settings(
        data=folder, database_url=f"sqlite:///{folder / 'register.sqlite3'}", secret_key="benchmark" * 5,
        site_name="Benchmark", secure_cookies=False,
    ))
    make_tables(app)
    with app.app_context():
        for _ in write(size_of(SIZE), 1, today(), "a password of enough length"):
            db.session.commit()
        take_stock(db.session.connection())
        db.session.commit()
    return app


def leader(app: Flask) -> FlaskClient:
    """Return a browser with a leader signed in."""
    with app.app_context():
        return signed_in(app.test_client(), db.session.scalars(select(Person).where(Person.role == "leader")).all()[0])


def spent(client: FlaskClient, address: str) -> tuple[float, int]:
    """Return the CPU milliseconds of one request and the bytes of its answer."""
    started = time.process_time()
    answer = client.get(address)
    took = 1000 * (time.process_time() - started)
    assert answer.status_code == 200, address
    return took, len(answer.data)


def surveyed(app: Flask, clocks: Clocks) -> float:
    """Return the CPU milliseconds of a survey that nothing is kept of."""
    watchlist._kept.clear()
    with app.app_context():
        started = time.process_time()
        watchlist.survey(clocks)
        return 1000 * (time.process_time() - started)


def test_surveys_and_pages_beside_a_bare_flask_page(large: Flask) -> None:
    client, bare = leader(large), cost(got(bare_page(), "/"))
    watchlist._in_trouble.clear()
    spent(client, "/guidance/trust")
    past = (today() - THEN).isoformat()
    pages = [(address, *spent(client, address), spent(client, address)[0]) for address in (
        "/organisations", "/partnerships", "/network", "/network?view=table", f"/network?view=table&on={past}",
        f"/network?view=table&against={past}", "/watchlist", "/watchlist?after=100", "/watchlist?all=1", "/",
    )]
    now, then = surveyed(large, clocks_now()), surveyed(large, Clocks(today() - THEN))

    print(f"\nSize {SIZE}; a bare Flask page: {bare:.2f} ms of CPU")
    print(f"{'':<44}{'first, ms':>10}{'beside bare':>12}{'again, ms':>10}{'beside bare':>12}{'KB':>6}")
    for address, first, size, again in pages:
        print(f"{address:<44}{first:>10.1f}{first / bare:>11.0f}x{again:>10.1f}{again / bare:>11.0f}x{size // 1024:>6}")
    for name, took in (("Survey of today", now), ("Survey of 90 days before", then)):
        print(f"{name:<44}{took:>10.1f}{took / bare:>11.0f}x")
    assert len(pages) == 10
