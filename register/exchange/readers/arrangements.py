"""What a file says of arrangements and of the bodies between which they are, whatever its form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from register.exchange.readers.parties import Party, bodies
from register.exchange.reading.findings import Findings
from register.exchange.reading.rows import ArrangementRow, OrganisationRow


@dataclass
class Arrangements:
    """The bodies and arrangements of one file, and what was found on the way."""

    organisations: tuple[OrganisationRow, ...] = ()
    arrangements: tuple[ArrangementRow, ...] = ()
    findings: Findings = field(default_factory=Findings)
    loose: tuple[ArrangementRow, ...] = ()
    """What the file tells of arrangements without naming both sides: it counts where the register has them."""

    def __len__(self) -> int:
        """Return how many rows there are to keep."""
        return len(self.organisations) + len(self.arrangements)


Sides = tuple[tuple[int, ...], tuple[int, ...]]
"""Who commissions and who provides, as places among the bodies."""


def between(
    parties: Sequence[tuple[Sequence[Party], Sequence[Party]]], *, ids_hold: bool = False
) -> tuple[tuple[OrganisationRow, ...], list[Sides | None]]:
    """Return the bodies that take part, once it is known who is who, and the two sides of each arrangement.

    An arrangement of one body with itself has no sides, and a body that is in no other is left out. For `ids_hold` see
    `parties.bodies`.
    """
    everyone = [party for buyers, suppliers in parties for party in (*buyers, *suppliers)]
    rows, body_of = bodies(everyone, ids_hold=ids_hold)
    used: dict[int, int] = {}
    found: list[Sides | None] = []
    start = 0
    for buyers, suppliers in parties:
        end = start + len(buyers) + len(suppliers)
        first = dict.fromkeys(body_of[start : start + len(buyers)])
        second = dict.fromkeys(body for body in body_of[start:end] if body not in first)
        start = end
        found.append((_places(first, used), _places(second, used)) if second else None)
    return tuple(rows[body] for body in used), found


def _places(side: Iterable[int], used: dict[int, int]) -> tuple[int, ...]:
    """Return the places of a side's bodies among those that take part, which grow by the new ones."""
    return tuple(used.setdefault(body, len(used)) for body in side)
