"""The picture in Chromium: drawn under the policy of the pages, inert, and led by the keyboard."""

from collections.abc import Iterator, Mapping
from threading import Thread

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from register import locations
from register.network.columns import columns
from register.network.drawing import Point, draw
from register.network.graph import Network
from register.network.grouped_drawing import draw_groups, group_columns
from register.network.grouping import grouped
from register.network.layout import positions
from register.web.security import CONTENT_SECURITY_POLICY
from tests.fixtures.networks import network

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"
SCRIPTS = (
    "vendor/vis-network/vis-network.min.js", "network-facts.js", "network-paint.js", "network-side.js", "network.js",
)  # fmt: skip
PAGE = """<!doctype html><html lang="en"><head><title>Network</title><link rel="icon" href="data:,"></head><body>
<div data-network-tool hidden><input id="network-search" aria-label="Find">
<div id="network-zoom"><button data-zoom="in">Zoom in</button><button data-zoom="fit">Fit</button></div>
<button id="network-back" hidden>Put back</button></div>
<div id="network-picture" data-label="Picture of the network" data-source="{{ data_url }}"{{ groups }}></div>
<p id="network-failed" hidden>It could not be loaded.</p>
<section id="network-chosen" hidden></section>
<ul id="network-list">
{% for node in listed %}<li><a href="#" data-node="{{ node.id }}">{{ node.name }}</a></li>{% endfor %}
</ul>
{% for script in scripts %}<script src="/static/{{ script }}" defer></script>{% endfor %}
</body></html>"""
URLS = {
    "node": ["/organisations/", ""],
    "evidence": ["/evidence?rater=", "&ratee=", "&in=", ""],
    "around": ["/?around=", ""],
    "chosen": ["/?chosen=", ""],
}


def serve(app: Flask, path: str, net: Network, places: Mapping[int, Point], listed: int = 99) -> None:
    """Serve a page that draws a network, and its data beside it."""
    data = {**columns(net, draw(net, places), lambda node: node.sector), "urls": URLS}
    shown = net.nodes[:listed]

    def page() -> str:
        return render_template_string(PAGE, data_url=f"{path}data", listed=shown, scripts=SCRIPTS)

    app.add_url_rule(path, f"page{path}", page)
    app.add_url_rule(f"{path}data", f"data{path}", lambda: data)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Pages with small networks, served under the policy of all pages."""
    app = Flask(__name__, static_folder=str(locations.static()))
    net = network(
        4,
        [(1, 2), (2, 3), (3, 4)],
        {(1, 2): "strong", (2, 1): "weak", (2, 3): "sound", (3, 4): "weak"},
        {1: "Council", 2: HOSTILE, 3: "Riverside", 4: "جمعية الأمل"},
    )
    serve(app, "/", net, positions(net), listed=3)
    two = network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "sound"}, {1: "Council", 2: "Riverside"})
    serve(app, "/one/", network(1, [], names={1: "x" * 300}), {1: (500.0, 400.0)})
    serve(app, "/pair/", two, {1: (0.0, 0.0), 2: (400.0, 0.0)})
    app.add_url_rule(
        "/gone/", "gone", lambda: render_template_string(PAGE, data_url="/nowhere", listed=(), scripts=SCRIPTS)
    )
    parts = grouped(two, {})
    data = group_columns(parts, draw_groups(parts, {}), ["/evidence"])
    app.add_url_rule("/groupsdata", "groups-data", lambda: data)
    app.add_url_rule(
        "/groups/", "groups",
        lambda: render_template_string(
            PAGE, data_url="/groupsdata", listed=(), scripts=SCRIPTS, groups=Markup(" data-groups='true'")
        ),
    )  # fmt: skip
    app.add_url_rule("/evidence", "evidence", lambda: '<link rel="icon" href="data:,">The evidence')
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


def middle(page: Page, address: str) -> tuple[float, float]:
    """Open a page and return where, on the screen, the picture has its middle."""
    page.goto(address)
    canvas = page.get_by_role("img", name="Picture of the network").bounding_box()
    assert canvas
    expect(page.locator("#network-picture[data-drawn]")).to_be_attached()
    return canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2


def test_a_tie_clicked_shows_what_both_sides_say_with_their_evidence(page: Page, address: str) -> None:
    page.mouse.click(*middle(page, f"{address}pair/"))
    card = page.locator("#network-chosen")

    expect(card.get_by_role("heading", name="Council and Riverside")).to_be_visible()
    expect(card).to_contain_text("70, 60 to 80")
    expect(card.get_by_role("link", name="Riverside of Council")).to_have_attribute(
        "href", "/evidence?rater=2&ratee=1&in=1"
    )


def test_a_tie_clicked_twice_opens_its_evidence(page: Page, address: str) -> None:
    page.mouse.dblclick(*middle(page, f"{address}pair/"))

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


def test_who_is_chosen_stands_in_the_address(page: Page, address: str) -> None:
    page.get_by_role("link", name="Riverside").click()

    expect(page).to_have_url(f"{address}?chosen=3")


def test_search_also_finds_whom_the_list_left_out(page: Page) -> None:
    page.get_by_label("Find").fill("أمل")
    page.get_by_label("Find").press("Enter")

    expect(page.locator("#network-chosen h2")).to_have_text("جمعية الأمل")
    page.get_by_label("Find").fill("")
    expect(page.locator("#network-list li")).to_have_count(3)


def test_one_item_of_the_list_is_in_the_order_of_tab(page: Page) -> None:
    page.get_by_role("link", name="Council").focus()
    page.keyboard.press("End")

    expect(page.get_by_role("link", name="Riverside")).to_be_focused()
    assert page.locator("#network-list a[tabindex='0']").count() == 1


def test_keys_move_and_zoom_the_picture_and_escape_puts_away_what_is_chosen(page: Page, complaints: list[str]) -> None:
    page.get_by_role("link", name="Riverside").click()
    page.locator("#network-picture").focus()
    for key in ("+", "-", "ArrowLeft", "ArrowDown", "0", "Escape"):
        page.keyboard.press(key)

    expect(page.locator("#network-chosen")).to_be_hidden()
    assert complaints == []


def test_what_is_dragged_stays_for_the_visit_and_can_be_put_back(page: Page, address: str) -> None:
    across, down = middle(page, f"{address}one/")
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 90, down, steps=3)
    page.mouse.up()
    page.reload()
    back = page.get_by_role("button", name="Put back")

    expect(back).to_be_visible()
    back.click()
    expect(back).to_be_hidden()


def test_data_that_cannot_be_had_leaves_the_still_picture_and_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}gone/")

    expect(page.get_by_text("It could not be loaded.")).to_be_visible()


def test_a_group_clicked_is_looked_into(page: Page, address: str, complaints: list[str]) -> None:
    page.mouse.click(*middle(page, f"{address}groups/"))

    expect(page.get_by_text("The evidence")).to_be_visible()
    assert complaints == []
