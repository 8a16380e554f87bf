"""What an installation decides, read from the environment."""

from pathlib import Path

import pytest

from register.refusals import Refusal
from register.settings import SECRET_KEY_LENGTH, SETTINGS, database_url, from_environment, require_secret_key

DATA = Path("/srv/register")


def test_without_any_setting_a_register_has_a_folder_of_the_user() -> None:
    settings = from_environment({})
    assert settings.data.is_absolute()
    assert "partnership-register" in str(settings.data)
    assert settings.database_url == f"sqlite:///{settings.data}/register.sqlite3"
    assert settings.secret_key is None
    assert settings.secure_cookies
    assert not settings.demo


def test_each_setting_is_read() -> None:
    settings = from_environment(
        {
            "REGISTER_DATA": "/srv/register",
            "DATABASE_URL": "postgresql+psycopg://me@host/register",
            "REGISTER_SECRET_KEY": "k" * 32,
            "REGISTER_SITE_NAME": "Testshire",
            "REGISTER_HTTP": "1",
        }
    )
    assert settings.data == DATA
    assert settings.database_url == "postgresql+psycopg://me@host/register"
    assert settings.site_name == "Testshire"
    assert not settings.secure_cookies
    assert require_secret_key(settings) == "k" * 32


@pytest.mark.parametrize("nothing", ["0", "", "yes", "true"])
def test_only_1_allows_cookies_over_plain_http(nothing: str) -> None:
    assert from_environment({"REGISTER_HTTP": nothing}).secure_cookies


def test_a_folder_may_be_given_from_home_or_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert from_environment({"REGISTER_DATA": "here"}).data == tmp_path / "here"
    assert from_environment({"REGISTER_DATA": "~/there"}).data == Path("~/there").expanduser()


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/x", "/srv/what?"])
def test_a_folder_that_cannot_be_is_refused(folder: str) -> None:
    with pytest.raises(Refusal, match="REGISTER_DATA"):
        from_environment({"REGISTER_DATA": folder})


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, "sqlite:////srv/register/register.sqlite3"),
        ("", "sqlite:////srv/register/register.sqlite3"),
        ("sqlite:////srv/other.sqlite3", "sqlite:////srv/other.sqlite3"),
        ("postgres://me@host/register", "postgresql+psycopg://me@host/register"),
        (
            "postgresql://me:p%40ss@host:5433/register?sslmode=require",
            "postgresql+psycopg://me:p%40ss@host:5433/register?sslmode=require",
        ),
        ("postgresql+psycopg:///register?host=/run/postgresql", "postgresql+psycopg:///register?host=/run/postgresql"),
    ],
)
def test_a_database_is_named_by_one_url(given: str | None, meant: str) -> None:
    assert database_url(given, DATA) == meant


def test_a_relative_file_is_the_same_file_for_everybody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert database_url("sqlite:///own.sqlite3", DATA) == f"sqlite:///{tmp_path}/own.sqlite3"


@pytest.mark.parametrize(
    "given",
    [
        "mysql://me@host/register",
        "postgresql+asyncpg://me@host/register",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite+aiosqlite:///x.sqlite3",
        "sqlite://host/x.sqlite3",
        "register.sqlite3",
        "postgresql+psycopg://me@host:port/x",
        "postgresql+psycopg://[::1/x",
        "postgresql+psycopg://host",
        " ",
        "sqlite:///x.sqlite3?mode=ro&uri=true",
    ],
)
def test_a_database_of_another_kind_is_refused_in_a_sentence(given: str) -> None:
    with pytest.raises(Refusal, match="DATABASE_URL must be"):
        database_url(given, DATA)


@pytest.mark.parametrize("key", [None, "", "short", "k" * (SECRET_KEY_LENGTH - 1)])
def test_without_a_good_key_nothing_is_served(key: str | None) -> None:
    settings = from_environment({"REGISTER_SECRET_KEY": key} if key is not None else {})
    with pytest.raises(Refusal, match="Set REGISTER_SECRET_KEY to at least 32"):
        require_secret_key(settings)


def test_no_setting_has_a_secret_of_its_own() -> None:
    assert {name for name, _, _ in SETTINGS} >= {"REGISTER_DATA", "DATABASE_URL", "REGISTER_SECRET_KEY"}
    assert all(row[1] and row[2] for row in SETTINGS)
    assert from_environment({}).secret_key is None
