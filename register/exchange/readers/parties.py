"""Who is who inside one file: the parties of its releases, joined into bodies."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from register.exchange.reading.names import distinct, fingerprint
from register.exchange.reading.rows import Identifier, OrganisationRow


@dataclass(frozen=True)
class Party:
    """A body as one release names it."""

    name: str
    local_id: str
    """What the file itself calls it; empty when it has no id."""
    identifiers: tuple[Identifier, ...]
    is_buyer: bool
    is_voluntary: bool
    row: int


KIND_WORDS = (
    ("combined_authority", ("combined authority",)),
    ("council", ("council", "borough of")),
    ("education", ("university", "college", "school", "academy")),
    ("health", ("nhs", "integrated care board", "hospital")),
    ("police", ("police", "fire and rescue", "constabulary")),
    ("government", ("ministry", "department", "home office", "cabinet office", "inspectorate")),
    ("housing", ("housing", "homes")),
)
"""Words in a public body's name that say what it is: a first guess, for officers to put right."""


def bodies(parties: list[Party], *, ids_hold: bool = False) -> tuple[list[OrganisationRow], list[int]]:
    """Return the bodies behind the parties, and for each party the place of its body among them.

    One body: what shares an identifier that is trusted everywhere, else an id of the file, else a name. Parties with
    different numbers in one register are never joined, whatever they are called. Where a file gives each body one id
    (`ids_hold`), a name joins only those without any.
    """
    joined = _Joined(parties)
    joined.all_sharing(lambda party: party.identifiers)
    joined.all_sharing(lambda party: (party.local_id,) if party.local_id else ())
    joined.by_name(lambda party: not (ids_hold and party.local_id))
    members: dict[int, list[Party]] = defaultdict(list)
    for place, party in enumerate(parties):
        members[joined.root(place)].append(party)
    places = {root: place for place, root in enumerate(members)}
    return [_body(group) for group in members.values()], [places[joined.root(at)] for at in range(len(parties))]


class _Joined:
    """Parties joined step by step; a root stands for each body, with the identifiers of all its parties."""

    def __init__(self, parties: list[Party]) -> None:
        self.parties = parties
        self.above = list(range(len(parties)))
        self.identifiers = [set(party.identifiers) for party in parties]

    def root(self, place: int) -> int:
        while self.above[place] != place:
            self.above[place] = self.above[self.above[place]]
            place = self.above[place]
        return place

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.root(one), self.root(other)))
        if one != other and not self._at_odds(one, other):
            self.above[other] = one
            self.identifiers[one] |= self.identifiers[other]

    def _at_odds(self, one: int, other: int) -> bool:
        numbers = dict(self.identifiers[one])
        return any(numbers.get(scheme, value) != value for scheme, value in self.identifiers[other])

    def all_sharing(self, marks: Callable[[Party], Iterable[Hashable]]) -> None:
        first: dict[Hashable, int] = {}
        for place, party in enumerate(self.parties):
            for mark in marks(party):
                self.join(first.setdefault(mark, place), place)

    def by_name(self, may_join: Callable[[Party], bool]) -> None:
        """Join parties of one name; those without a number only where the name leaves one body to mean."""
        named: dict[str, list[int]] = defaultdict(list)
        for place, party in enumerate(self.parties):
            if may_join(party):
                named[fingerprint(party.name)].append(place)
        for places in named.values():
            known = [place for place in places if self.identifiers[self.root(place)]]
            unknown = [place for place in places if not self.identifiers[self.root(place)]]
            for group in (known, unknown):
                for place in group[1:]:
                    self.join(group[0], place)
            if known and unknown and len({self.root(place) for place in known}) == 1:
                self.join(known[0], unknown[0])


def _body(group: list[Party]) -> OrganisationRow:
    spellings = Counter(party.name for party in group)
    name = max(spellings, key=lambda spelling: spellings[spelling])
    identifiers = tuple(dict.fromkeys(one for party in group for one in party.identifiers))
    sector = _sector(group)
    return OrganisationRow(
        name=name,
        sector=sector,
        kind=_kind(name, sector),
        aliases=distinct(spellings, (name,)),
        identifiers=identifiers,
        row=min(party.row for party in group),
    )


def _sector(group: Iterable[Party]) -> str:
    """Return a body's sector: who buys by public notice is public, unless told otherwise a supplier is private."""
    if any(party.is_buyer for party in group):
        return "public"
    return "voluntary" if any(party.is_voluntary for party in group) else "private"


def _kind(name: str, sector: str) -> str:
    if sector != "public":
        return "charity" if sector == "voluntary" else "company"
    words = f" {fingerprint(name)} "
    return next((kind for kind, signs in KIND_WORDS if any(f" {sign} " in words for sign in signs)), "other")


OTHER_WORDS = (
    ("private", "company", ("limited", "company", "business", "corporation", "llp", "private", "firm")),
    ("community", "community_group", ("residents", "community group", "tenants")),
)
"""Words of bodies that are not public, with their sector and kind."""


def kind_by_name(name: str, told: str = "") -> tuple[str, str]:
    """Return sector and kind as a name, and what a file calls the body, suggest them: a guess to be put right.

    >>> kind_by_name("Wexmere Police"), kind_by_name("Mill Hub")
    (('public', 'police'), ('voluntary', 'charity'))
    """
    words = f" {fingerprint(told)} {fingerprint(name)} "
    for kind, signs in KIND_WORDS:
        if any(f" {sign} " in words for sign in signs):
            return "public", kind
    for sector, kind, others in OTHER_WORDS:
        if any(f" {sign} " in words for sign in others):
            return sector, kind
    return "voluntary", "charity"
