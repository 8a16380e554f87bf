"""The picture in Chromium: drawn under the policy of the pages, inert, and led by the keyboard."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from register import locations
from register.network.drawing import draw
from register.network.layout import positions
from register.web.security import CONTENT_SECURITY_POLICY
from tests.fixtures.networks import network

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"
PAGE = """<!doctype html><html lang="en"><head><title>Network</title><link rel="icon" href="data:,"></head><body>
<div class="network__tools" hidden><input id="network-search" aria-label="Find"></div>
<div id="network-zoom" hidden><button data-zoom="in">Zoom in</button><button data-zoom="fit">Fit</button></div>
<div id="network-picture" data-label="Picture of the network"></div><section id="network-chosen" hidden></section>
<ul id="network-list">
{% for node in picture.nodes %}<li><a href="#" data-node="{{ node.id }}">{{ node.name }}</a></li>{% endfor %}
</ul>
<script type="application/json" id="network-data">{{ picture | tojson }}</script>
<script src="/static/vendor/vis-network/vis-network.min.js"></script><script src="/static/network.js"></script>
</body></html>"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page with a small network, served under the policy of all pages."""
    app = Flask(__name__, static_folder=str(locations.static()))
    net = network(
        4,
        [(1, 2), (2, 3), (3, 4)],
        {(1, 2): "strong", (2, 1): "weak", (2, 3): "sound", (3, 4): "weak"},
        {1: "Council", 2: HOSTILE, 3: "Riverside", 4: "جمعية الأمل"},
    )
    picture = draw(net, positions(net), lambda number: f"/organisations/{number}", lambda _: "/evidence")
    app.add_url_rule("/", "page", lambda: render_template_string(PAGE, picture=picture))
    two = network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "sound"}, {1: "Council", 2: "Riverside"})
    pair = draw(two, {1: (0.0, 0.0), 2: (400.0, 0.0)}, lambda number: f"/organisations/{number}", lambda _: "/evidence")
    app.add_url_rule("/pair", "pair", lambda: render_template_string(PAGE, picture=pair))
    app.add_url_rule("/evidence", "evidence", lambda: "The evidence")
    app.after_request(
        lambda answer: answer.headers.update({"Content-Security-Policy": CONTENT_SECURITY_POLICY}) or answer
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of, and every request that left this machine."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """The page, drawn."""
    opened = browser.new_page(reduced_motion="reduce")
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    opened.on("request", lambda sent: None if sent.url.startswith((address, "data:")) else complaints.append(sent.url))
    opened.goto(address)
    expect(opened.get_by_role("img", name="Picture of the network")).to_be_visible()
    yield opened
    opened.close()


def test_it_draws_without_a_complaint_and_without_asking_another_host(page: Page, complaints: list[str]) -> None:
    assert page.evaluate("document.querySelector('#network-picture canvas').width") > 0
    assert complaints == []


def test_the_list_drives_the_picture_by_keyboard_alone(page: Page) -> None:
    page.get_by_role("link", name="Council").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.locator("#network-chosen")

    expect(card.get_by_role("heading", name="Riverside")).to_be_visible()
    expect(card).to_contain_text("Sound")
    expect(card.get_by_role("link", name="Open")).to_have_attribute("href", "/organisations/3")
    expect(page.locator("#network-list [aria-current]")).to_have_text("Riverside")


def test_a_hostile_name_is_text_in_the_card(page: Page, complaints: list[str]) -> None:
    page.locator("#network-list a").nth(1).click()

    expect(page.locator("#network-chosen h2")).to_have_text(HOSTILE)
    assert page.locator("#network-chosen img, #network-chosen script").count() == 0
    assert complaints == []


def middle_of_the_tie(page: Page, address: str) -> tuple[float, float]:
    """Open the page of two organisations and return where, on the screen, their one tie has its middle."""
    page.goto(f"{address}pair")
    canvas = page.get_by_role("img", name="Picture of the network").bounding_box()
    assert canvas
    return canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2


def test_a_tie_clicked_shows_what_both_sides_say_with_their_evidence(page: Page, address: str) -> None:
    page.mouse.click(*middle_of_the_tie(page, address))
    card = page.locator("#network-chosen")

    expect(card.get_by_role("heading", name="Council and Riverside")).to_be_visible()
    expect(card).to_contain_text("70, 60 to 80")
    expect(card.get_by_role("link", name="Riverside of Council")).to_have_attribute("href", "/evidence")


def test_a_tie_clicked_twice_opens_its_evidence(page: Page, address: str) -> None:
    page.mouse.dblclick(*middle_of_the_tie(page, address))

    expect(page.get_by_text("The evidence")).to_be_visible()


def test_search_finds_and_shows_the_first_that_fits(page: Page) -> None:
    page.get_by_label("Find").fill("river")

    expect(page.locator("#network-list li:visible")).to_have_count(1)
    page.get_by_label("Find").press("Enter")
    expect(page.locator("#network-chosen h2")).to_have_text("Riverside")


def test_the_buttons_zoom_and_complain_of_nothing(page: Page, complaints: list[str]) -> None:
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Fit").click()

    assert complaints == []
