"""The repository holds nothing of the machines that it was written on, and its lock files match what is declared."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from register import settings
from register.cli.main import register
from tests.architecture.measures import ROOT
from tests.architecture.test_layers import PYPROJECT

LOCKS = ("requirements.txt", "requirements-dev.txt")

MACHINE_PATH = re.compile(r"""(?:(?<![\w./<:}-])|(?<=file://))/(?:root|home|Users|work|tmp)/\w""")
"""An absolute path that exists on one machine only; `/home` alone may be an address of a page."""

REGISTRY = re.compile(r"(?i)pythonhosted|pypi\.(?!org/project/)|/simple\b|--(extra-)?index-url|artifactory|jfrog")
"""Where somebody's packages come from: it is for each machine to know."""

LOCK_LINE = re.compile(
    r"""(\#.*|\s+\#.*|)$                                    # says who asks for it
    |[a-z0-9-]+(\[[a-z]+\])?==[\w.]+(\s;\s[^\\]+)?\s\\$                  # a pinned release, goes on
    |\s+--hash=sha256:[0-9a-f]{64}(\s\\)?$                  # one of its files
    """,
    re.VERBOSE,
)


@cache
def tracked_texts() -> tuple[Path, ...]:
    """Return the text files that git tracks, without those that others wrote."""
    if not (ROOT / ".git").exists():
        pytest.skip("This is no checkout: git tracks nothing here.")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listing.split("\0") if name and "vendor" not in Path(name).parts)
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes())


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield each tracked line that matches, this file's own left out."""
    for path in tracked_texts():
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"


def pins(lock: str) -> dict[str, str]:
    """Return each library of a lock file with its release."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==([\w.]+)", text, re.MULTILINE))


def declared(*extras: str) -> list[Requirement]:
    """Return what pyproject.toml declares for running, and for the extras named."""
    project = PYPROJECT["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


def test_no_path_of_one_machine_is_written_down() -> None:
    assert list(lines_with(MACHINE_PATH)) == []


def test_no_host_of_a_package_registry_is_written_down() -> None:
    assert list(lines_with(REGISTRY)) == []


@pytest.mark.parametrize("line", ["see /home/ann/x", "--find-links /work/wheels", "'/root/a'", "file:///tmp/x"])
def test_a_path_of_one_machine_is_recognised(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["href='/home'", "static/home/x.css", "the work/home balance", "/network/tmp"])
def test_an_address_of_a_page_is_not_a_path_of_one_machine(line: str) -> None:
    assert not MACHINE_PATH.search(line)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_pinned_releases_and_their_hashes_only(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not LOCK_LINE.match(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_release_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+(?:\[[a-z]+\])?==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("test", "dev"))])
def test_a_lock_file_satisfies_what_is_declared(lock: str, extras: tuple[str, ...]) -> None:
    pinned = pins(lock)
    wrong = [
        f"{requirement} but {lock} has {pinned.get(canonicalize_name(requirement.name))}"
        for requirement in declared(*extras)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert wrong == []


def test_tests_run_on_the_releases_that_the_register_runs_on() -> None:
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


def test_an_extra_that_a_library_asks_for_is_pinned_with_it() -> None:
    """Pip would otherwise look for the newest release of `coverage[toml]`, and refuse it for want of a hash."""
    assert "coverage[toml]==" in (ROOT / LOCKS[1]).read_text(encoding="utf-8")


def test_every_library_that_the_register_imports_is_declared() -> None:
    """A library that comes only because another asks for it may go with that other's next release."""
    graph = grimp.build_graph("register", include_external_packages=True, cache_dir=None)
    known = packages_distributions()
    imported = {name for module in graph.modules if graph.is_module_squashed(module) for name in known.get(module, ())}
    assert {canonicalize_name(name) for name in imported} <= {
        canonicalize_name(requirement.name) for requirement in declared()
    }


def test_the_readme_explains_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name, *_ in settings.SETTINGS if f"`{name}`" not in readme] == []


def commands(group: click.Group, path: str) -> Iterator[str]:
    """Yield the full name of each command below a group."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_the_readme_explains_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in commands(register, "register") if f"`{name}" not in readme] == []


def test_the_licence_is_open_and_named() -> None:
    assert PYPROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
