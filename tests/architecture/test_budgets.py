"""Files and functions stay small, and are named for what they are about."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.architecture.measures import (
    ROOT,
    Size,
    file_size,
    function_sizes,
    import_cycles,
    percentile,
    python_files,
)

FILE_MAX = 300
FILE_P95 = 200
FUNCTION_MAX = 50
FUNCTION_P95 = 30
FUNCTION_MEDIAN = 8
TEMPLATE_MAX = 150

NAMELESS = {"utils", "helpers", "common", "services", "managers"}
"""Names that say nothing, so that everything ends up in them."""


def without_migrations(paths: list[Path]) -> list[Path]:
    """Leave out revisions: a migration is one list of statements, written once."""
    return [path for path in paths if path.parent.name != "versions"]


CODE = without_migrations(python_files("register", "migrations", "tests"))
PRODUCT = python_files("register")


def over(sizes: list[Size], limit: int) -> list[Size]:
    """Return what is longer than allowed."""
    return [size for size in sizes if size.lines > limit]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    assert over([file_size(path) for path in CODE], FILE_MAX) == []


def test_nearly_all_files_are_short() -> None:
    assert percentile([file_size(path) for path in PRODUCT], 0.95) <= FILE_P95


def test_no_function_is_longer_than_a_screen() -> None:
    assert over([size for path in CODE for size in function_sizes(path)], FUNCTION_MAX) == []


def test_most_functions_are_a_few_lines() -> None:
    sizes = [size for path in PRODUCT for size in function_sizes(path)]
    assert percentile(sizes, 0.95) <= FUNCTION_P95
    assert statistics.median(size.lines for size in sizes) <= FUNCTION_MEDIAN


def test_no_template_is_longer_than_a_reader_can_hold() -> None:
    templates = [file_size(path) for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]
    assert templates
    assert over(templates, TEMPLATE_MAX) == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    paths = [path for folder in ("register", "templates", "tests") for path in (ROOT / folder).rglob("*")]
    assert paths
    assert [path for path in paths if path.stem.removeprefix("test_").strip("_") in NAMELESS] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring.split("\n\n")[0].endswith((".", "?")), f"{path} does not open with a sentence."


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert import_cycles() == []


def test_a_percentile_is_one_of_the_sizes() -> None:
    sizes = [Size(str(lines), lines) for lines in range(1, 101)]
    assert [percentile(sizes, share) for share in (0.01, 0.5, 0.95, 1.0)] == [1, 50, 95, 100]


def test_a_function_is_measured_from_its_def_to_its_last_line() -> None:
    measured = {size.name.split()[-1]: size.lines for size in function_sizes(ROOT / "tests/architecture/measures.py")}
    assert measured["file_size"] == 3
