"""One theme: where the gaps are among those who work on it, said in sentences."""

from collections.abc import Iterable, Mapping

from register.network.facts import Facts, Work, as_node
from register.network.graph import NOT_KNOWN, Network
from register.network.wording import Part, Sentence, listed, names_of, number_of, pairs_of, shown_name

LEAD = "lead"


def gaps(theme: Facts, whole: Facts, sector_names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return what is missing among the partnerships of a theme; `whole` has who else there is.

    Example: "No private organisation takes part." and "Of 3 relationships nothing is known: ..."
    """
    network, working = theme.network, {part.organisation_id for part in theme.parts}
    found = (
        _nobody_leads(theme),
        _no_partner_leads(theme),
        _not_known_at_all(network, working),
        _unknown_ties(network),
        _missing_sectors(whole, working, sector_names),
        _missing_places(whole, working),
    )
    return tuple(sentence for sentence in found if sentence is not None)


def _nobody_leads(theme: Facts) -> Sentence | None:
    works = [work for work in theme.works if work.lead is None]
    return _gap("No officer leads ", _works(works), ".") if works else None


def _no_partner_leads(theme: Facts) -> Sentence | None:
    led = {part.partnership_id for part in theme.parts if part.role == LEAD}
    works = [work for work in theme.works if work.id not in led]
    return _gap("No partner has the part of a lead in ", _works(works), ".") if works else None


def _not_known_at_all(network: Network, working: set[int]) -> Sentence | None:
    """Name those of whom no view is known, neither theirs of others nor others' of them."""
    unknown = [
        node.id
        for node in network.nodes
        if node.id in working and all(tie.word == NOT_KNOWN for tie in network.ties_of[node.id])
    ]
    if not unknown:
        return None
    verb = "has" if len(unknown) == 1 else "have"
    return _gap("", names_of(network, unknown), f" {verb} no known standing with anybody.")


def _unknown_ties(network: Network) -> Sentence | None:
    ties = [tie for tie in network.ties if tie.word == NOT_KNOWN]
    opening = f"Of {number_of(len(ties), 'relationship')} nothing is known: "
    return _gap(opening, pairs_of(network, ties), ".") if ties else None


def _missing_sectors(whole: Facts, working: set[int], names: Mapping[str, str]) -> Sentence | None:
    present = {node.sector for node in whole.nodes if node.id in working}
    missing = [name for sector, name in names.items() if sector in _sectors(whole) - present]
    if not missing:
        return None
    return Sentence("gap", (Part(f"No {' or '.join(missing).lower()} organisation takes part."),))


def _sectors(whole: Facts) -> set[str]:
    return {node.sector for node in whole.nodes}


def _missing_places(whole: Facts, working: set[int]) -> Sentence | None:
    """Name the places that have organisations, of which none takes part."""
    present = {node.place.casefold() for node in whole.nodes if node.id in working}
    missing = {node.place.casefold(): node.place for node in whole.nodes if node.place.casefold() not in present}
    places = sorted(filter(None, missing.values()))
    return _gap("Nobody takes part from ", listed([[Part(place)] for place in places]), ".") if places else None


def _works(works: Iterable[Work]) -> list[Part]:
    return listed([[Part(shown_name(as_node(work)), -work.id)] for work in works])


def _gap(opening: str, parts: list[Part], ending: str) -> Sentence:
    return Sentence("gap", (*([Part(opening)] if opening else []), *parts, Part(ending)))
