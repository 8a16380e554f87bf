"""The roles of people who use the register."""

from typing import NamedTuple


class Role(NamedTuple):
    """A role: what a person is in this register."""

    key: str
    name: str
    duty: str


ROLES = (
    Role("officer", "Partnership officer", "Logs interactions, keeps promises and looks after partnerships."),
    Role("leader", "Senior leader", "Reviews the map and the watchlist and answers flags."),
    Role("auditor", "Auditor", "Reads the whole history and verifies that nobody altered it."),
    Role(
        "governance", "Information governance officer", "Looks after personal data, retention and restricted records."
    ),
    Role("administrator", "Administrator", "Looks after people and roles; reads no narrative."),
)
ROLE_BY_KEY = {role.key: role for role in ROLES}


class AccessKind(NamedTuple):
    """Something that the access log keeps."""

    key: str
    words: str


ACCESSES = (
    AccessKind("sign-in", "signed in"),
    AccessKind("refused", "was refused at the door"),
    AccessKind("sign-out", "signed out"),
    AccessKind("restricted", "read a restricted partnership"),
    AccessKind("opened", "read a page under an opening"),
    AccessKind("download", "took a file away"),
)
ACCESS_WORDS = {access.key: access.words for access in ACCESSES}
