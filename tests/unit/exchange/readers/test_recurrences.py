"""Events that repeat: by their own clock, inside the window, told as days of London."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from register.exchange.readers.calendars import Meetings
from register.exchange.reading.choices import Choices
from tests.unit.exchange.readers.test_calendars import HELD, WINDOW, calendar, days, read


def held(start: str, *more: str, choices: Choices = WINDOW) -> list[str]:
    return days(read(calendar("\r\n".join(["SUMMARY:x", start, *more])), choices))


def told(found: Meetings) -> list[str]:
    return [note.sentence() for note in found.findings.notes]


YEAR = Choices(since=date(2025, 1, 1), until=date(2025, 12, 31))
ZONE = """BEGIN:VTIMEZONE\r
TZID:Our own time\r
BEGIN:STANDARD\r
DTSTART:19701025T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T010000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


def test_a_weekday_is_that_of_the_events_own_zone() -> None:
    start = "DTSTART;TZID=America/New_York:20250107T200000"
    assert held(start, "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3") == ["2025-01-08", "2025-01-15", "2025-01-22"]


def test_an_hour_after_midnight_stays_on_its_day_when_clocks_change() -> None:
    start = "DTSTART;TZID=Europe/London:20250324T003000"
    assert held(start, "RRULE:FREQ=WEEKLY;COUNT=3", choices=YEAR) == ["2025-03-24", "2025-03-31", "2025-04-07"]


def test_an_hour_of_utc_moves_to_the_next_day_of_summer() -> None:
    start = "DTSTART:20250324T233000Z"
    assert held(start, "RRULE:FREQ=WEEKLY;COUNT=3", choices=YEAR) == ["2025-03-24", "2025-04-01", "2025-04-08"]


@pytest.mark.parametrize("zone", ["GMT Standard Time", "Our own time", "/x.example/20250101_1/Europe/London"])
def test_zones_are_known_by_the_names_that_programs_give_them(zone: str) -> None:
    event = f"SUMMARY:x\r\nDTSTART;TZID={zone}:20250707T003000\r\nRRULE:FREQ=DAILY;COUNT=2"
    content = calendar(event).replace("BEGIN:VEVENT", f"{ZONE}BEGIN:VEVENT")
    assert days(read(content, YEAR)) == ["2025-07-07", "2025-07-08"]


@pytest.mark.parametrize(("until", "last"), [
    ("20250120", "2025-01-20"), ("20250120T095959Z", "2025-01-13"), ("20250120T100000Z", "2025-01-20"),
    ("20250120T100000", "2025-01-20"),
])  # fmt: skip
def test_the_last_time_of_a_rule_counts(until: str, last: str) -> None:
    assert held("DTSTART:20250106T100000Z", f"RRULE:FREQ=WEEKLY;UNTIL={until}")[-1] == last


@settings(max_examples=30)
@given(
    st.sampled_from(["DAILY", "WEEKLY"]), st.integers(1, 15), st.dates(date(1970, 1, 1), date(2025, 2, 1)),
    st.sampled_from(["", ";BYDAY=MO,TH", ";BYDAY=SU;WKST=SU", ";BYMONTH=2", ";COUNT=900"]),
)  # fmt: skip
def test_a_rhythm_that_began_long_ago_keeps_its_beat(freq: str, interval: int, start: date, more: str) -> None:
    rule = f"FREQ={freq};INTERVAL={interval}{more}"
    begun = datetime.combine(start, time(10))
    wanted = rrulestr(rule, dtstart=begun).between(datetime(2025, 1, 1), datetime(2025, 4, 1), inc=True)  # noqa: DTZ001
    expected = {str(at.date()) for at in wanted} | {str(start)} & {str(start) if start.year == 2025 else ""}
    assert set(held(f"DTSTART:{begun:%Y%m%dT%H%M%S}", f"RRULE:{rule}")) == expected


def test_days_that_are_listed_are_held_too() -> None:
    listed = "RDATE:20250120T100000Z,20250122T100000Z", "RDATE;VALUE=PERIOD:20250124T100000Z/PT2H"
    assert held("DTSTART:20250106T100000Z", *listed) == ["2025-01-06", "2025-01-20", "2025-01-22", "2025-01-24"]
    assert held("DTSTART;VALUE=DATE:20250106", "RDATE;VALUE=DATE:20250120,20250401") == ["2025-01-06", "2025-01-20"]


def test_listed_days_need_a_window_like_rules() -> None:
    found = read(calendar(f"{HELD}\r\nRDATE:20250120T100000Z"))
    assert dict(found.findings.skipped) == {"event that repeats: choose from when until when": 1}


@pytest.mark.parametrize(("rule", "why"), [
    ("FREQ=SECONDLY", "it is to repeat more often than once a day"),
    ("FREQ=HOURLY;INTERVAL=2", "it is to repeat more often than once a day"),
    ("FREQ=DAILY;INTERVAL=0", "it is to repeat at no interval"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "it is to repeat on a day that no month has"),
    ("FREQ=SOMETIMES", "how it repeats cannot be read"),
    ("FREQ=WEEKLY;COUNT=some", "how it repeats cannot be read"),
    ("FREQ=WEEKLY;UNTIL=then", "how it repeats cannot be read"),
    ("RSCALE=CHINESE;FREQ=YEARLY", "how it repeats cannot be read"),
    ("", "how it repeats cannot be read"),
])  # fmt: skip
def test_a_rule_that_no_meeting_has_leaves_out_its_event_alone(rule: str, why: str) -> None:
    found = read(calendar(f"{HELD}\r\nRRULE:{rule}", "SUMMARY:y\r\nDTSTART:20250115T100000Z"), WINDOW)
    assert days(found) == ["2025-01-15"]
    assert found.findings.problems == []
    assert dict(found.findings.skipped) == {"event whose repetition cannot be read": 1}
    assert told(found) == [
        f'Events, row 1, column RRULE, "Steering group": {why}, so it was left out; log what was held of it by hand.'
    ]


@pytest.mark.parametrize(("line", "what"), [
    ("EXDATE:", "the days on which it was not held"), ("EXDATE:soon", "the days on which it was not held"),
    ("RDATE:soon", "further days"),
])  # fmt: skip
def test_lists_of_days_that_cannot_be_read_are_noted_and_the_rule_holds(line: str, what: str) -> None:
    found = read(calendar(f"{HELD}\r\nRRULE:FREQ=DAILY;COUNT=2\r\n{line}"), WINDOW)
    assert days(found) == ["2025-01-14", "2025-01-15"]
    assert f"{what} cannot be read, and were left aside" in told(found)[0]


def test_more_days_than_any_meeting_has_are_cut_and_said() -> None:
    wide = Choices(since=date(2000, 1, 1), until=WINDOW.until)
    found = read(calendar(f"{HELD.replace('2025', '1999')}\r\nRRULE:FREQ=DAILY"), wide)
    assert (len(found), str(found.rows[0].held_on)) == (1000, "2000-01-01")
    assert "more than 1,000 days between those chosen, of which the first 1,000 were taken" in told(found)[0]


def test_several_rules_of_one_event_add_up() -> None:
    rules = "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;COUNT=2"
    assert held("DTSTART:20250106T100000Z", *rules) == ["2025-01-06", "2025-01-13", "2025-02-06"]


def test_an_event_without_an_id_is_not_taken_for_another_that_was_moved() -> None:
    moved = "SUMMARY:moved\r\nRECURRENCE-ID:20250113T100000Z\r\nDTSTART:20250114T100000Z"
    weekly = "SUMMARY:x\r\nDTSTART:20250106T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert days(read(calendar(weekly, moved), WINDOW)) == ["2025-01-06", "2025-01-13", "2025-01-14"]


def test_of_an_event_that_is_told_again_the_later_version_counts() -> None:
    first = "UID:u\r\nSEQUENCE:0\r\nSUMMARY:x\r\nDTSTART:20250106T100000Z"
    later = "UID:u\r\nSEQUENCE:2\r\nSUMMARY:x\r\nDTSTART:20250109T100000Z"
    found = read(calendar(later, first))
    assert days(found) == ["2025-01-09"]
    assert dict(found.findings.skipped) == {"event that the file tells again in a later version": 1}


def test_events_that_share_an_id_by_mistake_are_all_held() -> None:
    same = "UID:u\r\nSUMMARY:x\r\nDTSTART:2025010{}T100000Z"
    assert days(read(calendar(same.format(6), same.format(7)))) == ["2025-01-06", "2025-01-07"]


def test_an_end_before_the_start_and_an_endless_zone_leave_the_day_of_the_start() -> None:
    assert held("DTSTART:20250106T100000Z", "DTEND:20240101T100000Z", "DURATION:-PT1H") == ["2025-01-06"]
    assert held("DTSTART;TZID=Nowhere/At All:20250106T233000") == ["2025-01-06"]


@pytest.mark.parametrize("start", ["00010101T000000Z", "99991231T235959Z", "99991231"])
def test_the_ends_of_time_break_nothing(start: str) -> None:
    for more in ((), ("RRULE:FREQ=DAILY;BYDAY=MO",), ("RRULE:FREQ=YEARLY;COUNT=3", "RDATE:00010101T000000Z")):
        assert isinstance(held(f"DTSTART:{start}", *more), list)
