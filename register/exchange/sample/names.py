"""Names that nothing real has: places are put together from syllables, and bodies from places and what they do."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import NamedTuple

BEGINNINGS = (
    "Quarn", "Vell", "Osk", "Tamber", "Yarrin", "Brask", "Fendl", "Hask", "Morv", "Pellin", "Rudg", "Skarn", "Thessel",
    "Ulver", "Wexl", "Zenn", "Cragl", "Dovrin", "Ettern", "Grisl", "Iver", "Jarrow", "Keldr", "Lumm", "Norr", "Prynn",
    "Saffl", "Tolv", "Ebber", "Marr",
)  # fmt: skip
ENDINGS = ("mere", "holt", "wick", "combe", "stead", "by", "ley", "gate", "moor", "thwaite", "fell", "hythe")
CAUSES = (
    "Advice", "Carers", "Families", "Recovery", "Food", "Youth", "Repair", "Green", "Home", "Hearing", "Sight",
    "Walking",
)  # fmt: skip


class Body(NamedTuple):
    """A sort of organisation: how it is called, its sector and kind, and how many in a hundred are one."""

    form: str
    sector: str
    kind: str
    share: int


PUBLIC = (
    Body("{place} Council", "public", "council", 10),
    Body("{place} {cause} Service", "public", "council_unit", 5),
    Body("{place} and District Care Trust", "public", "health", 5),
    Body("{place} Constabulary", "public", "police", 2),
    Body("{place} College", "public", "education", 4),
)
OTHERS = (
    Body("{place} Homes", "voluntary", "housing", 6),
    Body("{place} {cause} Trust", "voluntary", "charity", 18),
    Body("{cause} Matters {place}", "voluntary", "charity", 12),
    Body("{place} {cause} Group", "community", "community_group", 14),
    Body("{place} {cause} Services Ltd", "private", "company", 14),
    Body("{place} Facilities Ltd", "private", "company", 10),
)
BODIES = (*PUBLIC, *OTHERS)


class Named(NamedTuple):
    """A made-up organisation."""

    name: str
    place: str
    sector: str
    kind: str

    @property
    def is_public(self) -> bool:
        """Whether it is one of those that begin partnerships."""
        return self.sector == "public"


def places(random: Random) -> list[str]:
    """Return every place, in an order of chance."""
    found = [beginning + ending for beginning, ending in product(BEGINNINGS, ENDINGS)]
    random.shuffle(found)
    return found


def organisations(count: int, random: Random) -> Iterator[Named]:
    """Yield so many organisations, no name twice. Where names run out they are numbered."""
    known = places(random)
    used: dict[str, int] = {}
    for number in range(count):
        # One public body is needed to begin with, and another to work with.
        body = PUBLIC[0] if number < 2 else random.choices(BODIES, [one.share for one in BODIES])[0]  # noqa: PLR2004
        place = random.choice(known)
        name = body.form.format(place=place, cause=random.choice(CAUSES))
        used[name] = used.get(name, 0) + 1
        numbered = name if used[name] == 1 else f"{name} ({used[name]})"
        yield Named(numbered, place, body.sector, body.kind)
