"""Each part of the house knows only the parts below it."""

import ast
import tomllib

import pytest
from importlinter import cli

from tests.architecture.measures import ROOT, python_files

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]


def test_every_contract_of_the_house_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    broken = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_every_contract_is_named_as_a_sentence() -> None:
    assert CONTRACTS
    assert [contract["name"] for contract in CONTRACTS if len(contract["name"].split()) < 5] == []


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
