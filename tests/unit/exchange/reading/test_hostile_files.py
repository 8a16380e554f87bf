"""Whatever a file holds, the answer is rows, problems or one refusal, and never a traceback."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from register.exchange.readers.councils import read_councils
from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.uploads import Upload, text_of
from register.refusals import Refusal

T = TypeVar("T")

FIXTURES = Path(__file__).parents[3] / "fixtures" / "exchange"
PACKAGE = json.loads((FIXTURES / "release_package.json").read_text(encoding="utf-8"))
COUNCILS = (FIXTURES / "councils.csv").read_text(encoding="utf-8")

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just([None, 7, {}]),
    st.just("0001-01-01T00:00:00+14:00"),
    st.just("\ud800"),
    st.just(10**400),
)


def paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to every value inside a document."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [at, *(path for key, item in inside for path in paths(item, (*at, key)))]


def put(document: Any, path: tuple[str | int, ...], value: object) -> None:
    """Put a value at the end of a path, unless something before it has taken the path away."""
    *way, last = path
    try:
        for key in way:
            document = document[key]
        document[last] = value
    except (KeyError, IndexError, TypeError):
        return


def answered(read: Callable[[], T]) -> T | None:
    """Return what was read; None when it was refused in one sentence that begins with the file's name."""
    try:
        return read()
    except Refusal as refusal:
        said = refusal.message
    assert said.startswith("package.json ")
    assert "\n" not in said
    return None


EVERYWHERE = paths(PACKAGE)[1:]


@given(st.lists(st.tuples(st.sampled_from(EVERYWHERE), JUNK), min_size=1, max_size=4))
def test_a_package_with_anything_anywhere_gets_an_answer(changes: list[tuple[tuple[str | int, ...], Any]]) -> None:
    package = copy.deepcopy(PACKAGE)
    for path, junk in changes:
        put(package, path, junk)
    found = answered(lambda: read_contracts(Upload("package.json", json.dumps(package).encode())))
    if found is None:
        return
    assert all(problem.sentence().endswith(".") for problem in [*found.findings.problems, *found.findings.notes])
    refused = {problem.row for problem in found.findings.problems}
    assert not refused & {row.row for row in found.arrangements}
    assert all(set(row.commissioners).isdisjoint(row.providers) for row in found.arrangements)
    used = {place for row in found.arrangements for place in (*row.commissioners, *row.providers)}
    assert used == set(range(len(found.organisations)))


@given(st.integers(0, len(COUNCILS)), st.integers(0, 30), st.text(alphabet=',;"\n\r\t\x00\x07aé 9', max_size=8))
def test_councils_with_anything_anywhere_get_an_answer(start: int, cut: int, put: str) -> None:
    content = COUNCILS[:start] + put + COUNCILS[start + cut :]
    found = answered(lambda: read_councils(Upload("package.json", content.encode())))
    if found is None:
        return
    assert all(problem.sentence().endswith(".") for problem in found.findings.problems)
    assert found.rows or found.findings.problems


@given(st.binary(max_size=60), st.sampled_from(["CSV", "JSON"]))
def test_any_bytes_are_text_or_one_sentence(content: bytes, kind: str) -> None:
    text = answered(lambda: text_of(Upload("package.json", content), kind))
    assert text is None or "\0" not in text.content
