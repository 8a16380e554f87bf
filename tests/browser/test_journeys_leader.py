"""A leader goes from the home page to the reason of a flag, through the network, and into the past and back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from register.clock import today
from tests.fixtures.browsing import DESKTOP, PHONE, Visit
from tests.fixtures.journeys import tab_to

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]

INTERACTION = re.compile(r"/interactions/\d+")


def open_a_reason(page: Page) -> None:
    """From the watchlist open the first reason that is an interaction."""
    reason = page.locator("article dd a[href^='/interactions/']").first
    words = reason.inner_text()
    reason.click()
    expect(page).to_have_url(INTERACTION)
    expect(page.get_by_role("heading", name="What was seen")).to_be_visible()
    assert words


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_leader_follows_a_flag_to_the_interaction_behind_it_and_back(visit: Opened, width: int) -> None:
    window = visit("leader", width=width)
    page = window.to("/")
    page.get_by_role("link", name="The whole watchlist").click()
    expect(page.get_by_role("heading", name="Watchlist", level=1)).to_be_visible()

    open_a_reason(page)
    assert window.troubles() == []
    page.go_back()

    expect(page.get_by_role("heading", name="Watchlist", level=1)).to_be_visible()
    assert window.troubles() == []


def test_the_rest_of_the_watchlist_is_as_wide_as_the_phone(visit: Opened) -> None:
    page = visit("leader", width=PHONE).to("/watchlist")
    caption = page.get_by_role("caption").filter(has_text="Also on the list.").bounding_box()

    assert caption
    assert caption["width"] > PHONE * 0.8


def test_the_network_keeps_what_was_chosen_in_each_of_its_renderings(visit: Opened) -> None:
    window = visit("leader")
    page = window.to("/network")
    page.get_by_label("Kind", exact=True).select_option("Shared service")
    page.get_by_role("button", name="Apply").click()

    for rendering in ("In words", "Matrix", "Picture", "Table"):
        tabs = page.get_by_role("navigation", name="Renderings of the network")
        tabs.get_by_role("link", name=rendering).click()
        expect(tabs.get_by_role("link", name=rendering)).to_have_attribute("aria-current", "page")
        expect(page.get_by_label("Kind", exact=True).locator("option:checked")).to_have_text("Shared service")
        assert window.troubles() == []
    page.get_by_role("link", name="Show the whole network").click()
    expect(page.get_by_label("Kind", exact=True).locator("option:checked")).to_have_text("All kinds")


def test_the_table_of_the_network_is_sorted_either_way(visit: Opened) -> None:
    page = visit("leader").to("/network?view=table")
    first = page.get_by_role("row").nth(1).get_by_role("rowheader")
    heading = page.get_by_role("columnheader", name="Organisation")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    ascending = first.inner_text()

    heading.get_by_role("link").click()

    expect(heading).to_have_attribute("aria-sort", "descending")
    assert first.inner_text().casefold() > ascending.casefold()


def test_the_list_of_the_picture_is_led_by_the_keyboard(visit: Opened) -> None:
    window = visit("leader")
    page = window.to("/network?view=picture")
    expect(page.get_by_role("img", name="Picture of the network")).to_be_visible()
    items = page.locator("#network-list").get_by_role("link")
    tab_to(page, items.first)
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Enter")

    chosen = page.locator("#network-chosen")
    expect(chosen.get_by_role("heading", level=2)).to_be_visible()
    assert window.troubles() == []
    chosen.get_by_role("link", name="Open", exact=True).click()
    expect(page).to_have_url(re.compile(r"/organisations/\d+"))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_leader_looks_at_another_day_and_comes_back(visit: Opened, width: int, javascript: bool) -> None:
    window = visit("leader", width=width, javascript=javascript)
    page = window.to("/watchlist")
    page.get_by_role("link", name="Look at another day").click()
    page.get_by_label("As it was on").fill(str(today() - timedelta(120)))
    page.get_by_role("button", name="Show that day").click()

    banner = page.get_by_role("region", name="The day this page speaks of")
    expect(banner).to_contain_text("You are reading the past.")
    expect(page.get_by_role("heading", name="Watchlist", level=1)).to_be_visible()
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    expect(banner).to_contain_text("You are reading the past.")
    if javascript:
        assert window.troubles() == []
    banner.get_by_role("link", name="Back to now").click()

    expect(banner).not_to_contain_text("You are reading the past.")
