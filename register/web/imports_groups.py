"""The kinds of import as the page offers them: by what somebody holds in their hands."""

from typing import NamedTuple

from register.exchange.imports import IMPORT_BY_KEY, IMPORTS, ImportKind


class Group(NamedTuple):
    """Kinds of import that one kind of owner of a file looks for."""

    title: str
    about: str
    kinds: tuple[ImportKind, ...]


def _group(title: str, about: str, *keys: str) -> Group:
    return Group(title, about, tuple(IMPORT_BY_KEY[key] for key in keys))


GROUPS = (
    _group(
        "A spreadsheet of your own",
        "A list that somebody keeps of partners, meetings or promises is copied into our template, column by column. "
        "A register of contracts can come as it is.",
        "sheets",
        "contracts",
    ),
    _group(
        "A list that is published",
        "Download it from the site that publishes it, and bring the file as it is. Bring the next edition the same "
        "way: what is the same stays as it is.",
        "councils",
        "ocds",
        "grants",
    ),
    _group(
        "From a calendar, or from a drawing of a network",
        "What another program keeps: save it there as a file first.",
        "calendar",
        "network",
    ),
)
SHEETS_ALONE = tuple(kind for kind in IMPORTS if kind.key.startswith("sheet-"))
