"""What pages cost the server: CPU of one request each, beside a bare Flask page measured in the same run.

Run with `pytest -m benchmark tests/benchmarks -s`. Nothing here asserts a time: machines differ, ratios speak.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from register.accounts.changes import start_session
from register.accounts.models import Person
from register.clock import today
from register.database import db
from register.exchange.example.loading import load_example
from register.opening import make_tables
from register.partnerships.lookups import all_participations
from register.partnerships.models import Member, Partnership
from register.settings import Settings
from register.web.app import create_app
from register.web.identity import TOKEN

pytestmark = pytest.mark.benchmark
ROUNDS = 30


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application over an example register on SQLite with its durable settings."""
    folder: Path = tmp_path_factory.mktemp("benchmark")
    app = create_app(Settings(
        data=folder, database_url=f"sqlite:///{folder / 'register.sqlite3'}", secret_key="benchmark" * 5,
        site_name="Benchmark", secure_cookies=False,
    ))
    app.config["WTF_CSRF_ENABLED"] = False
    make_tables(app)
    with app.app_context():
        load_example(today(), 1, "a password of enough length")
        db.session.commit()
    return app


def bare_page() -> FlaskClient:
    """Return a browser on a Flask application that answers one short text."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "a bare page")
    return app.test_client()


def officer(app: Flask) -> tuple[FlaskClient, int, list[int]]:
    """Return a browser with an officer signed in, and a partnership of theirs with its partners."""
    with app.app_context():
        member = db.session.scalars(
            select(Member).join(Partnership, Partnership.id == Member.partnership_id)
            .where(Member.part != "named", Partnership.closed_on.is_(None)),
        ).first()
        assert member is not None
        person = db.session.get_one(Person, member.person_id)
        token = start_session(person)
        db.session.commit()
        partners = [row.organisation_id for row in all_participations(member.partnership_id)]
        partnership_id = member.partnership_id
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client, partnership_id, partners


def cost(request: Callable[[], object]) -> float:
    """Return the median CPU milliseconds of a request, after one that warms up."""
    request()
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        request()
        spent.append(1000 * (time.process_time() - started))
    return median(spent)


def got(client: FlaskClient, address: str) -> Callable[[], object]:
    """Return a request for a page that has to succeed."""

    def request() -> None:
        assert client.get(address).status_code == 200, address

    return request


def test_pages_cost_beside_a_bare_flask_page(example: Flask) -> None:
    client, partnership_id, partners = officer(example)

    def log() -> None:
        form = client.get(f"/interactions/new?partnership={partnership_id}").get_data(as_text=True)
        key = re.search(r'name="form_key"[^>]*value="([^"]+)"', form)
        assert key is not None
        answer = client.post(f"/interactions/new?partnership={partnership_id}", data={
            "form_key": key.group(1), "partnership": str(partnership_id), "kind": "meeting",
            "held_on": today().isoformat(), "present": [str(one) for one in partners], "account": "A measured meeting.",
        })
        assert answer.status_code == 302, answer.get_data(as_text=True)[:3000]

    rows = [
        ("A bare Flask page", cost(got(bare_page(), "/"))),
        ("List of partnerships", cost(got(client, "/partnerships"))),
        ("List of interactions", cost(got(client, "/interactions"))),
        ("One partnership", cost(got(client, f"/partnerships/{partnership_id}"))),
        ("Watchlist", cost(got(client, "/watchlist"))),
        ("Log a meeting: form and save", cost(log)),
    ]
    bare = rows[0][1]
    print(f"\n{'':<34}{'CPU ms':>9}{'beside bare':>13}")
    for name, milliseconds in rows:
        print(f"{name:<34}{milliseconds:>9.2f}{milliseconds / bare:>12.1f}x")
    assert all(milliseconds > 0 for _, milliseconds in rows)
