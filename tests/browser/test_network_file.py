"""The network in one file, opened from the disk: it moves, asks nobody, and runs no name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from register.exchange.formats.graphs import Drawn
from register.exchange.network_formats import NETWORK_FORMAT_BY_KEY
from register.network.layout import positions
from tests.fixtures.browsing import AXE, WCAG
from tests.fixtures.networks import network

pytestmark = pytest.mark.browser

NAMES = {
    1: "<script>alert(1)</script>",
    2: "</script><img src=x onerror=alert(1)>",
    3: "\"'`${alert(1)} {{ 7 * 7 }}",
    4: "line\u2028end\u2029",
    5: "x" * 300,
    6: "جمعية الأمل",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small network whose names are all hostile."""
    net = network(6, [(1, 2), (2, 3), (3, 4), (4, 5)], {(1, 2): "weak", (2, 1): "strong"}, NAMES)
    made = tmp_path_factory.mktemp("file") / "network.html"
    told = (("Shown", NAMES[2]),)
    made.write_bytes(NETWORK_FORMAT_BY_KEY["html"].write(Drawn(net, positions(net), date(2026, 3, 4), told=told)))
    return made


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of, and every request that it sent."""
    return []


@pytest.fixture
def page(browser: Browser, file: Path, complaints: list[str]) -> Iterator[Page]:
    """The file, opened and drawn."""
    opened = browser.new_page(reduced_motion="reduce")
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    opened.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else complaints.append(sent.url))
    opened.goto(file.as_uri())
    expect(opened.locator("#network-picture[data-drawn]")).to_be_attached()
    yield opened
    opened.close()


def test_it_draws_from_the_disk_without_a_complaint_and_without_asking_anybody(
    page: Page, complaints: list[str]
) -> None:
    assert page.evaluate("document.querySelector('#network-picture canvas').width") > 0
    assert complaints == []


@pytest.mark.parametrize("number", NAMES)
def test_a_hostile_name_is_text_wherever_it_stands(page: Page, complaints: list[str], number: int) -> None:
    page.locator(f"#network-list a[data-node='{number}']").click()

    assert page.locator("#network-chosen h2").text_content() == NAMES[number]
    assert page.locator("img").count() == 0
    assert complaints == []


def test_keys_and_search_lead_it_as_on_the_page(page: Page) -> None:
    page.get_by_label("Find in the picture").fill("أمل")
    page.keyboard.press("Enter")

    expect(page.locator("#network-chosen h2")).to_have_text(NAMES[6])
    assert page.locator("#network-chosen a").count() == 0


@pytest.mark.parametrize("width", [1280, 320])
def test_it_can_be_used_by_everybody(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, [WCAG, True]) == []
