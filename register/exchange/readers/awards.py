"""The awards of one process, and the contracts under them: which of them bind anybody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from register.exchange.reading.documents import Branch

NOT_BINDING = ("pending", "cancelled", "unsuccessful")
"""States of an award, or of a contract under it, that binds nobody."""

ENDED = "the contract has come to its end; the arrangement stays until somebody closes it in the register"


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
    by_award: dict[str, list[Award]] = defaultdict(list)
    for contract in contracts:
        by_award[contract.branch.line("awardID")].append(contract)
    found = []
    for award in awards:
        under = by_award.get(award.branch.line("id"), [])
        under = [*under, *by_award.get("", [])] if len(awards) == 1 else under
        if award.is_binding and not _is_off(under):
            found.append(replace(award, contracts=[one.branch for one in under if one.is_binding]))
    _note_ended(found)
    return found


def _is_off(contracts: Sequence[Award]) -> bool:
    return bool(contracts) and all(one.branch.line("status") == "cancelled" for one in contracts)


def _note_ended(awards: Sequence[Award]) -> None:
    """Say of a process whose contracts have all ended that the register closes nothing by itself."""
    contracts = [contract for award in awards for contract in award.contracts]
    if contracts and all(contract.line("status") == "terminated" for contract in contracts):
        contracts[0].note("status", "terminated", ENDED)
