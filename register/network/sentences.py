"""What a leader should know of the network, said in sentences."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from register.network.facts import is_partnership
from register.network.graph import NOT_KNOWN, STANDINGS, Network, Tie
from register.network.measures import Measures
from register.network.wording import NAMES_SHOWN, Part, Sentence, name_of, names_of, number_of, pairs_of

QUIET_DAYS = 60
"""Silence is mentioned beyond this many days: the same limit as the risk rule "gone quiet"."""
LEAST_FOR_BROKERS = 10
"""Organisations below which nobody is named a broker: in a handful everybody stands between somebody."""
POINTS_SHOWN = 3


def sentences(network: Network, measures: Measures, today: date) -> tuple[Sentence, ...]:
    """Return what is worth saying, most important first; `today` is the day as of which it is said."""
    if not network.nodes:
        return (Sentence("counts", (Part("There is no organisation to show here."),)),)
    found = (
        counts(network),
        weak_ones(network),
        *single_points(network, measures, today),
        *brokers(network, measures),
        bridging(network, measures),
        disagreement(network),
        one_sided(network),
        parts_apart(measures),
        isolates(network, measures),
    )
    return tuple(sentence for sentence in found if sentence is not None)


def counts(network: Network) -> Sentence:
    """Say how many there are, and how they stand.

    Example: "45 organisations, 89 live relationships. 44 are strong or sound, 16 mixed, 7 weak; of 22 we cannot say."
    With partnerships among the nodes: "45 organisations, 20 live partnerships, 61 parts taken in them. ..."
    """
    works = sum(map(is_partnership, network.nodes))
    joined = f"{number_of(works, 'live partnership')}, {number_of(len(network.ties), 'part')} taken in them"
    tied = joined if works else number_of(len(network.ties), "live relationship")
    size = f"{number_of(len(network.nodes) - works, 'organisation')}, {tied}."
    words = Counter(tie.word for tie in network.ties)
    standing = _by_standing(words)
    return Sentence("counts", (Part(size), *([Part(f" {standing}")] if standing else [])))


def weak_ones(network: Network) -> Sentence | None:
    """Say where the weak ties meet, or which they are when no two meet."""
    weak = [tie for tie in network.ties if tie.word == "weak"]
    if not weak:
        return None
    ends = Counter(end for tie in weak for end in (tie.a, tie.b))
    centre, number = min(ends.items(), key=lambda item: (-item[1], item[0]))
    if number == 1:
        opening = "One relationship is weak: " if len(weak) == 1 else "The weak ones have no organisation in common: "
        return Sentence("weak", (Part(opening), *pairs_of(network, weak), Part(".")))
    others = [tie.other(centre) for tie in weak if centre in (tie.a, tie.b)]
    opening = "The weak ones meet at " if number == len(weak) else f"{number} of the {len(weak)} weak ones meet at "
    said = (name_of(network, centre), Part(": "), *names_of(network, others), Part("."))
    return Sentence("weak", (Part(opening), *said))


def single_points(network: Network, measures: Measures, today: date) -> list[Sentence]:
    """Say who would be cut off without whom, those that would cut off most first; three, then how many more.

    Example: "Without River Authority, Residents would be cut off; nothing about that tie has been logged for 310 days."
    """
    by_harm = sorted(measures.cut_off, key=lambda point: (-_lost(measures, point), point))
    said = [_single_point(network, measures, point, today) for point in by_harm[:POINTS_SHOWN]]
    more = len(by_harm) - len(said)
    if more:
        text = f"{number_of(more, 'other organisation')} would also cut somebody off by leaving."
        said.append(Sentence("single point", (Part(text),)))
    return said


def brokers(network: Network, measures: Measures) -> list[Sentence]:
    """Name the organisations through which most of the shortest paths run, and say if one stands on weak ties."""
    ranked = sorted(measures.betweenness.items(), key=lambda item: (-item[1], item[0]))
    top = [node_id for node_id, value in ranked[:NAMES_SHOWN] if value > 0]
    if len(network.nodes) < LEAST_FOR_BROKERS or not top:
        return []
    verb = "stands" if len(top) == 1 else "stand"
    said = [Sentence("brokers", (*names_of(network, top), Part(f" {verb} between most of the others.")))]
    doubtful = [node_id for node_id in top if any(tie.word == "weak" for tie in network.ties_of[node_id])]
    if doubtful:
        opening = "Some of what passes between the others depends on weak relationships of "
        said.append(Sentence("brokers", (Part(opening), *names_of(network, doubtful), Part("."))))
    return said


def bridging(network: Network, measures: Measures) -> Sentence | None:
    """Say which ties alone join two groups; a tie to an organisation without other ties is said by `single_points`."""
    joining = [pair for pair in measures.bridges if all(measures.degree[end] > 1 for end in pair)]
    if not joining:
        return None
    ties = [tie for tie in network.ties if (tie.a, tie.b) in set(joining)]
    opening = "One tie alone joins two groups: " if len(ties) == 1 else f"{len(ties)} ties each alone join two groups: "
    return Sentence("bridges", (Part(opening), *pairs_of(network, ties), Part(".")))


def disagreement(network: Network) -> Sentence | None:
    """Say how often the two sides use different words of one another, and who does so most.

    Example: "In 5 relationships the two sides differ. Council and Voice differ most: strong of Voice, weak of Council."
    """
    apart = [tie for tie in network.ties if tie.directions_differ]
    if not apart:
        return None
    most = max(apart, key=lambda tie: (_gap(tie), -tie.a, -tie.b))
    one, other = name_of(network, most.a), name_of(network, most.b)
    verb = f"In {number_of(len(apart), 'relationship')} the two sides differ. "
    words = [view.word for view in (most.a_of_b, most.b_of_a) if view]
    said = (Part(f" differ most: {words[0]} of "), other, Part(f", {words[1]} of "), one, Part("."))
    return Sentence("disagreement", (Part(verb), one, Part(" and "), other, *said))


def one_sided(network: Network) -> Sentence | None:
    """Say how many relationships are known from one side only."""
    number = sum(1 for tie in network.ties if tie.one_way_known)
    if not number:
        return None
    verb = "is" if number == 1 else "are"
    return Sentence("one-sided", (Part(f"{number_of(number, 'relationship')} {verb} known from one side only."),))


def parts_apart(measures: Measures) -> Sentence | None:
    """Say into how many separate parts the network falls, isolates left out."""
    parts = [part for part in measures.components if len(part) > 1]
    if len(parts) < 2:  # noqa: PLR2004 - one part is no news
        return None
    text = f"The network is in {len(parts)} separate parts; the largest has {len(parts[0])} organisations."
    return Sentence("parts", (Part(text),))


def isolates(network: Network, measures: Measures) -> Sentence | None:
    """Name the organisations that have no tie."""
    if not measures.isolates:
        return None
    verb = "has" if len(measures.isolates) == 1 else "have"
    return Sentence("isolates", (*names_of(network, measures.isolates), Part(f" {verb} no live relationship.")))


def _single_point(network: Network, measures: Measures, point: int, today: date) -> Sentence:
    lost = [node_id for group in measures.cut_off[point] for node_id in group]
    ties = [tie for tie in network.ties_of[point] if tie.other(point) in lost]
    return Sentence(
        "single point",
        (
            Part("Without "),
            name_of(network, point),
            Part(", "),
            *names_of(network, sorted(lost)),
            Part(f" would be cut off{_silence(ties, today)}."),
        ),
    )


def _silence(ties: Sequence[Tie], today: date) -> str:
    which = "that tie" if len(ties) == 1 else "those ties"
    days = [(today - tie.last_on).days for tie in ties if tie.last_on is not None]
    if not days:
        return f"; nothing about {which} has been logged"
    if min(days) <= QUIET_DAYS:
        return ""
    return f"; nothing about {which} has been logged for {min(days)} days"


def _by_standing(words: Counter[str]) -> str:
    """Return for example "44 are strong or sound, 16 mixed, 7 weak; of 22 we cannot say."; nothing where all is nil."""
    groups = ((words["strong"] + words["sound"], "strong or sound"), *((words[word], word) for word in STANDINGS[2:4]))
    graded = [(number, label) for number, label in groups if number]
    unknown = words[NOT_KNOWN]
    if not graded:
        return "How any of them stands is not known." if unknown else ""
    first, *others = graded
    text = f"{first[0]} {'is' if first[0] == 1 else 'are'} {first[1]}"
    text += "".join(f", {number} {label}" for number, label in others)
    return text + (f"; of {unknown} we cannot say." if unknown else ".")


def _gap(tie: Tie) -> int:
    """Return how many words apart the two sides are."""
    words = [STANDINGS.index(view.word) for view in (tie.a_of_b, tie.b_of_a) if view]
    return max(words) - min(words)


def _lost(measures: Measures, point: int) -> int:
    return sum(map(len, measures.cut_off[point]))
