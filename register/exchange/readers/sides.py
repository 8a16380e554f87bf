"""Who buys and who supplies, as the releases of one process name them. No other role makes a partner."""

from collections.abc import Iterable

from register.exchange.readers.awards import Award, Release
from register.exchange.readers.parties import Party
from register.exchange.reading.documents import Branch
from register.exchange.reading.identifiers import portal_id, split_id, trusted
from register.exchange.reading.rows import Identifier


def buyers_of(releases: list[Release], awards: list[Award]) -> list[Party]:
    """Return who buys: buyers of the newest release that has any, and of single awards. No other role is a partner."""
    of_awards = [(award.branch.branch("buyer"), award.release) for award in awards]
    for release in releases:
        told = [*((one, release) for one in _in_buyers_place(release)), *of_awards]
        found = [_party(one, [where], is_buyer=True) for one, where in told if one.values]
        if kept := [party for party in found if party is not None]:
            return kept
    return []


def _in_buyers_place(release: Release) -> list[Branch]:
    """Return the release's buyer and the parties in that role: where several buy together, only one is the buyer."""
    named, parties = release.branch.branch("buyer"), release.in_role("buyer")
    if not named.values and not parties:
        return [_procuring(release)]
    is_loose = named.line("id") not in release.by_id
    return parties if is_loose and len(parties) == 1 else [named, *parties]


def _procuring(release: Release) -> Branch:
    """Return who ran the procurement, for a release that names no buyer, as those of many countries do."""
    entity = release.branch.branch("tender").branch("procuringEntity")
    if name := entity.line("name"):
        entity.note("name", name, "no buyer is named, so who runs the procurement was taken for it")
    return entity


def suppliers_of(award: Award, releases: list[Release]) -> list[Party]:
    """Return who supplies: whom the award names, or its contracts do, or else every party in that role."""
    by = award.named_by or award
    named = by.branch.branches("suppliers") or [
        supplier for contract in award.contracts for supplier in contract.branches("suppliers")
    ]
    where = [by.release, *(release for release in releases if release is not by.release)]
    named = named or _first_list(release.in_role("supplier") for release in where)
    return [party for one in named if (party := _party(one, where, is_buyer=False)) is not None]


def _first_list(lists: Iterable[list[Branch]]) -> list[Branch]:
    return next((one for one in lists if one), [])


def _party(named: Branch, releases: list[Release], *, is_buyer: bool) -> Party | None:
    """Return the party that a release's buyer or an award's supplier points to; None, noted, without any name.

    Only where the reference itself has no name is its id looked for in other releases than its own.
    """
    party_id = named.line("id")
    where = releases[:1] if named.line("name") else releases
    found = (release.by_id[party_id] for release in where if party_id in release.by_id)
    full = next(found, named) if party_id else named
    legal = full.branch("identifier")
    name = full.line("name") or named.line("name") or legal.line("legalName")
    if not name:
        named.note("name", party_id, "this body has no name, and was left out")
        return None
    return Party(
        name=name,
        local_id=portal_id(party_id, f"{full.row}") if party_id else "",
        identifiers=_identifiers(party_id, legal, full),
        is_buyer=is_buyer,
        is_voluntary=full.branch("details").values.get("vcse") is True,
        row=named.row,
    )


def _identifiers(party_id: str, legal: Branch, full: Branch) -> tuple[Identifier, ...]:
    """Return a party's identifiers that hold everywhere; a party's own id may carry one, as in `GB-COH-01234567`."""
    stated = [(one.line("scheme"), one.line("id")) for one in (legal, *full.branches("additionalIdentifiers"))]
    found = (trusted(scheme, value) for scheme, value in (*stated, split_id(party_id)))
    return tuple(dict.fromkeys(one for one in found if one))
