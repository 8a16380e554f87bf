"""What the measures of a network mean, said in sentences."""

from collections.abc import Iterable
from statistics import median

from register.network.coverage import LEAST_KNOWN, LEAST_RANKED
from register.network.overview import Overview
from register.network.sentences import brokers, isolates
from register.network.wording import NAMES_SHOWN, Part, Sentence, name_of, names_of, number_of, pairs_of

PER_HUNDRED = 100


def measure_sentences(found: Overview) -> tuple[Sentence, ...]:
    """Return what the measures say of a network that has ties, the whole first and the details after."""
    if not found.network.ties:
        nothing = "No two organisations work together here, so there is nothing to measure."
        return (Sentence("counts", (Part(nothing),)),)
    said: Iterable[Sentence | None] = (
        density(found),
        parts(found),
        reciprocity(found),
        core(found),
        groups(found),
        *(brokers(found.network, found.measures) if found.coverage.may_rank else ()),
        single_points(found),
        bridges(found),
        people(found),
        isolates(found.network, found.measures),
    )
    return tuple(one for one in said if one is not None)


def density(found: Overview) -> Sentence:
    """Say how many of the possible ties there are, and how many an organisation in the middle has.

    Example: "Of 990 pairs that could work together 89 do, 9 in 100. Half of the organisations have 3 ties or fewer."
    """
    number = len(found.network.nodes)
    possible = number * (number - 1) // 2
    share = PER_HUNDRED * found.measures.density
    shown = f"{share:.0f} in 100" if share >= 1 else "fewer than 1 in 100"
    half = median(found.measures.degree.values())
    ties = len(found.network.ties)
    do = f"{ties:,} {'does' if ties == 1 else 'do'}"
    text = f"Of {possible:,} pairs of organisations that could work together {do}, {shown}."
    return Sentence("density", (Part(text), Part(f" Half of the organisations have {half:g} relationships or fewer.")))


def parts(found: Overview) -> Sentence:
    """Say whether all hang together."""
    apart = [part for part in found.measures.components if len(part) > 1]
    if len(apart) == 1:
        return Sentence("parts", (Part("All that have a relationship hang together, by some path."),))
    text = f"They are in {len(apart)} separate parts; the largest has {len(apart[0])} organisations."
    return Sentence("parts", (Part(text),))


def reciprocity(found: Overview) -> Sentence:
    """Say of how many ties both sides' views are known."""
    known, both = found.coverage.known, found.coverage.both_ways
    if not known:
        return Sentence("reciprocity", (Part("Of none of the relationships do we know how either side sees it."),))
    opening = f"How it stands is known of {number_of(known, 'relationship')} of {found.coverage.ties:,}"
    if known == both:
        return Sentence("reciprocity", (Part(f"{opening}, each of them from both sides."),))
    text = f"{opening}: from both sides of {both:,}, from one side only of {known - both:,}."
    return Sentence("reciprocity", (Part(text),))


def core(found: Overview) -> Sentence | None:
    """Say who is in the core, and how many stand at the edge."""
    if not found.core:
        return None
    level = found.measures.core[found.core[0]]
    edge = sum(1 for row in found.standings if row.place == "edge")
    closing = f". {number_of(edge, 'organisation')} {'stands' if edge == 1 else 'stand'} at the edge." if edge else "."
    size = number_of(len(found.core), "organisation")
    opening = f"The core is {size}, each with {level} or more relationships within it: "
    return Sentence("core", (Part(opening), *names_of(found.network, found.core), Part(closing)))


def groups(found: Overview) -> Sentence | None:
    """Say into how many communities they fall, and around whom the largest ones are."""
    communities = found.worked_out.communities
    if not communities:
        return None
    if len(communities) == 1:
        text = "All of them form one group; no part of it keeps more to itself than the rest."
        return Sentence("groups", (Part(text),))
    degree = found.measures.degree
    centres = [max(group, key=lambda one: (degree[one], -one)) for group in communities[:NAMES_SHOWN]]
    opening = f"They fall into {len(communities)} groups that work with one another more than with the rest"
    around = "; the largest are around " if len(communities) > NAMES_SHOWN else ", around "
    return Sentence("groups", (Part(f"{opening}{around}"), *names_of(found.network, centres), Part(".")))


def single_points(found: Overview) -> Sentence | None:
    """Say without whom somebody would be cut off, those that would cut off most first."""
    points = sorted(found.measures.cut_off, key=lambda one: (-found.cuts_off(one), one))
    if not points:
        return Sentence("single points", (Part("Nobody would be cut off if any one organisation left."),))
    if len(points) == 1:
        opening, closing = "Somebody would be cut off if one organisation left: ", "."
    else:
        opening, closing = f"{len(points)} organisations would each cut somebody off by leaving, first of all ", "."
    return Sentence("single points", (Part(opening), *names_of(found.network, points), Part(closing)))


def bridges(found: Overview) -> Sentence | None:
    """Say which ties alone join their two sides."""
    single = set(found.measures.bridges)
    ties = [tie for tie in found.network.ties if (tie.a, tie.b) in single]
    if not ties:
        return None
    opening = "One relationship is the only link between its two sides: "
    if len(ties) > 1:
        opening = f"{len(ties)} relationships are each the only link between their two sides: "
    return Sentence("bridges", (Part(opening), *pairs_of(found.network, ties), Part(".")))


def people(found: Overview) -> Sentence | None:
    """Say how many ties rest on one officer and one contact, and of how many nobody is named."""
    if found.carriers is None:
        return None
    alone = sum(1 for number in found.pairs.values() if number == 1)
    nobody = sum(1 for number in found.pairs.values() if number == 0)
    whole = len(found.pairs)
    if nobody == whole:
        text = "Of none of the relationships does the register know which people met in the last two years."
        return Sentence("people", (Part(text),))
    rest = "rests" if alone <= 1 else "rest"
    some = f"{alone:,}" if alone else "None"
    opening = f"{some} of {number_of(whole, 'relationship')} {rest} on one officer and one contact"
    text = f"{opening}; of {nobody:,} nobody who met in the last two years is named." if nobody else f"{opening}."
    return Sentence("people", (Part(text),))


def silence(found: Overview) -> Sentence | None:
    """Warn of central organisations whose view of nobody is known."""
    if not found.silent:
        return None
    verb = "is" if len(found.silent) == 1 else "are"
    named: list[Part] = []
    for at, one in enumerate(found.silent):
        joint = "" if not at else " and " if at == len(found.silent) - 1 else ", "
        named += [*([Part(joint)] if joint else []), name_of(found.network, one)]
    closing = f" {verb} central, and we know of nobody how they see them. What is said around them is one side’s."
    return Sentence("silence", (*named, Part(closing)))


def why_not_ranked(found: Overview) -> Sentence | None:
    """Say why nobody is ranked; None where they are."""
    known = found.coverage
    if not known.is_large_enough:
        text = f"Nobody is ranked: among fewer than {LEAST_RANKED} organisations everybody stands between somebody."
    elif not known.is_known_enough:
        share = f"{PER_HUNDRED * known.share:.0f} in 100"
        text = (
            f"Nobody is ranked: how it stands is known of {share} relationships, and a ranking needs "
            f"{PER_HUNDRED * LEAST_KNOWN:.0f}."
        )
    else:
        return None
    return Sentence("ranking", (Part(text),))
