"""The frame of every page: who is signed in, where one can go, which day is read."""

import re
from types import SimpleNamespace
from typing import Any

from tests.unit.web.markup import attributes, environment, pieces

PERSON = SimpleNamespace(is_authenticated=True, name="Ada Okoro", role_name="officer")
NAVIGATION = [
    SimpleNamespace(label="Today", url="/", current=False, badge=None),
    SimpleNamespace(label="Watchlist", url="/watchlist", current=True, badge=9),
]
NOW: dict[str, Any] = {
    "on": None, "known": None, "is_past": False, "on_text": "today, Monday 23 November 2026", "known_text": "now",
    "change_url": "/clocks", "now_url": "/",
}
SIGNED_IN: dict[str, Any] = {
    "current_user": PERSON, "navigation": NAVIGATION, "clocks": SimpleNamespace(**NOW), "search_url": "/search",
    "sign_out_url": "/sign-out", "log_url": "/interactions/new", "site_name": "Anyshire County Council",
}


def drawn(messages: tuple[tuple[str, str], ...] = (), **values: Any) -> str:
    """Return a page in the frame, with stand-ins for what Flask gives every template."""
    source = '{% extends "base.html" %}{% block title %}Any page{% endblock %}{% block main %}<p>Body</p>{% endblock %}'
    template = environment.from_string(source, globals={
        "url_for": lambda endpoint, filename: f"/{endpoint}/{filename}",
        "get_flashed_messages": lambda with_categories: messages,
        "csrf_token": lambda: "token",
    })
    return template.render(**values)


def words(html: str) -> str:
    return " ".join(piece[1] for piece in pieces(html) if piece[0] == "words")


def test_nobody_signed_in_sees_no_way_to_anywhere() -> None:
    html = drawn(current_user=SimpleNamespace(is_authenticated=False), search_url="/search", navigation=NAVIGATION)
    assert "Any page · Partnership register" in html
    assert "<nav" not in html
    assert "Sign out" not in html
    assert 'role="search"' not in html


def test_the_frame_stands_without_anything_from_the_web_layer() -> None:
    assert "Body" in drawn()


def test_the_place_one_is_in_is_marked_in_the_row_and_in_the_menu() -> None:
    html = drawn(**SIGNED_IN)
    current = [link["href"] for link in attributes(html, "a") if link.get("aria-current") == "page"]
    assert current == ["/watchlist", "/watchlist"]


def test_no_id_stands_twice_on_a_page() -> None:
    ids = re.findall(r'\sid="([^"]+)"', drawn((("success", "Saved."), ("error", "Look.")), **SIGNED_IN))
    assert len(ids) == len(set(ids))


def test_signing_out_is_a_post_with_a_token() -> None:
    (out,) = [form for form in attributes(drawn(**SIGNED_IN), "form") if form.get("action") == "/sign-out"]
    assert out["method"] == "post"
    assert 'name="csrf_token" value="token"' in drawn(**SIGNED_IN)


def test_a_role_that_may_not_search_or_log_is_not_offered_it() -> None:
    html = drawn(**{**SIGNED_IN, "search_url": None, "log_url": None})
    assert 'role="search"' not in html
    assert "data-log-url" not in html


def test_the_present_is_said_quietly() -> None:
    html = drawn(**SIGNED_IN)
    assert "As it was on today, Monday 23 November 2026 As we knew it now Look at another day" in words(html)
    assert "You are reading the past" not in html


def test_the_past_is_said_loudly_with_both_clocks_and_a_way_back() -> None:
    past = SimpleNamespace(**{
        **NOW, "is_past": True, "on_text": "30 September 2026", "known": "15 October", "known_text": "15 October 2026",
    })
    said = words(drawn(**{**SIGNED_IN, "clocks": past}))
    assert "You are reading the past. As it was on 30 September 2026 , as we knew it on 15 October 2026" in said
    assert "Back to now" in said


def test_the_past_as_it_is_known_today_reads_as_a_sentence() -> None:
    past = SimpleNamespace(**{**NOW, "is_past": True, "on_text": "30 September 2026"})
    assert "30 September 2026 , as we know it now ." in words(drawn(**{**SIGNED_IN, "clocks": past}))


def test_messages_say_whether_something_was_done() -> None:
    html = drawn((("success", "The meeting was logged."), ("warning", "It is <late>.")), **SIGNED_IN)
    assert "Done The meeting was logged. Important It is <late>." in words(html)
    assert html.count("govuk-notification-banner--success") == 1
    assert "&lt;late&gt;" in html


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert "<title>Error: Any page" in drawn(form=SimpleNamespace(errors={"name": ["Enter a name"]}))
    assert "<title>Any page" in drawn(form=SimpleNamespace(errors={}))


def test_the_footer_says_what_the_figures_were_computed_with() -> None:
    said = words(drawn(footer_figures="Model version 1.", checkpoint="Checkpoint 4", **SIGNED_IN))
    assert "Model version 1." in said
    assert "Checkpoint 4" in said


def test_the_example_register_says_that_it_is_one() -> None:
    assert "nothing here is real" in drawn(is_demo=True)
    assert "nothing here is real" not in drawn(**SIGNED_IN)
