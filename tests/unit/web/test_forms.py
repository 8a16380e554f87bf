"""Days and money as forms read them, and the keys of create forms."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from register.refusals import Refusal
from register.web.forms import CreateForm, DayField, EditForm, Form, MoneyField


class DealForm(Form):
    agreed_on = DayField("Agreed on")
    value_pence = MoneyField("Value")


@pytest.fixture
def flask_app() -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="k" * 32, WTF_CSRF_ENABLED=False)
    return app


def sent(app: Flask, **fields: str) -> DealForm:
    with app.test_request_context(method="POST"):
        form = DealForm(MultiDict(fields))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("1", 100),
        ("0.29", 29),
        ("1.1", 110),
        ("4,200,000", 420_000_000),
        ("£4,200,000.50", 420_000_050),
        ("£ 12", 1200),
        ("4.2m", 420_000_000),
        ("4.25M", 425_000_000),
        ("80k", 8_000_000),
        ("80 K", 8_000_000),
        ("9007199254740993", 900_719_925_474_099_300),
        ("8.29", 829),
        ("1.15", 115),
    ],
)
def test_money_is_read_to_the_penny(flask_app: Flask, typed: str, pence: int | None) -> None:
    form = sent(flask_app, value_pence=typed)
    assert not form.errors
    assert form.value_pence.data == pence


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "4.2.1",
        "1,00",
        "1,0000",
        "4.255",
        "twelve",
        "£",
        "1e9",
        "1_000",
        "NaN",
        "inf",
        "9" * 400,
        "9" * 41,
        "\u0663",
        "12 pounds",
        "1\x00",
    ],
)
def test_what_is_no_money_is_said_beside_the_field_and_kept(flask_app: Flask, typed: str) -> None:
    form = sent(flask_app, value_pence=typed)
    assert form.errors["value_pence"] == ["Enter an amount in pounds, such as 4,200,000 or 4.2m."]
    assert form.value_pence._value() == typed
    assert form.value_pence.data is None


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (None, ""),
        (0, "0"),
        (29, "0.29"),
        (420_000_000, "4,200,000"),
        (50, "0.50"),
        (90_071_992_547_409_931, "900,719,925,474,099.31"),
    ],
)
def test_money_is_shown_as_it_can_be_read_again(flask_app: Flask, pence: int | None, shown: str) -> None:
    with flask_app.test_request_context():
        form = DealForm(data={"value_pence": pence})
        assert form.value_pence._value() == shown
    if shown:
        assert sent(flask_app, value_pence=shown).value_pence.data == pence


def test_a_day_is_read_and_what_is_none_is_kept(flask_app: Flask) -> None:
    assert sent(flask_app, agreed_on="3 November 2026").agreed_on.data == date(2026, 11, 3)
    wrong = sent(flask_app, agreed_on="30 February 2026")
    assert wrong.errors["agreed_on"] == ["Enter a day that exists, such as 23 November 2026."]
    assert wrong.agreed_on._value() == "30 February 2026"
    with flask_app.test_request_context():
        assert DealForm(data={"agreed_on": date(2026, 11, 3)}).agreed_on._value() == "2026-11-03"


def test_a_refusal_is_shown_beside_its_field_or_on_the_form(flask_app: Flask) -> None:
    form = sent(flask_app)
    form.show(Refusal("Too much.", "value_pence"))
    form.show(Refusal("Not now."))
    form.show(Refusal("No such field.", "elsewhere"))
    assert form.value_pence.errors == ["Too much."]
    assert form.form_errors == ["Not now.", "No such field."]


@pytest.mark.parametrize("key", ["", "\x00", "a\x00b", "x" * 65, "a b", "é", "../x", "\ud800"])
def test_a_key_that_the_register_cannot_have_given_counts_as_none(flask_app: Flask, key: str) -> None:
    with flask_app.test_request_context(method="POST"):
        assert CreateForm(MultiDict({"form_key": key}))._key() is None


def test_each_create_form_has_a_key_of_its_own(flask_app: Flask) -> None:
    with flask_app.test_request_context():
        first, second = CreateForm(), CreateForm()
        assert first.form_key.data != second.form_key.data
        assert first._key() == first.form_key.data


@pytest.mark.parametrize(
    ("sent_version", "is_stale"), [("3", False), ("2", True), ("", True), ("x", True), (None, True)]
)
def test_a_form_is_stale_unless_it_names_the_version_that_stands(
    flask_app: Flask,
    sent_version: str | None,
    is_stale: bool,
) -> None:
    class Row:
        version = 3

    with flask_app.test_request_context(method="POST"):
        form = EditForm(MultiDict({} if sent_version is None else {"version": sent_version}))
        assert form.is_stale(Row()) == is_stale
