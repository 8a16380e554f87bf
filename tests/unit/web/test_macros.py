"""The macros of forms: the same HTML as govuk-frontend, wired for people who hear a page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from tests.unit.web.markup import attributes, called, forms, page, pieces

EXPECTED = json.loads(Path(__file__).with_name("govuk_frontend.json").read_text(encoding="utf-8"))
HINT = "As on its papers"
CHOICES = [SelectChoice("a", "First"), SelectChoice("b", "Second", {"hint": "The usual one"})]
SCORES = [SelectChoice("", "Did not come up"), SelectChoice("1", "Very poor"), SelectChoice("5", "Very good")]

def one(field: Any, *, error: str | None = None, value: Any = None, name: str = "name") -> Any:
    """Return a bound field of a form of its own, with the error and the value given."""
    form = type("OneField", (Form,), {name: field})(data={name: value} if value is not None else {})
    bound = form[name]
    bound.errors = [error] if error else []
    return bound


class DayForm(Form):
    held_on: Any = DateField("Day")


MISSING = "Enter a name"
SAME: dict[str, Callable[[], str]] = {
    "text": lambda: forms.text(one(StringField("Name"))),
    "text with value, width, hint, error and autocomplete": lambda: forms.text(
        one(StringField("Name"), error=MISSING, value="A & B"), hint=HINT, width=10, autocomplete="organization",
    ),
    "text with prefix and suffix": lambda: forms.text(one(StringField("Name")), prefix="£", suffix="a year"),
    "day": lambda: forms.day(DayForm(MultiDict({"held_on": "2026-11-23"})).held_on),
    "textarea": lambda: forms.textarea(one(TextAreaField("Note"), value="Two lines", name="note"), hint=HINT, rows=3),
    "textarea with error": lambda: forms.textarea(one(TextAreaField("Note"), error=MISSING, name="note")),
    "select": lambda: forms.select(
        one(SelectField("Kind", choices=CHOICES), error=MISSING, value="b", name="kind"), hint=HINT,
    ),
    "radios": lambda: forms.radios(
        one(RadioField("Kind", choices=CHOICES), error=MISSING, value="b", name="kind"), hint=HINT, inline=True,
    ),
    "checkboxes": lambda: forms.checkboxes(
        one(SelectMultipleField("Kind", choices=CHOICES), error=MISSING, value=["b"], name="kind"),
        hint=HINT, small=True,
    ),
    "file": lambda: forms.file(one(FileField("Paper"), error=MISSING, name="paper"), hint=HINT),
    "error summary": lambda: forms.error_summary(failed(WholeForm)),
    "button": lambda: forms.button("Save"),
    "button secondary": lambda: forms.button("Add", "secondary", "add", "1"),
    "button warning": lambda: forms.button("Close it", "warning"),
    "details": lambda: called("{% call page.details('What counts') %}Evidence.{% endcall %}"),
    "breadcrumbs": lambda: page.breadcrumbs([("Partnerships", "/partnerships"), ("Night Sitting Service", None)]),
}


class Promise(Form):
    what = StringField("What", [InputRequired("Say what was promised")])


class WholeForm(Form):
    name = StringField("Name", [InputRequired(MISSING)])
    held_on = StringField("Day", [InputRequired("Say when")])


class NestedForm(Form):
    promises = FieldList(FormField(Promise), min_entries=2)
    words = FieldList(StringField("Word", [InputRequired("Say the word")]), min_entries=1)
    first = FormField(Promise)


def failed(form_class: type[Any]) -> Any:
    """Return the form after somebody sent it empty."""
    form = form_class(MultiDict())
    form.form_errors = []
    form.validate()
    return form


@pytest.mark.parametrize("name", EXPECTED)
def test_the_html_is_that_of_govuk_frontend(name: str) -> None:
    expected = pieces("\n".join(EXPECTED[name]))
    ours = pieces(SAME[name]())
    if name == "error summary":  # ours takes the focus without the script of govuk-frontend
        assert ours[0] == ("div", "class=govuk-error-summary", "tabindex=-1")
        ours[0] = expected[0]
    assert ours == expected


def test_every_expected_snippet_is_compared_with_a_macro() -> None:
    assert set(SAME) == set(EXPECTED)


def test_a_day_that_a_date_input_could_not_show_comes_back_as_typed() -> None:
    field = DayForm(MultiDict({"held_on": "23 Novembr 2026"})).held_on
    (shown,) = attributes(forms.day(field), "input")
    assert (shown["type"], shown["value"]) == ("text", "23 Novembr 2026")


def test_a_password_is_never_sent_back_and_its_button_waits_for_the_script() -> None:
    html = forms.password(PasswordForm(MultiDict({"password": "secret"})).password)
    assert "secret" not in html
    (shown,) = attributes(html, "input")
    assert (shown["type"], shown["autocomplete"]) == ("password", "current-password")
    (button,) = attributes(html, "button")
    assert (button["type"], button["aria-controls"], button["hidden"]) == ("button", shown["id"], "")


class PasswordForm(Form):
    password = PasswordField("Password")


def test_one_checkbox_is_described_by_its_hint_and_its_error() -> None:
    html = forms.checkbox(one(BooleanField("Restricted"), error="Say so", value=True), hint=HINT)
    (box,) = attributes(html, "input")
    assert (box["aria-describedby"], box["value"], "checked" in box) == ("name-hint name-error", "y", True)
    assert html.count('id="name-hint"') == html.count('id="name-error"') == 1


def test_chips_are_checkboxes_with_labels_of_their_own() -> None:
    html = forms.chips(one(SelectMultipleField("Who met", choices=CHOICES), value=["b"]))
    boxes, labels = attributes(html, "input"), attributes(html, "label")
    assert [box["id"] for box in boxes] == [label["for"] for label in labels] == ["name", "name-2"]
    assert ["checked" in box for box in boxes] == [False, True]


def test_a_reading_is_a_group_of_radios_with_its_evidence_beside_it() -> None:
    field = one(RadioField("Openness", choices=SCORES), value="5", name="openness")
    html = forms.scores(field, "Do they tell us?", one(StringField("Seen"), error="Say what you saw", name="seen"))
    radios = attributes(html, "input")[:3]
    assert [radio["value"] for radio in radios] == ["", "1", "5"]
    assert ["checked" in radio for radio in radios] == [False, False, True]
    words = [piece[1] for piece in pieces(html) if piece[0] == "words"]
    assert {"Openness", "Do they tell us?", "Did not come up", "1 Very poor", "5 Very good"} <= set(words)
    assert attributes(html, "input")[3]["aria-describedby"] == "seen-error"


def test_a_reading_whose_labels_carry_their_number_is_not_numbered_twice() -> None:
    html = forms.scores(one(RadioField("Openness", choices=[SelectChoice("1", "1 Very poor")])))
    assert "1 1" not in html
    assert "1 Very poor" in html


def test_a_select_keeps_its_groups() -> None:
    groups = [SelectChoice("a", "First", optgroup="Councils"), SelectChoice("b", "Second", optgroup="Charities")]
    html = forms.select(one(SelectField("Kind", choices=groups)))
    assert [group["label"] for group in attributes(html, "optgroup")] == ["Councils", "Charities"]


def test_the_error_summary_reaches_into_rows_and_links_each_error_once() -> None:
    html = forms.error_summary(failed(NestedForm))
    assert [link["href"] for link in attributes(html, "a")] == [
        "#promises-0-what", "#promises-1-what", "#words-0", "#first-what",
    ]
    assert "Four things need you" in html


def test_the_error_summary_shows_what_is_wrong_with_the_form_as_a_whole() -> None:
    form = WholeForm(MultiDict({"name": "x", "held_on": "y"}))
    form.form_errors = ["This partnership is closed."]
    html = forms.error_summary(form)
    assert "<li>This partnership is closed.</li>" in html
    assert "One thing needs you" in html


def test_a_form_without_errors_has_no_error_summary() -> None:
    form = WholeForm()
    form.form_errors = []
    assert str(forms.error_summary(form)) == ""


def test_a_form_carries_its_hidden_fields_and_leaves_checking_to_the_server() -> None:
    form = type("Hidden", (Form,), {"key": HiddenField(default="k1"), "name": StringField("Name")})()
    html = forms.form_start(form, multipart=True)
    (start,) = attributes(html, "form")
    assert (start["method"], start["novalidate"], start["enctype"]) == ("post", "", "multipart/form-data")
    assert [(field["name"], field["value"]) for field in attributes(html, "input")] == [("key", "k1")]


def test_a_button_alone_posts_with_its_token() -> None:
    html = forms.post_button("End session", "/people/3/end", "token")
    assert attributes(html, "form")[0]["action"] == "/people/3/end"
    assert attributes(html, "input")[0]["value"] == "token"


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script>"
    for html in (
        page.heading(hostile, hostile), page.summary_row(hostile, hostile), page.empty(hostile),
        page.was_now(hostile, hostile, hostile), page.breadcrumbs([(hostile, None)]),
        forms.text(one(StringField(hostile), error=hostile, value=hostile), hint=hostile), forms.button(hostile),
    ):
        assert "<script" not in html
