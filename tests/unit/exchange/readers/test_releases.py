"""Releases in whatever they come: packages, records, lists, lines."""

import json

import pytest

from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.uploads import Upload
from register.refusals import Refusal
from tests.unit.exchange.readers.test_ocds import release

OTHER = {"ocid": "ocds-zzzzzz-2", "id": "n2"}
SHAPES = {
    "one release": lambda: json.dumps(release()),
    "a list of releases": lambda: json.dumps([release(), release(**OTHER)]),
    "a list of packages": lambda: json.dumps([{"releases": [release()]}, {"releases": [release(**OTHER)]}]),
    "a release a line": lambda: "\n".join(json.dumps(one) for one in (release(), release(**OTHER))) + "\n",
    "a package after another over several lines": lambda: "\n".join(
        json.dumps({"releases": [one]}, indent=1) for one in (release(), release(**OTHER))
    ),
    "a package a line": lambda: "\n\n".join(json.dumps({"releases": [one]}) for one in (release(), release(**OTHER))),
    "records with their releases": lambda: json.dumps({"records": [{"ocid": "x", "releases": [release()]}]}),
    "compiled records": lambda: json.dumps(
        {"records": [{"releases": [{"url": "https://x.example"}], "compiledRelease": release()}]}
    ),
    "one record": lambda: json.dumps({"ocid": "x", "releases": [{"url": "y"}], "compiledRelease": release()}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_releases_are_found_in_whatever_they_come(shape: str) -> None:
    found = read_contracts(Upload("x.json", SHAPES[shape]().encode()))
    assert found.findings.problems == []
    assert len(found.arrangements) == (2 if "list" in shape or "line" in shape else 1)


def test_a_broken_line_is_named_by_its_number() -> None:
    lines = f"{json.dumps(release())}\n{{broken}}\n"
    with pytest.raises(Refusal, match=r"Line 2 of x\.jsonl"):
        read_contracts(Upload("x.jsonl", lines.encode()))


@pytest.mark.parametrize("content", ["{}", '[1, null, "x"]', '{"records": 5}', '{"uri": "x"}', "[]", '{"records": []}'])
def test_what_holds_no_release_is_refused(content: str) -> None:
    with pytest.raises(Refusal, match="not an OCDS release package"):
        read_contracts(Upload("x.json", content.encode()))


@pytest.mark.parametrize("content", ['[{"ocid": "x"}, null, "x"]', '{"records": [1]}'])
def test_what_is_no_release_in_a_list_is_named_by_its_place(content: str) -> None:
    found = read_contracts(Upload("x.json", content.encode()))
    assert found.arrangements == ()
    assert all(problem.reason == "this should be an object in braces" for problem in found.findings.problems)
