"""An auditor takes a receipt, the key and the verifier away; the foot of each page names the checkpoint."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from register.database import db
from register.history import verifier
from register.history.checkpoint_store import store_of
from register.history.checkpoints import make_checkpoint
from register.history.lookups import head
from register.history.receipts import checkpoint_for
from register.settings import Settings
from tests.factories import a_partnership, a_person, signed_in

DOWNLOADS = ("/history/receipt", "/history/receipts", "/history/checkpoints", "/history/key", "/history/verifier")


@pytest.fixture
def settings(app: Flask, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose checkpoints are this test's own, used by the pages."""
    kept: Settings = app.config["REGISTER"]
    app.config["REGISTER"] = replace(kept, checkpoints=tmp_path / "outside", keys=tmp_path / "keys")
    yield app.config["REGISTER"]
    app.config["REGISTER"] = kept


@pytest.fixture
def auditor(settings: Settings, client: FlaskClient) -> FlaskClient:
    """A signed-in auditor of a register with a history."""
    return signed_in(client, a_person(role="auditor"))


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


def test_without_a_checkpoint_there_is_nothing_to_save(auditor: FlaskClient) -> None:
    assert auditor.get("/history/receipt").status_code == 404
    assert auditor.get("/history/key").status_code == 404
    assert "Save this receipt" not in text_of(auditor, "/history/verify")
    assert "· checkpoint" not in text_of(auditor, "/")


def test_the_receipt_is_the_newest_checkpoint_as_it_was_signed(auditor: FlaskClient, settings: Settings) -> None:
    made = make_checkpoint(settings, "asked for")
    page = text_of(auditor, "/history/verify")
    assert "Save this receipt" in page
    assert made.root.hex() in page
    response = auditor.get("/history/receipt")
    assert response.headers["Content-Disposition"] == f'attachment; filename="checkpoint-{made.size}.txt"'
    receipt = response.get_data(as_text=True)
    text, signatures = receipt.split("\n\n")
    assert verifier.is_signed(text + "\n", signatures, [text_of(auditor, "/history/key").strip()])
    assert receipt in text_of(auditor, "/history/checkpoints")


def test_the_foot_of_each_page_names_the_last_checkpoint(auditor: FlaskClient, settings: Settings) -> None:
    made = make_checkpoint(settings, "asked for")
    digits = made.root.hex()
    assert f"Checkpoint {made.size:,} · {digits[:4]} {digits[4:8]} {digits[8:12]}" in text_of(auditor, "/")


def test_the_foot_of_an_officers_page_says_nothing_that_a_hidden_act_would_move(
    settings: Settings, client: FlaskClient
) -> None:
    make_checkpoint(settings, "asked for")
    signed_in(client, a_person(role="officer"))
    foot = text_of(client, "/").split("Times are")[1]
    assert "Receipt " in foot
    assert "Checkpoint" not in foot
    a_partnership(is_restricted=True)
    db.session.commit()
    make_checkpoint(settings, "asked for")
    assert text_of(client, "/").split("Times are")[1] == foot


def test_a_receipt_is_looked_up_by_its_digits(auditor: FlaskClient, settings: Settings) -> None:
    receipt = checkpoint_for(settings, "report 7")
    assert receipt
    assert receipt.words in text_of(auditor, "/")
    digits = receipt.words.partition("· ")[2]
    page = text_of(auditor, f"/history/receipts?digits={digits.upper()}")
    assert "The history agrees with it" in page
    assert "report 7" in page
    for wrong in ("", "0" * 16, digits[:3], "%", "\u2014" * 9):
        assert "agree" not in text_of(auditor, f"/history/receipts?digits={wrong}").split("<main")[1]


def test_a_mail_that_failed_is_told(auditor: FlaskClient, settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    assert "None is sent by mail" in text_of(auditor, "/history/verify")
    kept = store_of(settings).folder / "mail.json"
    kept.write_text(json.dumps({"at": "2026-11-23T12:00:00.000000Z", "size": 7, "error": "nobody answered"}))
    assert "could not be sent by mail:</b> nobody answered" in text_of(auditor, "/history/verify")
    kept.write_text(json.dumps({"at": "2026-11-23T12:00:00.000000Z", "size": 7, "error": None}))
    assert "The one of 7 entries was sent by mail" in text_of(auditor, "/history/verify")


def test_the_verifier_that_is_handed_out_is_the_one_of_the_product(auditor: FlaskClient) -> None:
    assert text_of(auditor, "/history/verifier") == Path(verifier.__file__).read_text()


@pytest.mark.parametrize("url", DOWNLOADS)
def test_an_officer_gets_none_of_it(settings: Settings, client: FlaskClient, url: str) -> None:
    make_checkpoint(settings, "asked for")
    assert signed_in(client, a_person(role="officer")).get(url).status_code == 403


def test_a_form_that_was_sent_leaves_a_checkpoint(settings: Settings, client: FlaskClient) -> None:
    signed_in(client, a_person(role="officer"))
    data = {"name": "Bins", "sector": "private", "kind": "company", "form_key": "one"}
    answer = client.post("/organisations/new", data=data)
    assert answer.status_code == 302
    db.session.rollback()
    last = head()
    assert last
    made = store_of(settings).last()
    assert made
    assert made.size == last.size


def test_the_last_link_is_shown_only_to_those_who_verify(client: FlaskClient, settings: Settings) -> None:
    make_checkpoint(settings, "asked for")
    assert "History " in text_of(signed_in(client, a_person(role="auditor")), "/").split("Times are")[1]
    assert "History " not in text_of(signed_in(client, a_person(role="officer")), "/").split("Times are")[1]
