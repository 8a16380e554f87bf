"""Each part of the house knows only the parts below it."""

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter import cli

from tests.architecture.measures import ROOT, python_files

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]

ASKS_THE_DATABASE = ("models", "changes", "lookups")
"""How the names of files end that may import SQLAlchemy; every other file of a part is plain arithmetic."""

EXCEPTIONS = (
    ("register/cli/*", "it opens sessions of its own, and says in a sentence what a database answers"),
    ("register/database/*", "it is the one place that knows the engine"),
    ("register/exchange/arrivals/*", "an import asks for thousands of rows at once"),
    ("register/exchange/bringing/errands.py", "the conditions laid on what whoever brings a file may see"),
    ("register/exchange/example/writing.py", "it looks up what it wrote a step before"),
    ("register/exchange/taking/scope.py", "the conditions laid on every question of an export"),
    ("register/history/*", "it watches the session itself"),
    ("register/opening.py", "it opens the database"),
    ("register/backups.py", "it counts what a copy of the database holds"),
    ("register/partnerships/visibility.py", "a condition laid on every question, named for what it decides"),
    ("register/settings.py", "it lets the library judge whether an address of a database can be one"),
    ("register/trust/sums.py", "sums of evidence that the database adds up"),
    ("register/web/*", "it commits at the edge"),
    ("register/web/api/*", "it lists what programs ask for"),
)
"""Other files that import SQLAlchemy, each with the reason."""


def test_every_contract_of_the_house_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    broken = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_every_contract_is_named_as_a_sentence() -> None:
    assert CONTRACTS
    assert [contract["name"] for contract in CONTRACTS if len(contract["name"].split()) < 5] == []


def imports(path: Path) -> set[str]:
    """Return the top-level packages that a module imports anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | named}


def may_ask_the_database(path: Path) -> bool:
    """Whether a file's name, or a reason, lets it import SQLAlchemy."""
    place = path.relative_to(ROOT)
    return place.stem.endswith(ASKS_THE_DATABASE) or any(place.match(pattern) for pattern, _ in EXCEPTIONS)


def test_only_files_named_for_it_ask_the_database() -> None:
    askers = [path for path in python_files("register") if imports(path) & {"sqlalchemy", "flask_sqlalchemy"}]
    assert askers
    assert [str(path) for path in askers if not may_ask_the_database(path)] == []


def test_every_exception_is_still_needed() -> None:
    askers = [path.relative_to(ROOT) for path in python_files("register") if "sqlalchemy" in imports(path)]
    assert [pattern for pattern, _ in EXCEPTIONS if not any(path.match(pattern) for path in askers)] == []


def test_a_folder_of_the_product_is_a_package() -> None:
    folders = {path.parent for path in python_files("register")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_the_drawing_library_is_loaded_only_when_a_picture_is_drawn() -> None:
    """It loads IPython, which doubles the time to start."""
    loaders = [
        path
        for path in python_files("register")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "pyvis" in ast.unparse(node)
    ]
    assert loaders == []
