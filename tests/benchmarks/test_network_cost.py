"""What the network costs: the picture in Chromium, and its data on the server. Prints, asserts no time.

Run with `pytest -m benchmark tests/benchmarks/test_network_cost.py -s`. The picture is drawn of 2,000 organisations and
6,000 ties at once; the data are those of a large register, which opens on its groups.
"""

import gzip
import random
import statistics
import time
from collections.abc import Callable, Iterator
from threading import Thread

import orjson
import pytest
from flask import Flask, Response, render_template_string
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from register import locations
from register.network.columns import columns
from register.network.drawing import draw
from register.network.graph import Network
from register.network.grouped_drawing import draw_groups, group_columns
from register.network.grouping import grouped
from register.network.layout import positions
from register.network.parting import communities
from register.web.security import CONTENT_SECURITY_POLICY
from tests.browser.test_network_picture import PAGE, SCRIPTS
from tests.fixtures.networks import network

pytestmark = pytest.mark.benchmark

ROUNDS = 7
WORDS = ("strong", "sound", "mixed", "weak", "not known")


def grown(number: int, ties: int) -> Network:
    """A network of some eighty organisations a neighbourhood, in which early ones have more ties."""
    chance = random.Random(5)
    places = number // 80
    home = [chance.randrange(places) for _ in range(number)]
    near: list[list[int]] = [[] for _ in range(places)]
    for at, place in enumerate(home):
        near[place].append(at)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one = int(number * chance.random() ** 1.5)
        other = chance.choice(near[home[one]]) if chance.random() < 0.8 else chance.randrange(number)
        if one != other:
            pairs.add((min(one, other) + 1, max(one, other) + 1))
    both = [way for one, other in sorted(pairs) for way in ((one, other), (other, one))]
    words = {way: chance.choice(WORDS) for way in both if chance.random() < 0.7}
    return network(number, sorted(pairs), words)


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of a page that draws 2,000 organisations and 6,000 ties."""
    net = grown(2000, 6000)
    made = columns(net, draw(net, positions(net)), lambda node: node.sector)
    body = gzip.compress(orjson.dumps(made), 6)
    print(f"\n2,000 organisations, 6,000 ties: {len(orjson.dumps(made)):,} bytes, {len(body):,} compressed")
    app = Flask(__name__, static_folder=str(locations.static()))
    listed = net.nodes[:100]
    app.add_url_rule(
        "/", "page", lambda: render_template_string(PAGE, data_url="/data", listed=listed, scripts=SCRIPTS)
    )
    headers = {"Content-Encoding": "gzip"}
    app.add_url_rule("/data", "data", lambda: Response(body, mimetype="application/json", headers=headers))
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


def test_the_picture_of_two_thousand_is_stable(browser: Browser, served: str) -> None:
    taken = []
    for _ in range(ROUNDS):
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        seen = page.context.new_cdp_session(page)
        seen.send("Performance.enable")
        page.goto(served)
        page.wait_for_selector("#network-picture[data-drawn]")
        marks = page.evaluate("performance.getEntriesByType('mark').map(one => [one.name, one.startTime])")
        work = {one["name"]: one["value"] for one in seen.send("Performance.getMetrics")["metrics"]}
        taken.append({**dict(marks), "work": 1000 * work["ProcessTime"]})
        page.close()
    print(f"\n{'milliseconds of ' + str(ROUNDS) + ' runs':<52}{'least':>8}{'median':>8}{'most':>8}")
    row([one["network:drawn"] - one["network:begin"] for one in taken], "from the script to the first drawing")
    row([one["network:stable"] - one["network:begin"] for one in taken], "from the script to a stable picture")
    row([one["network:stable"] for one in taken], "from asking for the page to a stable picture")
    row([one["work"] for one in taken], "work of the browser's processor, from its start")
    assert all(one["network:stable"] > 0 for one in taken)


def row(times: list[float], said: str) -> None:
    """Print one row of a table of times."""
    print(f"{said:<52}{min(times):>8.0f}{statistics.median(times):>8.0f}{max(times):>8.0f}")


def test_the_data_of_twenty_thousand_open_on_their_groups() -> None:
    net = grown(20_000, 25_000)
    known = {one: at for at, ids in enumerate(communities(net)) for one in ids}
    places = {node.id: (float(node.id % 157), float(node.id % 101)) for node in net.nodes}
    parts = grouped(net, known)
    everybody = columns(net, draw(net, places), lambda node: node.sector)
    shown = group_columns(parts, draw_groups(parts, places))
    print(f"\n{'20,000 organisations, 50,000 relationships':<52}{'bytes':>12}{'gzip':>12}{'CPU ms':>9}")
    for said, made, work in (
        ("groups with what lies between them", shown, lambda: group_columns(parts, draw_groups(parts, places))),
        ("the same, with who is in which group", shown, lambda: grouped(net, known)),
        ("everybody and every tie", everybody, lambda: columns(net, draw(net, places), lambda node: node.sector)),
    ):
        plain = orjson.dumps(made)
        print(f"{said:<52}{len(plain):>12,}{len(gzip.compress(plain, 6)):>12,}{spent(work):>9.0f}")
    assert shown["nodes"]["id"]


def spent(work: Callable[[], object]) -> float:
    """Return the median of the processor's milliseconds for some work."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)
