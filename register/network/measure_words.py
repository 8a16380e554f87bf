"""What each measure is called, what it means to somebody who works in a partnership, and how it is reckoned."""

from typing import NamedTuple


class Meaning(NamedTuple):
    """One measure: its name on a page, the name that textbooks have for it, and what it means."""

    name: str
    term: str
    means: str


MEANINGS = (
    Meaning("Works with", "degree", "How many other organisations it shares a live partnership with."),
    Meaning(
        "Between others",
        "betweenness",
        "Of all shortest ways from one organisation to another, how many in 100 lead through it. A high figure is a "
        "broker: what passes between the others depends on it.",
    ),
    Meaning(
        "Near the others",
        "closeness",
        "How few steps it is away from everybody, 100 if it works with all of them. A low figure hears of things late.",
    ),
    Meaning(
        "Core and edge",
        "k-core",
        "The core works with one another: each has at least as many partners inside it as the figure says. At the "
        "edge is who has no ring of partners around it.",
    ),
    Meaning(
        "Group",
        "community, method of Louvain",
        "Organisations that work with one another more than with the rest; group 1 is the largest. The same network "
        "always falls into the same groups.",
    ),
    Meaning("Cuts off", "articulation point", "How many organisations would lose the rest if it left."),
    Meaning("Only link", "bridge", "A relationship without which its two sides would have no way to one another."),
    Meaning(
        "Carried by",
        "person-dependence",
        "How many pairs of an officer and a contact met over it in the last two years. One pair is a risk: when "
        "either leaves, nobody is left who knows the other side.",
    ),
    Meaning(
        "Known from both sides", "reciprocity", "Of the relationships known at all, how many are known from both sides."
    ),
    Meaning(
        "Possible ties that exist",
        "density",
        "How many of all pairs that could work together do. It falls as a network grows, so compare only networks "
        "of one size.",
    ),
    Meaning("Separate parts", "components", "Groups without any relationship between them."),
)
"""The measures that the page and the command print."""
