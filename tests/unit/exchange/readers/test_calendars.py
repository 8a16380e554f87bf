"""Calendars: what was held becomes meetings; what was cancelled, private, to come or broken does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.clock import today
from register.exchange.readers.calendars import Meetings, read_calendar
from register.exchange.reading.choices import AS_IT_IS, Choices
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal

WINDOW = Choices(since=date(2025, 1, 1), until=date(2025, 3, 31))


def calendar(*events: str, method: str = "PUBLISH") -> str:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{inside}END:VCALENDAR\r\n"


def read(content: str | bytes, choices: Choices = AS_IT_IS) -> Meetings:
    return read_calendar(Upload("c.ics", content.encode() if isinstance(content, str) else content), choices)


def days(found: Meetings) -> list[str]:
    return [str(meeting.held_on) for meeting in found.rows]


HELD = "SUMMARY:Steering group\r\nDTSTART:20250114T100000Z"


def test_an_event_becomes_a_meeting_with_its_words_and_whom_it_asked() -> None:
    event = HELD + "\r\nLOCATION:Town hall\r\nDESCRIPTION:Rota\\, and next steps\r\nATTENDEE;CN=A:MAILTO:Ann@X.example"
    (meeting,) = read(calendar(event + "\r\nORGANIZER:mailto:bob@x.example")).rows
    assert meeting.account == "Steering group, Town hall\n\nRota, and next steps"
    assert meeting.emails == {"ann@x.example", "bob@x.example"}
    assert str(meeting.held_on) == "2025-01-14"


@pytest.mark.parametrize(("start", "day"), [
    ("DTSTART:20250701T233000Z", "2025-07-02"), ("DTSTART;VALUE=DATE:20250701", "2025-07-01"),
    ("DTSTART:20250701T233000", "2025-07-01"), ("DTSTART;TZID=Europe/Berlin:20250702T003000", "2025-07-01"),
])  # fmt: skip
def test_the_day_is_that_of_london(start: str, day: str) -> None:
    assert days(read(calendar(f"SUMMARY:x\r\n{start}"))) == [day]


@pytest.mark.parametrize(("more", "reason"), [
    ("STATUS:CANCELLED", "event that was cancelled"), ("CLASS:PRIVATE", "event marked private"),
    ("CLASS:CONFIDENTIAL", "event marked private"),
    ("RRULE:FREQ=WEEKLY", "event that repeats: choose from when until when"),
])  # fmt: skip
def test_what_is_left_out_is_counted_by_its_reason(more: str, reason: str) -> None:
    found = read(calendar(f"{HELD}\r\n{more}"))
    assert (len(found), dict(found.findings.skipped)) == (0, {reason: 1})


def test_what_is_to_come_has_not_been_held() -> None:
    tomorrow = (today() + timedelta(days=1)).strftime("%Y%m%d")
    found = read(calendar(f"SUMMARY:x\r\nDTSTART;VALUE=DATE:{tomorrow}"))
    assert dict(found.findings.skipped) == {"event still to come": 1}


def test_a_calendar_that_takes_events_back_brings_none() -> None:
    assert dict(read(calendar(HELD, method="CANCEL")).findings.skipped) == {"event that was cancelled": 1}


@pytest.mark.parametrize("start", ["", "DTSTART:notadate", "DTSTART:20259999T000000Z"])
def test_an_event_without_a_day_is_counted(start: str) -> None:
    found = read(calendar(f"SUMMARY:x\r\n{start}".rstrip(), HELD))
    assert days(found) == ["2025-01-14"]
    assert dict(found.findings.skipped) == {"event without a day": 1}


def test_a_repeating_event_is_taken_inside_the_window_only() -> None:
    event = "UID:u\r\nSUMMARY:x\r\nDTSTART:20240102T100000Z\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=14;UNTIL=20250228T100000Z"
    assert days(read(calendar(event), WINDOW)) == ["2025-01-14", "2025-02-14"]


def test_days_that_were_taken_out_or_moved_are_not_held() -> None:
    event = "UID:u\r\nSUMMARY:x\r\nDTSTART:20250106T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE:20250113T100000Z"
    moved = "UID:u\r\nSUMMARY:moved\r\nRECURRENCE-ID:20250120T100000Z\r\nDTSTART:20250122T100000Z"
    assert days(read(calendar(event, moved), WINDOW)) == ["2025-01-06", "2025-01-22", "2025-01-27"]


@pytest.mark.parametrize(("rule", "days_held"), [("FREQ=DAILY", 90), ("FREQ=YEARLY", 1)])
def test_an_event_that_repeats_for_ever_ends_with_the_window(rule: str, days_held: int) -> None:
    event = f"SUMMARY:x\r\nDTSTART:20250101T000000Z\r\nRRULE:{rule}"
    assert len(read(calendar(event), WINDOW)) == days_held


def test_a_line_that_is_none_is_noted_and_left_out() -> None:
    found = read(calendar(HELD).replace("END:VCALENDAR", "X\r\nEND:VCALENDAR"))
    assert days(found) == ["2025-01-14"]
    assert "no line of a calendar" in found.findings.notes[0].reason


def test_a_mark_at_the_start_and_folded_lines_are_read() -> None:
    found = read(b"\xef\xbb\xbf" + calendar("SUMMARY:Steer\r\n ing group\r\nDTSTART:20250114T100000Z").encode())
    assert found.rows[0].account == "Steering group"


@pytest.mark.parametrize("content", [
    "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "nonsense", "BEGIN:VCALENDAR",
    "a:b\r\nc:d", "{}", "<html></html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", b"\x00", b"%PDF-1.7",
])  # fmt: skip
def test_what_is_no_calendar_is_refused_in_a_sentence(content: str | bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.message.startswith("c.ics")


def test_words_are_kept_as_text_and_cut_where_they_are_too_long() -> None:
    found = read(calendar(f"SUMMARY:<script>\x07\r\nDESCRIPTION:{'x' * 9000}\r\nDTSTART:20250114T100000Z"))
    assert found.rows[0].account.startswith("<script>\n\nxxx")
    assert len(found.rows[0].account) <= 4000


@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_breaks_the_reader(words: str, start: str) -> None:
    for content in (words, calendar(f"SUMMARY:{words}\r\nDTSTART:{start}")):
        try:
            read(content.encode("utf-8", "replace"))
        except Refusal:
            continue


@pytest.mark.parametrize("content", ["name,place\nA,B\n", '{"a": 1}', 'ABC,"Alder, Birch: two",2015\n'])
def test_what_is_no_calendar_is_told_in_words_of_calendars(content: str) -> None:
    with pytest.raises(Refusal, match=r"c\.ics is no calendar: it has no line BEGIN:VCALENDAR\."):
        read(content)
