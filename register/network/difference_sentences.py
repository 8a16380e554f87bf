"""What differs between two days, said in sentences."""

from collections.abc import Iterable
from datetime import date

from register.network.difference import ENDED, NEW, Change, Difference
from register.network.facts import is_partnership
from register.network.graph import Network
from register.network.wording import Part, Sentence, listed, name_of


def differences(found: Difference, since: date) -> tuple[Sentence, ...]:
    """Return how many changes there are of each kind, and then of each kind which they are.

    Example: "Since 1 October 2026, 5 views are weaker, 2 stronger; 1 relationship is new." and then "Weaker: Lanmark
    Transport of Children's Services, Libraries of the Council and 3 others."
    """
    opening = f"Since {since:%-d %B %Y}, "
    if not found.changes:
        return (Sentence("difference", (Part(f"{opening}nothing differs by more than chance."),)),)
    text = f"{opening}{'; '.join(filter(None, (_views(found), _pairs(found))))}."
    return (Sentence("difference", (Part(text),)), *(_named(found, word) for word in found.counts))


def _views(found: Difference) -> str:
    """Return for example "5 views are weaker, 2 stronger"."""
    return _counted([(found.counts[word], word) for word in found.counts if word not in (NEW, ENDED)], "view")


def _pairs(found: Difference) -> str:
    """Return for example "1 relationship is new, 2 ended"."""
    told = [(found.counts[word], word) for word in (NEW, ENDED) if word in found.counts]
    noun = "part" if any(map(is_partnership, found.network.nodes)) else "relationship"
    return _counted(told, noun).replace("are ended", "have ended").replace("is ended", "has ended")


def _counted(told: list[tuple[int, str]], noun: str) -> str:
    if not told:
        return ""
    (number, word), *others = told
    first = f"{number} {noun} is {word}" if number == 1 else f"{number} {noun}s are {word}"
    return ", ".join([first, *(f"{number} {word}" for number, word in others)])


def _named(found: Difference, word: str) -> Sentence:
    changes = (one for one in found.changes if one.word == word)
    return Sentence(word, (Part(f"{word.capitalize()}: "), *listed(list(_each(found.network, changes))), Part(".")))


def _each(network: Network, changes: Iterable[Change]) -> Iterable[list[Part]]:
    for one in changes:
        rater, ratee = (network.by_id[end] for end in (one.rater, one.ratee))
        says = Part("the others in ") if is_partnership(rater) and not one.is_of_pair else None
        joint = " with " if one.is_of_pair else " of the others in " if is_partnership(ratee) else " of "
        yield [*([says] if says else []), name_of(network, rater.id), Part(joint), name_of(network, ratee.id)]
