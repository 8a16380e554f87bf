"""The application as `flask --app wsgi` and WSGI servers load it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.measures import ROOT


def flask(*arguments: str, data: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Run `flask --app wsgi` in a checkout."""
    environment = {"PATH": os.environ["PATH"], "REGISTER_DATA": str(data), "REGISTER_SECRET_KEY": key}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_flask_knows_the_pages(tmp_path: Path) -> None:
    result = flask("routes", data=tmp_path, key="k" * 48)
    assert result.returncode == 0, result.stderr
    assert "/partnerships" in result.stdout


def test_without_a_secret_key_flask_says_what_to_set(tmp_path: Path) -> None:
    result = flask("routes", data=tmp_path, key="")
    assert result.returncode == 1
    assert result.stderr.startswith("Set REGISTER_SECRET_KEY")
    assert "Traceback" not in result.stderr


def test_loading_the_application_makes_nothing(tmp_path: Path) -> None:
    flask("routes", data=tmp_path / "data", key="k" * 48)
    assert not (tmp_path / "data").exists()
