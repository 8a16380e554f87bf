"""The example is served from its own file, with secrets of its own."""

from pathlib import Path

import pytest

from register.cli.demo import demo_settings, hand_on, secret_file
from register.refusals import Refusal
from register.settings import from_environment

# Making


# The example's own settings


def test_the_example_never_takes_a_real_register(made: Path) -> None:
    with pytest.raises(Refusal, match="holds a real register"):
        demo_settings(from_environment())


def test_the_examples_secrets_are_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = secret_file(tmp_path)
    assert secret_file(tmp_path) == first
    assert len(first["secret_key"]) >= 32
    assert (tmp_path / "example.json").stat().st_mode & 0o077 == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert secret_file(elsewhere) != first


@pytest.mark.parametrize("damaged", ["", "{", "[]", "7", "{}", '{"password":"x"}'])
def test_damaged_secrets_are_a_sentence(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "example.json").write_text(damaged)
    with pytest.raises(Refusal, match="is damaged"):
        secret_file(tmp_path)


def test_the_example_is_served_from_its_own_file_only(
    environment: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/real")
    settings = demo_settings(from_environment())
    assert settings.database_url == f"sqlite:///{environment}/register.sqlite3"
    assert settings.demo
    assert not settings.secure_cookies
    with pytest.raises(Refusal, match="own key"):
        hand_on(settings, "")
