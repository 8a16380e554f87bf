"""Who may do what: one table.

How to read it. A row is an action; a column is where the person stands towards the partnership in question:

| letter | stands for |
|---|---|
| N | an officer outside the partnership (also: where no partnership is in question) |
| M | an officer of the partnership |
| L | a lead of the partnership |
| S | a senior leader |
| A | an auditor |
| G | information governance |
| D | an administrator |

A cell says `yes`, `no`, `own` (only what the person recorded), `named` (only where the person is named on the
partnership) or `recorded` (allowed once the opening of restricted records has been recorded with its reason).

Example: `("interaction:log", no, yes, yes, no, no, no, no)` says that only officers of a partnership log interactions.
"""

from typing import NamedTuple

YES, NO, OWN, NAMED, RECORDED = "yes", "no", "own", "named", "recorded"

STANDINGS = "NMLSAGD"


class Permission(NamedTuple):
    """One action and who may do it, by where a person stands."""

    action: str
    words: str
    cells: tuple[str, str, str, str, str, str, str]


PERMISSIONS = (
    Permission("register:see", "see the home page, guidance and lists", (YES, YES, YES, YES, YES, YES, YES)),
    Permission(
        "partnership:see", "see an open partnership, its standings, the map", (YES, YES, YES, YES, YES, YES, NO)
    ),
    Permission(
        "partnership:see-restricted",
        "see a restricted one, or anything it changes",
        (NO, YES, YES, NAMED, RECORDED, RECORDED, NO),
    ),
    Permission(
        "restricted:open", "open the restricted records, with a reason that is recorded", (NO, NO, NO, NO, YES, YES, NO)
    ),
    Permission("interaction:see", "read interactions of a partnership one can see", (YES, YES, YES, YES, YES, YES, NO)),
    Permission("interaction:log", "log interactions, settle promises", (NO, YES, YES, NO, NO, NO, NO)),
    Permission("interaction:correct", "correct an interaction, with a reason", (NO, OWN, YES, NO, NO, NO, NO)),
    Permission(
        "disagreement:state", "put a statement of disagreement beside an opinion", (NO, YES, YES, NO, NO, RECORDED, NO)
    ),
    Permission("partnership:start", "start a partnership", (YES, YES, YES, NO, NO, NO, NO)),
    Permission("organisation:add", "add and edit organisations and contacts", (YES, YES, YES, NO, NO, NO, NO)),
    Permission("organisation:merge", "say which organisations are one", (YES, YES, YES, NO, NO, NO, NO)),
    Permission("partnership:edit", "edit a partnership, its partners, dates and deal", (NO, YES, YES, NO, NO, NO, NO)),
    Permission("partnership:members", "set members and restriction", (NO, NO, YES, NO, NO, NO, NO)),
    Permission("flag:answer", "answer a flag: acknowledge, plan, defer, close", (NO, YES, YES, YES, NO, NO, NO)),
    Permission("rules:propose", "propose thresholds for the rules of risk", (NO, NO, NO, YES, NO, NO, YES)),
    Permission("rules:change", "confirm thresholds that somebody else proposed", (NO, NO, NO, YES, NO, NO, NO)),
    Permission("register:import", "bring in files, within what one may edit", (NO, YES, YES, NO, NO, NO, NO)),
    Permission("register:export", "export what one sees", (YES, YES, YES, YES, YES, YES, NO)),
    Permission("token:use", "make tokens by which a program acts for oneself", (YES, YES, YES, YES, YES, YES, NO)),
    Permission("register:export-whole", "export the whole register", (NO, NO, NO, NO, RECORDED, RECORDED, NO)),
    Permission("view:save", "save views of the map, and share them", (YES, YES, YES, YES, YES, YES, NO)),
    Permission("history:see-record", "read the history of one record", (YES, YES, YES, YES, YES, YES, NO)),
    Permission("history:see-all", "read the whole history", (NO, NO, NO, NO, YES, NO, NO)),
    Permission("history:verify", "verify the history", (NO, NO, NO, NO, YES, YES, YES)),
    Permission("erasure:see", "read erasures and legal holds", (NO, NO, NO, NO, YES, YES, NO)),
    Permission("erasure:ask", "ask for an erasure; set and lift legal holds", (NO, NO, NO, NO, NO, YES, NO)),
    Permission("erasure:confirm", "confirm an erasure that somebody else asked for", (NO, NO, NO, NO, NO, YES, NO)),
    Permission(
        "desk:use", "work at the auditor’s desk: reconcile, sample, find gaps, re-compute, take evidence away",
        (NO, NO, NO, NO, YES, NO, NO),
    ),
    Permission("access-log:see", "read who opened and took away what", (NO, NO, NO, NO, YES, YES, NO)),
    Permission("people:see", "see people and roles", (NO, NO, NO, NO, YES, NO, YES)),
    Permission(
        "people:change", "add people, set roles, disable and reset, but not oneself", (NO, NO, NO, NO, NO, NO, YES)
    ),
)
PERMISSION_BY_ACTION = {permission.action: permission for permission in PERMISSIONS}

ROLE_STANDINGS = {"officer": "N", "leader": "S", "auditor": "A", "governance": "G", "administrator": "D"}
"""Where a role stands towards a partnership that it is no member of."""


def cell(action: str, standing: str) -> str:
    """Return the table's cell for an action and a standing letter.

    Raises KeyError for an action that the table does not list: a view with such a mark must not start.
    """
    return PERMISSION_BY_ACTION[action].cells[STANDINGS.index(standing)]


def role_may(role: str, action: str) -> bool:
    """Say whether a role may do something where no partnership is in question, or in some partnership at least.

    An officer is asked for as N, M and L: whether it holds for one partnership is asked of that partnership.
    """
    letters = "NML" if role == "officer" else ROLE_STANDINGS[role]
    return any(cell(action, letter) != NO for letter in letters)
