"""The one table of who may do what, cell by cell as the design has it."""

import pytest

from register.accounts.kinds import ROLES
from register.accounts.permissions import (
    NAMED,
    NO,
    OWN,
    PERMISSIONS,
    RECORDED,
    ROLE_STANDINGS,
    STANDINGS,
    YES,
    Permission,
    cell,
    role_may,
)

EXPECTED = {
    #                               N    M      L    S      A         G         D
    "register:see":                "yes  yes    yes  yes    yes       yes       yes",
    "partnership:see":             "yes  yes    yes  yes    yes       yes       no",
    "partnership:see-restricted":  "no   yes    yes  named  recorded  recorded  no",
    "restricted:open":             "no   no     no   no     yes       yes       no",
    "interaction:see":             "yes  yes    yes  yes    yes       yes       no",
    "interaction:log":             "no   yes    yes  no     no        no        no",
    "interaction:correct":         "no   own    yes  no     no        no        no",
    "disagreement:state":          "no   yes    yes  no     no        recorded  no",
    "partnership:start":           "yes  yes    yes  no     no        no        no",
    "organisation:add":            "yes  yes    yes  no     no        no        no",
    "organisation:merge":          "yes  yes    yes  no     no        no        no",
    "partnership:edit":            "no   yes    yes  no     no        no        no",
    "partnership:members":         "no   no     yes  no     no        no        no",
    "flag:answer":                 "no   yes    yes  yes    no        no        no",
    "rules:propose":               "no   no     no   yes    no        no        yes",
    "rules:change":                "no   no     no   yes    no        no        no",
    "register:import":             "no   yes    yes  no     no        no        no",
    "register:export":             "yes  yes    yes  yes    yes       yes       no",
    "token:use":                   "yes  yes    yes  yes    yes       yes       no",
    "register:export-whole":       "no   no     no   no     recorded  recorded  no",
    "view:save":                   "yes  yes    yes  yes    yes       yes       no",
    "history:see-record":          "yes  yes    yes  yes    yes       yes       no",
    "history:see-all":             "no   no     no   no     yes       no        no",
    "history:verify":              "no   no     no   no     yes       yes       yes",
    "erasure:see":                 "no   no     no   no     yes       yes       no",
    "erasure:ask":                 "no   no     no   no     no        yes       no",
    "erasure:confirm":             "no   no     no   no     no        yes       no",
    "desk:use":                    "no   no     no   no     yes       no        no",
    "access-log:see":              "no   no     no   no     yes       yes       no",
    "people:see":                  "no   no     no   no     yes       no        yes",
    "people:change":               "no   no     no   no     no        no        yes",
}  # fmt: skip


def test_every_action_is_expected() -> None:
    assert [permission.action for permission in PERMISSIONS] == list(EXPECTED)


@pytest.mark.parametrize("action", EXPECTED)
def test_each_cell_is_as_designed(action: str) -> None:
    assert [cell(action, letter) for letter in STANDINGS] == EXPECTED[action].split()


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_each_row_can_be_read(permission: Permission) -> None:
    subject, _, verb = permission.action.partition(":")
    assert subject
    assert verb
    assert permission.words[0].islower()
    assert len(permission.cells) == len(STANDINGS)
    assert set(permission.cells) <= {YES, NO, OWN, NAMED, RECORDED}


def test_every_role_has_its_place_in_the_table() -> None:
    assert {role.key for role in ROLES} == set(ROLE_STANDINGS)


@pytest.mark.parametrize(
    ("role", "letters"),
    [
        ("officer", "NML"),
        ("leader", "S"),
        ("auditor", "A"),
        ("governance", "G"),
        ("administrator", "D"),
    ],
)
def test_a_role_may_where_any_of_its_standings_may(role: str, letters: str) -> None:
    for action in EXPECTED:
        assert role_may(role, action) == any(cell(action, letter) != NO for letter in letters), action


def test_an_unknown_action_fails_loudly() -> None:
    with pytest.raises(KeyError):
        cell("partnership:destroy", "L")
    with pytest.raises(KeyError):
        role_may("officer", "partnership:destroy")


def test_an_administrator_reads_no_narrative() -> None:
    for action in ("partnership:see", "partnership:see-restricted", "interaction:see", "history:see-record"):
        assert not role_may("administrator", action)
