"""The wheel carries everything that the register needs to run, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.architecture.measures import ROOT

CARRIED = ("templates", "static", "migrations")

WHERE_THINGS_ARE = """
from register import locations
for folder in (locations.templates(), locations.static(), locations.migrations()):
    print(folder)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files inside the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", CARRIED)
def test_the_folders_beside_the_package_travel_inside_it(names: set[str], folder: str) -> None:
    here = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert here
    assert [path for path in here if f"register/{path.relative_to(ROOT)}" not in names] == []


def test_every_module_travels(names: set[str]) -> None:
    modules = [str(path.relative_to(ROOT)) for path in (ROOT / "register").rglob("*.py")]
    assert [module for module in modules if module not in names] == []


def test_only_the_package_and_its_description_travel(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"register", "partnership_register"}


def test_no_test_and_no_data_travel(names: set[str]) -> None:
    assert [name for name in names if "tests" in name.split("/") or "/test_" in name or "conftest" in name] == []
    assert [name for name in names if name.endswith((".pyc", ".sqlite3", ".env"))] == []


def test_the_wheel_installs_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "register = register.cli.main:main" in archive.read(entry_points).decode()


def test_the_register_finds_its_folders_inside_the_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    # The checkout is on the path of an editable installation; the unpacked wheel has to come first.
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{WHERE_THINGS_ARE}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not result.returncode, result.stderr
    assert result.stdout.splitlines() == [str(tmp_path / "register" / folder) for folder in CARRIED]
