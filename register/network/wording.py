"""How sentences about the network are put together.

A sentence is a list of parts, some of which name an organisation: the page makes those links, the terminal prints the
text. Names are plain text throughout; making them safe for a page is the template's work.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from register.network.graph import Network, Node, Tie

LONGEST_NAME = 80
NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; with an organisation's id where the text is its name."""

    text: str
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `about` says what it is about, for a page that wants only some of them."""

    about: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """Return the sentence as plain text; names written from right to left keep their place in the line."""
        return "".join(isolated(part.text) if part.organisation_id else part.text for part in self.parts)


def shown_name(node: Node) -> str:
    """Return a name that fits a line: the short one, and never more than 80 characters."""
    label = node.label
    return label if len(label) <= LONGEST_NAME else label[: LONGEST_NAME - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Return text with the marks that keep right-to-left writing from turning round what stands beside it."""
    has_rtl = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"\u2068{text}\u2069" if has_rtl else text


def name_of(network: Network, node_id: int) -> Part:
    """Return an organisation's name as a part of a sentence."""
    return Part(shown_name(network.by_id[node_id]), node_id)


def names_of(network: Network, ids: Iterable[int]) -> list[Part]:
    """Return "A", "A and B", "A, B and C" or "A, B, C and 4 others"."""
    return listed([[name_of(network, node_id)] for node_id in ids])


def pairs_of(network: Network, ties: Iterable[Tie]) -> list[Part]:
    """Return for example "A with B, C with D and 2 others"."""
    return listed([[name_of(network, tie.a), Part(" with "), name_of(network, tie.b)] for tie in ties])


def listed(items: list[list[Part]]) -> list[Part]:
    """Return the first three items as a sentence lists them, and how many more there are."""
    shown = items[:NAMES_SHOWN]
    if len(items) > NAMES_SHOWN:
        more = len(items) - NAMES_SHOWN
        shown.append([Part(f"{more} {'other' if more == 1 else 'others'}")])
    parts: list[Part] = []
    for at, item in enumerate(shown):
        joint = " and " if at == len(shown) - 1 else ", "
        parts += [*([Part(joint)] if at else []), *item]
    return parts


def number_of(number: int, noun: str) -> str:
    """Return for example "1 organisation" or "2,000 organisations"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
