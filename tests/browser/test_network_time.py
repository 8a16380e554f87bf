"""The network through time in Chromium: the slider moves the day, a form does without it, and a view is kept."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from register.clock import today
from tests.fixtures.browsing import Visit

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

THEN = (today() - timedelta(days=250)).isoformat()


def test_the_slider_moves_the_day_by_keyboard_and_says_it(visit: Opened) -> None:
    window = visit("leader")
    page = window.to("/network?view=matrix&sector=public")
    slider = page.get_by_role("slider", name="Day that is shown")
    slider.focus()
    slider.press("PageDown")
    slider.press("ArrowLeft")

    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"\w+day \d+ \w+ 20\d\d"))
    assert slider.get_attribute("aria-valuetext") == page.locator("#time-day").inner_text()
    slider.press("Enter")
    expect(page).to_have_url(re.compile(r"sector=public.*on=20\d\d-\d\d-\d\d"))
    expect(page.get_by_text("You are reading the past.")).to_be_visible()
    assert window.troubles() == []


def test_without_a_script_the_form_compares_two_days(visit: Opened) -> None:
    page = visit("leader", javascript=False).to("/network?view=table")
    assert page.get_by_role("slider").count() == 0
    page.get_by_label("Compared with").fill(THEN)
    page.get_by_role("button", name="Show these days").click()

    expect(page.get_by_role("columnheader", name=re.compile("^Since "))).to_be_visible()
    expect(page).to_have_url(re.compile(f"against={THEN}"))


def test_the_picture_of_two_days_explains_its_signs(visit: Opened) -> None:
    window = visit("leader")
    page = window.to(f"/network?view=picture&against={THEN}")

    expect(page.get_by_role("list", name="What the signs on lines mean")).to_contain_text("Newly known")
    expect(page.get_by_role("heading", name=re.compile("^What differs between"))).to_be_visible()
    assert window.troubles() == []


def test_a_printed_page_says_what_is_shown_by_both_clocks_and_to_whom(visit: Opened) -> None:
    page = visit("leader").to(f"/network?view=table&sector=voluntary&against={THEN}")
    page.emulate_media(media="print")

    printed = page.locator(".network-printed")
    expect(printed).to_be_visible()
    for words in ("Sector", "Voluntary", "As it was on", "As we knew it on", "Compared with", "may see"):
        expect(printed).to_contain_text(words)
    expect(page.locator(".filter-bar")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(printed).to_be_hidden()


def test_a_view_is_saved_opened_renamed_and_deleted(visit: Opened) -> None:
    window = visit("leader")
    page = window.to("/network?view=matrix&sector=public&nodes=both")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name of this view").fill("Public bodies")
    page.get_by_role("button", name="Save the view").click()
    page.get_by_role("link", name="Public bodies", exact=True).click()
    expect(page).to_have_url(re.compile("view=matrix&sector=public&nodes=both"))

    page.get_by_role("link", name="Saved views").click()
    page.get_by_role("link", name="Change Public bodies").click()
    page.get_by_label("Name of this view").fill("Bodies")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("link", name="Delete Bodies").click()
    assert window.troubles() == []
    page.get_by_role("button", name="Delete the view").click()
    expect(page.get_by_text("You have saved no view yet.")).to_be_visible()
    assert window.troubles() == []
