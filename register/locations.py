"""Where templates, static files and migrations are: inside the installed package, or beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def beside_or_inside(name: str) -> Path:
    """Return the absolute folder `name`: the wheel carries it inside the package, a checkout beside it.

    Raises FileNotFoundError when neither is there, which means a broken installation.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    message = f"The folder {name!r} is missing from this installation of the register."
    raise FileNotFoundError(message)


def templates() -> Path:
    """Return the folder of page templates."""
    return beside_or_inside("templates")


def static() -> Path:
    """Return the folder of stylesheets, scripts and pictures."""
    return beside_or_inside("static")


def migrations() -> Path:
    """Return the folder of database migrations."""
    return beside_or_inside("migrations")
