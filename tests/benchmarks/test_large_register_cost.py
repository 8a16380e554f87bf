"""What a register of a given size costs: its surveys, and every page that lists or tells, first, again, after a write.

Run with `pytest -m benchmark tests/benchmarks/test_large_register_cost.py -s`; REGISTER_BENCHMARK_SIZE says how large
(S, L or a number of interactions), REGISTER_BENCHMARK_DATA names the data folder of such a register that is there
already. Prints CPU beside a bare Flask page measured in the same run; asserts no time.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from register.accounts.models import Person
from register.clock import Clocks, clocks_now, today
from register.database import db
from register.database.rows import take_stock
from register.exchange.sample.sizes import size_of
from register.exchange.sample.writing import write
from register.opening import make_tables
from register.partnerships.lookups import all_participations
from register.partnerships.models import Member, Partnership
from register.refreshing import make_lists
from register.risk import kept_survey, watchlist
from register.settings import Settings
from register.web import interaction_list
from register.web import watchlist as compared_lists
from register.web.app import create_app
from tests.benchmarks.test_page_cost import bare_page, cost, got
from tests.factories import signed_in

pytestmark = pytest.mark.benchmark

SIZE = os.environ.get("REGISTER_BENCHMARK_SIZE", "10000")
MADE = os.environ.get("REGISTER_BENCHMARK_DATA", "")
THEN = timedelta(days=90)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application over a made-up register of the size asked for, or over one that is there."""
    folder: Path = Path(MADE) if MADE else tmp_path_factory.mktemp("large")
    app = create_app(Settings(
        data=folder, database_url=f"sqlite:///{folder / 'register.sqlite3'}", secret_key="benchmark" * 5,
        site_name="Benchmark", secure_cookies=False,
    ))
    app.config["WTF_CSRF_ENABLED"] = False
    if MADE:
        return app
    make_tables(app)
    with app.app_context():
        for _ in write(size_of(SIZE), 1, today(), "a password of enough length"):
            db.session.commit()
        take_stock(db.session.connection())
        db.session.commit()
    return app


class Spent(NamedTuple):
    """What one request took."""

    milliseconds: float
    statements: int
    size: int


def who(app: Flask, role: str) -> FlaskClient:
    """Return a browser with somebody of a role signed in; of officers, whoever looks after most."""
    with app.app_context():
        asked = select(Person).where(Person.role == role).outerjoin(Member, Member.person_id == Person.id)
        return signed_in(
            app.test_client(), db.session.scalars(asked.group_by(Person.id).order_by(func.count().desc())).all()[0],
        )


def a_partnership_of(app: Flask) -> tuple[int, list[int]]:
    """Return the partnership of most officers' officer that was started first, and its partners."""
    with app.app_context():
        chosen = (
            select(Member.person_id).join(Person, Person.id == Member.person_id).where(Person.role == "officer")
            .group_by(Member.person_id).order_by(func.count().desc()).limit(1).scalar_subquery()
        )
        number = db.session.scalars(
            select(Partnership.id).join(Member, Member.partnership_id == Partnership.id)
            .where(Member.person_id == chosen, Partnership.closed_on.is_(None)).order_by(Partnership.id).limit(1),
        ).one()
        return number, [row.organisation_id for row in all_participations(number)]


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the database is sent."""
    sent: list[str] = []

    def keep(*given: object) -> None:
        sent.append(str(given[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def spent(app: Flask, client: FlaskClient, address: str) -> Spent:
    """Return what one request took."""
    with statements(app) as sent:
        started = time.process_time()
        answer = client.get(address)
        took = 1000 * (time.process_time() - started)
    assert answer.status_code == 200, address
    return Spent(took, len(sent), len(answer.data))


def forget(app: Flask) -> None:
    """Forget what a process keeps, as if it were a new one, over lists that are made; templates too."""
    with app.app_context():
        make_lists()
    for kept in (
        watchlist._kept, watchlist._in_trouble, watchlist._seen, kept_survey._loaded, kept_survey._argued,
        compared_lists._compared, interaction_list._kept,
    ):
        kept.clear()
    if app.jinja_env.cache is not None:
        app.jinja_env.cache.clear()


def logging(app: Flask, client: FlaskClient) -> Callable[[], object]:
    """Return what an officer does to log a meeting: the form and its save."""
    number, partners = a_partnership_of(app)

    def log() -> None:
        form = client.get(f"/interactions/new?partnership={number}").get_data(as_text=True)
        key = re.search(r'name="form_key"[^>]*value="([^"]+)"', form)
        assert key is not None
        answer = client.post(f"/interactions/new?partnership={number}", data={
            "form_key": key.group(1), "partnership": str(number), "kind": "meeting",
            "held_on": today().isoformat(), "present": [str(one) for one in partners[:2]], "account": "Measured.",
        })
        assert answer.status_code == 302, answer.get_data(as_text=True)[:3000]

    return log


def addresses(app: Flask) -> tuple[tuple[str, str], ...]:
    """Return who asks for what."""
    number, partners = a_partnership_of(app)
    past = (today() - THEN).isoformat()
    return (
        ("officer", "/"), ("leader", "/"), ("officer", "/watchlist"), ("officer", "/watchlist?after=100"),
        ("officer", "/watchlist?all=1"), ("officer", "/partnerships"), ("officer", "/partnerships?kind=shared-service"),
        ("officer", "/organisations"), ("officer", "/interactions"), ("officer", f"/partnerships/{number}"),
        ("officer", f"/organisations/{partners[0]}"),
        ("officer", f"/relationships/{partners[0]}/to/{partners[1]}?partnership={number}"),
        ("officer", f"/interactions/new?partnership={number}"), ("leader", "/network"),
        ("leader", "/network?view=table"), ("leader", f"/network?view=table&on={past}"),
        ("leader", f"/network?view=table&against={past}"),
    )


def surveyed(app: Flask, clocks: Clocks) -> float:
    """Return the CPU milliseconds of a survey that nothing is kept of."""
    watchlist._kept.clear()
    with app.app_context():
        started = time.process_time()
        watchlist.survey(clocks)
        return 1000 * (time.process_time() - started)


def test_surveys_and_pages_beside_a_bare_flask_page(large: Flask) -> None:
    clients = {role: who(large, role) for role in ("officer", "leader")}
    bare = cost(got(bare_page(), "/"))
    log = logging(large, clients["officer"])
    spent(large, clients["leader"], "/guidance/trust")
    rows = []
    for role, address in addresses(large):
        forget(large)
        first, again = (spent(large, clients[role], address) for _ in range(2))
        log()
        after = spent(large, clients[role], address)
        rows.append((f"{address} ({role})", first, again, after))
    logged = cost(log)
    now, then = surveyed(large, clocks_now()), surveyed(large, Clocks(today() - THEN))

    print(f"\nSize {MADE or SIZE}; a bare Flask page: {bare:.2f} ms of CPU")
    print(f"{'':<58}{'first, ms':>10}{'again':>9}{'beside bare':>12}{'after a write':>14}{'SQL':>9}{'KB':>6}")
    for name, first, again, after in rows:
        counted = f"{first.statements}/{again.statements}/{after.statements}"
        print(f"{name:<58}{first.milliseconds:>10.1f}{again.milliseconds:>9.1f}{again.milliseconds / bare:>11.0f}x"
              f"{after.milliseconds:>14.1f}{counted:>9}{again.size // 1024:>6}")
    for name, took in (
        ("Log a meeting: form and save", logged), ("Survey of today", now), ("Survey of 90 days before", then),
    ):
        print(f"{name:<58}{'':>10}{took:>9.1f}{took / bare:>11.0f}x")
    assert len(rows) > 10
