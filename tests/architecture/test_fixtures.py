"""The rules of the suite itself hold."""

import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.fixtures.sockets import ReachedOutError, is_here

ROOT = Path(__file__).resolve().parents[2]

NEEDY_TESTS = """
import pytest

@pytest.mark.browser
def test_a_page(): pass

@pytest.mark.browser
def test_another_page(): pass

def test_a_database(postgresql_url): pass
"""


@pytest.mark.parametrize("address", [("127.0.0.1", 80), ("localhost", 80), ("::1", 80, 0, 0), ("127.1.2.3", 1)])
def test_loopback_is_here(address: tuple[object, ...]) -> None:
    assert is_here(socket.AF_INET, address)


def test_a_unix_socket_is_here() -> None:
    assert is_here(socket.AF_UNIX, "a-path.sock")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80), ("2001:db8::1", 80, 0, 0), ("0.0.0.0", 1)])
def test_everything_else_is_elsewhere(address: tuple[object, ...]) -> None:
    assert not is_here(socket.AF_INET, address)


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(ReachedOutError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def run_needy_tests(folder: Path, *, ci: str) -> subprocess.CompletedProcess[str]:
    """Run tests that need Chromium and PostgreSQL on a machine that has neither."""
    (folder / "test_needy.py").write_text(NEEDY_TESTS)
    return subprocess.run(
        [
            sys.executable, "-m", "pytest", "test_needy.py", "-ra", "-p", "tests.fixtures.needs",
            "-p", "tests.fixtures.postgresql", "-p", "no:cacheprovider", "--rootdir", str(folder), "-c", "none.ini",
        ],
        cwd=folder,
        env={"PATH": "", "CI": ci, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def test_without_chromium_and_postgresql_a_laptop_skips_and_says_so_in_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "none.ini").touch()
    result = run_needy_tests(tmp_path, ci="")
    said = [line for line in result.stdout.splitlines() if line.startswith("SKIPPED")]
    assert result.returncode == 0, result.stdout
    assert len(said) == 2
    assert said[0].startswith("SKIPPED [2]")
    assert "Chromium" in said[0]
    assert "TEST_DATABASE_URL" in said[1]


def test_without_chromium_and_postgresql_ci_fails(tmp_path: Path) -> None:
    (tmp_path / "none.ini").touch()
    result = run_needy_tests(tmp_path, ci="true")
    assert result.returncode == 1
    assert "3 errors" in result.stdout


def test_each_process_has_a_postgresql_database_of_its_own(postgresql_url: str) -> None:
    url = make_url(postgresql_url)
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        row = connection.execute("SELECT current_database()").fetchone()
    assert url.drivername == "postgresql+psycopg"
    assert row == (url.database,)
