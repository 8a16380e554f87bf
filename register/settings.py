"""What an installation decides for itself, read from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from register.refusals import Refusal

NO_URL = "DATABASE_URL must be sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE."
SECRET_KEY_LENGTH = 32
"""Characters; shorter keys could be guessed."""


@dataclass(frozen=True)
class Settings:
    """The settings of one running register."""

    data: Path
    """Folder of everything this register keeps on disk."""
    database_url: str
    secret_key: str | None
    site_name: str
    """The organisation that keeps the register, shown at the top of each page."""
    secure_cookies: bool
    """Cookies only over HTTPS. Off only for the demonstration on loopback."""
    demo: bool = False
    checkpoints: Path | None = None
    keys: Path | None = None
    mail: str | None = None
    """The server that sends mail: smtp://USER:PASSWORD@HOST:PORT, or smtps://."""
    mail_from: str | None = None
    checkpoints_to: tuple[str, ...] = ()
    """Who gets each checkpoint by mail."""

    @property
    def checkpoint_folder(self) -> Path:
        """Folder of the checkpoints of the history: best on another disk, or on another machine's."""
        return self.checkpoints or self.data / "checkpoints"

    @property
    def staging_folder(self) -> Path:
        """Folder of files that wait between the steps of an import."""
        return self.data / "staging"

    @property
    def key_folder(self) -> Path:
        """Folder of the key that signs checkpoints."""
        return self.keys or self.data / "keys"

    def as_environment(self) -> dict[str, str]:
        """Return the variables by which another process of this register finds the same data."""
        folders = {"REGISTER_CHECKPOINTS": self.checkpoints, "REGISTER_KEYS": self.keys}
        named = {name: str(folder) for name, folder in folders.items() if folder}
        return {"REGISTER_DATA": str(self.data), "DATABASE_URL": self.database_url, **named}


SETTINGS = (
    ("REGISTER_DATA", "Folder for the register's own files", "the user's data directory"),
    ("DATABASE_URL", "Database; postgresql+psycopg://... for PostgreSQL", "an SQLite file in REGISTER_DATA"),
    ("REGISTER_SECRET_KEY", "Key that signs cookies, at least 32 characters", "none: `register run` refuses"),
    ("REGISTER_SITE_NAME", "Organisation that keeps the register", "Partnership register"),
    ("REGISTER_CHECKPOINTS", "Folder of the history's checkpoints", "checkpoints in REGISTER_DATA"),
    ("REGISTER_KEYS", "Folder of the key that signs checkpoints", "keys in REGISTER_DATA"),
    ("REGISTER_MAIL", "Server that sends mail: smtp://USER:PASSWORD@HOST:PORT, or smtps://", "none: nothing is sent"),
    ("REGISTER_MAIL_FROM", "Address that mail comes from", "none"),
    ("REGISTER_CHECKPOINTS_TO", "Addresses that get each checkpoint, with commas between them", "none"),
    ("REGISTER_HTTP", "1 to allow cookies over plain HTTP, on loopback only", "0"),
)
"""Each setting: its environment variable, what it decides, its default. The README's table says the same."""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; see `SETTINGS` for the names."""
    data = data_folder(environment.get("REGISTER_DATA"))
    return Settings(
        data=data,
        database_url=database_url(environment.get("DATABASE_URL"), data),
        secret_key=environment.get("REGISTER_SECRET_KEY") or None,
        site_name=environment.get("REGISTER_SITE_NAME") or "Partnership register",
        secure_cookies=environment.get("REGISTER_HTTP", "0") != "1",
        demo=environment.get("REGISTER_DEMO", "0") == "1",
        checkpoints=_folder("REGISTER_CHECKPOINTS", environment),
        keys=_folder("REGISTER_KEYS", environment),
        mail=mail_server(environment.get("REGISTER_MAIL")),
        mail_from=environment.get("REGISTER_MAIL_FROM") or None,
        checkpoints_to=tuple(filter(None, map(str.strip, environment.get("REGISTER_CHECKPOINTS_TO", "").split(",")))),
    )


def mail_server(given: str | None) -> str | None:
    """Return the URL of the mail server, or refuse what is none: a mistake here would be noticed too late."""
    if not given:
        return None
    try:
        parts = urlsplit(given)
        is_server = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_server = False
    if not is_server:
        raise Refusal("REGISTER_MAIL must be smtp://USER:PASSWORD@HOST:PORT, or begin with smtps:// for TLS at once.")
    return given


def _folder(name: str, environment: Mapping[str, str]) -> Path | None:
    """Return the absolute folder that a setting names, None where it is not set."""
    try:
        return Path(environment[name]).expanduser().absolute() if environment.get(name) else None
    except RuntimeError as error:
        raise Refusal(f"{name} names the home of somebody who has none here: {environment[name]}") from error


def data_folder(given: str | None) -> Path:
    """Return the absolute folder of the register's own files."""
    try:
        return Path(given or platformdirs.user_data_dir("partnership-register")).expanduser().absolute()
    except RuntimeError as error:
        raise Refusal(f"REGISTER_DATA names the home of somebody who has none here: {given}") from error


def database_url(given: str | None, data: Path) -> str:
    """Return the database's URL, with the one PostgreSQL driver this product is tested on.

    >>> database_url("postgres://somewhere/register", Path("/"))
    'postgresql+psycopg://somewhere/register'
    """
    if not given:
        if "?" in str(data):
            raise Refusal("REGISTER_DATA must not hold a question mark.")
        return f"sqlite:///{data / 'register.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            given = "postgresql+psycopg://" + given.removeprefix(prefix)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise Refusal(NO_URL) from error
    if url.drivername == "sqlite" and not url.host and url.database and url.database != ":memory:" and not url.query:
        # The web and the migrations run in different folders.
        return f"sqlite:///{Path(url.database).absolute()}"
    if url.drivername != "postgresql+psycopg" or not url.database:
        raise Refusal(NO_URL)
    return given


def require_secret_key(settings: Settings) -> str:
    """Return the secret key, or refuse to serve without a good one."""
    if settings.secret_key is None or len(settings.secret_key) < SECRET_KEY_LENGTH:
        message = (
            f"Set REGISTER_SECRET_KEY to at least {SECRET_KEY_LENGTH} random characters, for example the output of: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
        raise Refusal(message)
    return settings.secret_key
