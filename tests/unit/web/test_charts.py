"""The chart of trust over time: what is drawn where, and the words that say the same."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from register.locations import templates
from register.partnerships.lookups import Relationship
from register.trust.figure import PRIOR_HALF_LIFE
from register.trust.timeline import Lending, Moment, Unit, days_to_show, moments, running
from register.web.chart_parts import NARROW, WIDE, Drawing, Frame, Mark, Silence
from register.web.chart_words import course, figure_words, listed, promise_words, runs, silence_words
from register.web.charts import FLOOR, HIGH, Scale, drawing, silences
from register.web.days import short
from register.web.frame import percent
from register.web.trust_charts import Chart, Row

ON = date(2026, 11, 23)
SINCE = date(2025, 5, 1)
SILENT = Silence(date(2025, 9, 20), date(2026, 5, 30))
GOOD = [Unit(SINCE + timedelta(days=days), 1.0, 0.0) for days in (0, 20, 40, 60, 100, 142)]
BAD = [Unit(date(2026, 5, 30) + timedelta(days=days), 0.0, 1.0) for days in (0, 20, 40, 60, 80, 110, 150)]
MARKS = [
    Mark(SINCE, "meeting", 0, "Meeting, 1 May 2025"), Mark(date(2026, 5, 30), "incident", 0, "Incident, 30 May 2026"),
    Mark(date(2026, 7, 1), "broken", 1, "Broken: pay, 1 July 2026"), Mark(date(2020, 1, 1), "meeting", 0, "too early"),
]


def told(units: list[Unit], since: date = SINCE, on: date = ON, also: tuple[date, ...] = ()) -> list[Moment]:
    lending = Lending(running([Unit(since, 0.6, 0.4)] * 40, PRIOR_HALF_LIFE), {})
    days = days_to_show([unit.held_on for unit in units], since, on, also)
    return moments(units, 7, lending, days, lends=False)


STORY = told([*GOOD, *BAD], also=(SILENT.start, SILENT.end))


def drawn(frame: Frame = WIDE, story: list[Moment] = STORY) -> Drawing:
    return drawing(frame, story, MARKS, [SILENT])


def test_days_run_from_the_left_edge_to_the_line_of_today() -> None:
    scale = Scale(WIDE, SINCE, ON)
    assert scale.x(SINCE) == WIDE.left
    assert scale.x(ON) == WIDE.width - WIDE.right
    assert scale.x(SINCE + (ON - SINCE) / 2) == pytest.approx((WIDE.left + WIDE.width - WIDE.right) / 2, abs=2)
    assert (scale.y(0), scale.y(1)) == (FLOOR, HIGH)


def test_a_chart_of_one_day_still_has_a_width() -> None:
    one = told([Unit(ON, 1.0, 0.0)], since=ON)
    picture = drawing(NARROW, one, [], [])
    assert picture.today == NARROW.width - NARROW.right
    assert picture.areas == []


def test_each_stretch_of_the_band_has_the_pattern_of_its_word() -> None:
    words = [key for key, _ in drawn().areas]
    assert words[0] == "not-known"
    assert "sound" in words or "strong" in words
    assert words[-1] in ("mixed", "weak")
    assert all(first != second for first, second in pairwise(words)), "alike ones are drawn together"


def test_the_band_spans_from_its_lower_to_its_upper_end() -> None:
    _, path = drawn().areas[0]
    standing = STORY[0].standing
    places = [tuple(map(float, point.split(" "))) for point in path[1:-1].split("L")]
    assert places[0] == pytest.approx((WIDE.left, FLOOR - (FLOOR - HIGH) * standing.high), abs=0.06)
    assert places[-1] == pytest.approx((WIDE.left, FLOOR - (FLOOR - HIGH) * standing.low), abs=0.06)


def test_no_line_is_drawn_where_the_figure_is_not_known() -> None:
    known = [moment for moment in STORY if moment.standing.word != "not known"]
    first = min(Scale(WIDE, SINCE, ON).x(moment.day) for moment in known)
    starts = [float(path[1:].split(" ")[0]) for _, path in drawn().lines]
    # The jump from the eve belongs to the word that it leads to.
    assert min(starts) == pytest.approx(first, abs=3)
    assert drawing(WIDE, told([]), [], []).lines == []


def test_the_line_is_dotted_through_the_silence_and_nowhere_else() -> None:
    dotted = [path for silent, path in drawn().lines if silent]
    scale = Scale(WIDE, SINCE, ON)
    places = [float(point.split(" ")[0]) for path in dotted for point in path[1:].split("L")]
    assert min(places) == scale.x(SILENT.start)
    # It ends where the evidence has faded: what is not known has no line.
    assert scale.x(date(2026, 3, 1)) <= max(places) <= scale.x(SILENT.end)
    solid = [path for silent, path in drawn().lines if not silent]
    assert len(solid) == 2


def test_a_silence_is_shaded_and_says_that_nothing_fell() -> None:
    shaded = drawn().silences[0]
    assert shaded.text == "252 days of silence: less is known, nothing has fallen"
    assert shaded.x == Scale(WIDE, SINCE, ON).x(SILENT.start)


def test_a_label_without_room_is_shortened() -> None:
    assert drawn(NARROW).silences[0].text in ("252 days of silence", "252 days")
    two = drawing(WIDE, STORY, [], [Silence(SINCE, SINCE + timedelta(days=91)), SILENT])
    assert two.silences[0].text in ("91 days of silence", "91 days")


def test_only_more_than_ninety_days_are_a_silence() -> None:
    assert silences([ON - timedelta(days=90)], ON) == []
    assert silences([ON - timedelta(days=91)], ON) == [Silence(ON - timedelta(days=91), ON)]
    assert silences([], ON) == []
    days = [ON - timedelta(days=300), ON - timedelta(days=100), ON - timedelta(days=10), ON + timedelta(days=400)]
    assert [silence.days for silence in silences(days, ON)] == [200]


def test_marks_stand_in_their_lanes_on_their_days_and_earlier_ones_are_left_out() -> None:
    placed = drawn().marks
    assert [(mark.name, mark.words) for mark in placed] == [(mark.name, mark.words) for mark in MARKS[:3]]
    assert placed[2].y > placed[1].y == placed[0].y
    assert placed[0].x == WIDE.left - 7


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("years", [0, 1, 2, 4])
def test_the_months_named_fit_below_and_the_first_says_its_year(frame: Frame, years: int) -> None:
    since = ON - timedelta(days=365 * years + 40)
    months = drawing(frame, told(GOOD, since=since), [], []).months
    assert 1 <= len(months) <= frame.most_months
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{4}", months[0].text)
    assert all(month.text == month.text.split()[0] or "Jan" in month.text for month in months[1:])


def test_the_course_names_each_word_with_its_day() -> None:
    words = [run.word for run in runs(told(BAD))]
    sentence = course("Council of Brook", told(BAD))
    assert sentence.startswith("Council of Brook was not known until ")
    assert all(word in sentence for word in words)
    assert course("A of B", told([])) == "A of B was not known all the time shown."
    assert course("A of B", []) == ""


def test_a_restless_course_is_summed_up() -> None:
    shaky = [moment for pair in zip(told(GOOD)[-6:], told(BAD)[-6:], strict=True) for moment in pair]
    sentence = course("A of B", shaky)
    assert "changed its word 11 times" in sentence
    assert "it is " in sentence


def test_a_silence_in_words_never_says_that_trust_fell() -> None:
    past = silence_words([SILENT], ON)
    assert past == "Nothing was logged for 252 days to 30 May 2026: less was known by then, nothing had fallen."
    lasting = silence_words([Silence(ON - timedelta(days=200), ON), SILENT], ON)
    assert lasting.endswith("less was known by then, nothing had fallen. There is one shorter silence.")
    assert silence_words([], ON) == ""
    assert silence_words([Silence(ON - timedelta(days=120), ON)], ON) == (
        "Nothing was logged for the last 120 days: less is known, nothing has fallen."
    )


def test_promises_are_counted_by_how_they_ended() -> None:
    marks = [Mark(ON, name, 1, "") for name in ("kept", "broken", "kept", "late")]
    assert promise_words("Brook", marks) == "Promises by Brook: 2 kept, 1 kept late and 1 broken."
    assert promise_words("Brook", []) == ""
    assert listed(["one"]) == "one"


def test_a_figure_that_is_not_known_is_never_said_as_a_number() -> None:
    assert not re.search(r"\d", figure_words(told([])[0].standing))
    assert re.fullmatch(r"\w+, \d+ out of 100, nine times in ten between \d+ and \d+", figure_words(STORY[-1].standing))


HOSTILE = "<script>alert(1)</script>"


def written(chart: Chart) -> str:
    bare = Environment(loader=FileSystemLoader(templates()), autoescape=True, undefined=StrictUndefined)
    bare.filters.update(short=short, percent=percent)
    page = bare.from_string('{% import "macros/chart.html" as charts %}{{ charts.figure(chart) }}{{ charts.legend() }}')
    return page.render(chart=chart)


def a_chart(rater: str = "Council", pictures: tuple[Drawing, ...] = (drawn(), drawn(NARROW))) -> Chart:
    rows = tuple(Row(moment.day, moment.standing, "Meeting") for moment in reversed(STORY) if moment.units)
    return Chart(
        Relationship(1, 2, 3), rater, "Brook", STORY[-1].standing, pictures, rows if pictures else (), "In words.",
        "today", "/why",
    )


def test_a_chart_is_written_twice_with_a_table_of_the_same_figures() -> None:
    html = written(a_chart())
    assert html.count('role="img" aria-label="Council of Brook over time. Now ') == 2
    assert 'class="chart chart--wide"' in html
    assert 'class="chart chart--narrow"' in html
    assert "Table of these figures" in html
    assert html.count("<tr><td") == len(GOOD) + len(BAD)
    assert "252 days of silence: less is known, nothing has fallen" in html
    assert 'href="#mark-incident"' in html


def test_a_hostile_name_stays_text_in_the_chart() -> None:
    html = written(a_chart(HOSTILE))
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; of Brook" in html


def test_a_chart_without_evidence_says_so_instead_of_drawing() -> None:
    html = written(a_chart(pictures=()))
    assert "Nothing was logged yet that says how Council sees Brook." in html
    assert "chart--wide" not in html
