"""Every kind of import, given any file at all, reads it or refuses it: no file breaks the register."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from register.exchange.imports import IMPORT_BY_KEY, IMPORTS, JSON_FILES, read_upload
from register.exchange.reading.choices import Choices
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal

EXAMPLES = 15
"""For each kind of import."""
NAMES = ("a.csv", "a.json", "a.xlsx", "a.zip", "a.ics", "a.xml", "a.graphml", "a.gexf", "a", "ä .CSV")
WORDS = st.sampled_from([
    "releases", "records", "awards", "buyer", "parties", "id", "ocid", "name", "value", "amount", "suppliers", "grants",
    "recipientOrganization", "fundingOrganization", "amountAwarded", "elements", "connections", "label", "nodes",
    "edges", "from", "to", "contracts", "period", "startDate", "identifier", "scheme", "compiledRelease", "tender",
])  # fmt: skip
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)



def read(kind: str, name: str, content: bytes) -> None:
    """Read a file as a kind of import; a refusal is an answer."""
    try:
        found = read_upload(IMPORT_BY_KEY[kind], Upload(name, content), Choices())
    except Refusal as refusal:
        told = refusal.message
    else:
        told = repr(found)
    assert told


@pytest.mark.parametrize("kind", [one.key for one in IMPORTS])
@settings(max_examples=EXAMPLES)
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=80))
@example("a.xlsx", b"PK\x05\x06" + bytes(18))
@example("a.csv", b"\x00")
@example("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99999999\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR")
def test_any_bytes_are_read_or_refused(kind: str, name: str, content: bytes) -> None:
    read(kind, name, content)


@pytest.mark.parametrize("kind", [one.key for one in IMPORTS if {*one.endings} & {*JSON_FILES}])
@settings(max_examples=EXAMPLES)
@given(content=st.dictionaries(WORDS, PLAIN, max_size=4) | PLAIN)
@example({"releases": [{"awards": {}, "parties": "x", "buyer": []}]})
@example({"grants": [{"amountAwarded": "NaN", "recipientOrganization": {}}]})
@example({"elements": [{"label": []}], "connections": [{"from": {}, "to": 1}]})
def test_any_document_is_read_or_refused(kind: str, content: Any) -> None:
    read(kind, "a.json", json.dumps(content).encode())


@pytest.mark.parametrize("kind", [one.key for one in IMPORTS if ".csv" in one.endings])
@settings(max_examples=EXAMPLES)
@given(
    titles=st.lists(st.sampled_from([
        "Id", "Name", "Partnership id", "Kind", "Held on", "Value", "official-name", "local-authority-code", "Supplier",
        "Amount Awarded", "Award Date", "From", "To", "Label", "Source", "Target", "Start Date", "Contract Title",
        "Recipient Org:Name", "Identifier", "",
    ]), min_size=1, max_size=6),
    cells=st.lists(st.lists(st.sampled_from([
        "", "x", "-", "1", "#1", "0", "-1", "1e400", "NaN", "31/02/2026", "2026-13-01", "9" * 30, "£1,2,3", "=1+1",
        "a;b\\", "\ufeff", "1/4/2026", "0001-01-01", "9999-12-31T23:59:59Z",
    ]), max_size=7), max_size=4),
)  # fmt: skip
def test_any_table_is_read_or_refused(kind: str, titles: list[str], cells: list[list[str]]) -> None:
    read(kind, "a.csv", "\r\n".join(",".join(row) for row in (titles, *cells)).encode())
