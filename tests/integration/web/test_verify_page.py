"""The page that verifies the history: who may ask for it, and what it names."""

import pytest
from flask.testing import FlaskClient

from register.database import db
from register.history.guard import close_guard, open_guard
from tests.factories import partners_of, signed_in
from tests.fixtures.pages import Furnished

# Verification


@pytest.mark.parametrize(("who", "status"), [
    ("officer", 403), ("leader", 403), ("auditor", 200), ("governance", 200), ("administrator", 200),
])  # fmt: skip
def test_who_may_verify(client: FlaskClient, furnished: Furnished, who: str, status: int) -> None:
    signed_in(client, furnished.people[who])
    assert client.get("/history/verify").status_code == status
    answer = client.post("/history/verify")
    assert answer.status_code == status
    if status == 200:
        assert "The history is whole" in answer.text


def test_verification_names_what_was_altered(client: FlaskClient, furnished: Furnished) -> None:
    connection = db.session.connection()
    open_guard(connection)
    altered = partners_of(furnished.open)[0].id
    connection.exec_driver_sql(f"UPDATE organisation SET name = '<b>Elsewhere' WHERE id = {altered}")
    close_guard(connection)
    signed_in(client, furnished.people["auditor"])
    page = client.post("/history/verify").text
    assert "name was altered behind the history" in page
    assert "<b>Elsewhere" not in page
