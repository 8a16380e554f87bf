"""The macros of standings: word, shape, pattern and colour together, drawn to scale, and cheap in long tables."""

import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.unit.web.markup import attributes, environment, pieces, standing


@pytest.mark.parametrize(("word", "key"), [
    ("strong", "strong"), ("sound", "sound"), ("mixed", "mixed"), ("weak", "weak"), ("not known", "not-known"),
])
def test_a_standing_speaks_by_word_shape_pattern_and_colour(word: str, key: str) -> None:
    tag = str(standing.tag(word))
    assert word.capitalize() in tag
    assert f"standing--{key}" in tag
    assert f'href="#mark-{key}"' in tag
    defined = str(standing.patterns())
    assert f'<symbol id="mark-{key}"' in defined
    assert f'<pattern id="fill-{key}"' in defined
    assert f'fill="url(#fill-{key})"' in standing.band(known(word))


def known(word: str) -> SimpleNamespace:
    return SimpleNamespace(word=word, figure=0.28, low=0.06, high=0.58)


def test_a_band_says_its_figures_and_draws_them_to_scale() -> None:
    html = str(standing.band(known("weak")))
    (svg,) = attributes(html, "svg")
    assert svg["aria-label"] == "Weak: 28 out of 100, nine times in ten between 6 and 58"
    bar, mark = attributes(html, "rect")[1:]
    assert (bar["x"], bar["width"]) == ("12.0", "104.0")
    assert mark["x"] == "54.0"


def test_what_is_not_known_gets_no_figure_in_words_or_picture() -> None:
    unknown = SimpleNamespace(word="not known", figure=0.5, low=0.1, high=0.9)
    assert "no figure" in standing.tag_with_figure(unknown)
    assert "50" not in standing.tag_with_figure(unknown)
    assert "band__figure" not in standing.band(unknown)
    assert "50 out of" not in standing.band(unknown)


def test_a_figure_stands_beside_its_band() -> None:
    words = [piece[1] for piece in pieces(standing.tag_with_figure(known("weak"))) if piece[0] == "words"]
    assert words == ["Weak", "28", "6 to 58"]


def test_a_band_beside_its_figures_can_be_decoration() -> None:
    (svg,) = attributes(standing.band(known("weak"), decorative=True), "svg")
    assert svg["aria-hidden"] == "true"
    assert "role" not in svg


def test_the_legend_shows_all_five_and_their_counts() -> None:
    words = [piece[1] for piece in pieces(standing.legend({"weak": 4})) if piece[0] == "words"]
    assert words == ["Strong", "0", "Sound", "0", "Mixed", "0", "Weak", "4", "Not known", "0"]


def test_every_mark_that_is_used_is_defined_once() -> None:
    ids = re.findall(r'id="([^"]+)"', str(standing.patterns()))
    assert len(ids) == len(set(ids))
    assert {"mark-kept", "mark-late", "mark-broken", "mark-overdue", "mark-open", "mark-incident"} <= set(ids)


def test_a_mark_with_a_label_speaks_and_one_without_is_silent() -> None:
    assert attributes(standing.mark("kept", "Kept"), "svg")[0]["aria-label"] == "Kept"
    assert attributes(standing.mark("kept"), "svg")[0]["aria-hidden"] == "true"


def test_fifty_rows_of_tags_cost_less_than_a_millisecond() -> None:
    template = environment.from_string(
        "{% import 'macros/standing.html' as standing %}{% for word in words %}{{ standing.tag(word) }}{% endfor %}",
    )
    words = ["strong", "weak", "not known", "mixed", "sound"] * 10
    template.render(words=words)
    best = min(_seconds(lambda: template.render(words=words)) for _ in range(20))
    assert best < 0.001


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
