"""The awards of one process, and the contracts under them: which of them bind anybody."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from register.exchange.reading.documents import Branch

NOT_BINDING = ("pending", "cancelled", "unsuccessful")
"""States of an award, or of a contract under it, that binds nobody."""

TERMINATED = "this contract was terminated; the arrangement stays until somebody closes it in the register"


@dataclass(frozen=True)
class Release:
    """One release, its parties read once however many awards point to them."""

    branch: Branch

    @cached_property
    def parties(self) -> list[Branch]:
        """Everybody the release names, in whatever role."""
        return self.branch.branches("parties")

    @cached_property
    def by_id(self) -> dict[str, Branch]:
        """The parties by the ids that buyer and suppliers point to them with; the first of an id counts."""
        return {party.line("id"): party for party in reversed(self.parties)}

    def in_role(self, role: str) -> list[Branch]:
        """Return the parties in a role."""
        return [party for party in self.parties if role in party.words("roles")]


@dataclass(frozen=True)
class Award:
    """An award, or a contract, as the release tells it that tells it last."""

    branch: Branch
    release: Release
    heard: int = 0
    """Which of the releases that was: the first is 1."""
    named_by: "Award | None" = None
    """The award as an earlier release tells it, where only that names the suppliers."""
    contracts: list[Branch] = field(default_factory=list)
    """The contracts signed under it that bind; many portals publish none."""

    @property
    def is_binding(self) -> bool:
        """Whether its state says that it binds somebody, or says nothing."""
        return self.branch.line("status") not in NOT_BINDING


def binding(awards: list[Award], contracts: list[Award]) -> list[Award]:
    """Return the awards that bind, each with its contracts that do; a contract of no award at all stands for its own.

    An award all of whose contracts were cancelled before they were signed binds nobody.
    """
    if not awards:
        return [replace(one, contracts=[one.branch]) for one in contracts if one.is_binding]
    found = []
    for award in awards:
        under = [one for one in contracts if _is_under(one, award, len(awards))]
        is_off = bool(under) and all(one.branch.line("status") == "cancelled" for one in under)
        for one in under:
            if one.branch.line("status") == "terminated":
                one.branch.note("status", "terminated", TERMINATED)
        if award.is_binding and not is_off:
            found.append(replace(award, contracts=[one.branch for one in under if one.is_binding]))
    return found


def _is_under(contract: Award, award: Award, awards: int) -> bool:
    named = contract.branch.line("awardID")
    return named == award.branch.line("id") if named else awards == 1
