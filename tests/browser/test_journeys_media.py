"""Pages on paper, in the colours of the system, and without motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.fixtures.browsing import Served, Visit
from tests.fixtures.journeys import new_ground

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


@pytest.mark.parametrize("view", ["matrix", "picture"])
def test_a_printed_network_has_its_legend_and_no_controls(visit: Opened, view: str) -> None:
    page = visit("leader").to(f"/network?view={view}")
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_role("button", name="Apply")).to_be_hidden()
    expect(page.locator("ul.legend").first).to_be_visible()
    expect(page.get_by_role("heading", name="Network", level=1)).to_be_visible()


def test_a_printed_partnership_has_its_words_and_no_controls(visit: Opened, served: Served) -> None:
    ground = new_ground(served)
    page = visit("officer").to(ground.path)
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("link", name="Log an interaction")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_hidden()
    expect(page.get_by_role("heading", name=ground.name, level=1)).to_be_visible()


def test_a_printed_page_says_which_day_it_speaks_of(visit: Opened) -> None:
    page = visit("leader").to("/watchlist?on=2026-06-01")
    page.emulate_media(media="print")

    expect(page.get_by_text("As it was on")).to_be_visible()
    expect(page.get_by_role("link", name="Back to now")).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/network?view=matrix", "/network?view=picture", "/watchlist"])
def test_pages_in_the_colours_of_the_system_stay_sound(visit: Opened, path: str) -> None:
    window = visit("leader")
    window.page.emulate_media(forced_colors="active")
    page = window.to(path)

    here = page.get_by_role("navigation", name="Main").locator("[aria-current]")
    others = page.get_by_role("navigation", name="Main").locator("a:not([aria-current])").first
    border = "e => getComputedStyle(e).borderBottomColor"
    assert here.first.evaluate(border) != others.evaluate(border)
    assert window.complaints == []
    assert window.overflows() <= 0


def test_who_asked_for_no_motion_gets_none(visit: Opened) -> None:
    window = visit("leader")
    window.page.emulate_media(reduced_motion="reduce")
    page = window.to("/network?view=picture")
    expect(page.get_by_role("img", name="Picture of the network")).to_be_visible()
    page.locator("#network-list").get_by_role("link").nth(1).click()
    expect(page.locator("#network-chosen").get_by_role("heading", level=2)).to_be_visible()

    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    lasting = "() => [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s')"
    assert page.evaluate(f"({lasting})().length") == 0


@pytest.mark.parametrize(("role", "path"), [("leader", "/"), ("auditor", "/history/late"), ("leader", "/watchlist")])
def test_drawings_keep_their_white_paper_in_the_colours_of_the_system(visit: Opened, role: str, path: str) -> None:
    window = visit(role)
    window.page.emulate_media(forced_colors="active", color_scheme="dark")
    page = window.to(path)

    grounds = "() => [...document.querySelectorAll('.page svg')].map((e) => getComputedStyle(e).backgroundColor)"
    assert set(page.evaluate(grounds)) == {"rgb(255, 255, 255)"}
