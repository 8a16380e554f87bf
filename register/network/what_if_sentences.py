"""What would fall apart, said in sentences."""

from collections.abc import Iterable, Mapping

from register.network.graph import Tie
from register.network.what_if import WhatIf
from register.network.wording import NAMES_SHOWN, Part, Sentence, names_of, number_of, pairs_of


def what_if_sentences(found: WhatIf, theme_names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return what would be different, the worst first; and that nothing would, where that is so."""
    said: Iterable[Sentence | None] = (
        cut_off(found),
        *apart(found),
        ended(found),
        lapsing(found),
        unknown(found),
        _works("alone", "would be left with one partner", [work.name for work in found.alone]),
        _works("leaderless", f"would have {no_lead(found)}", [work.name for work in found.leaderless]),
        _themes(found, theme_names),
    )
    return tuple(one for one in said if one is not None)


def no_lead(found: WhatIf) -> str:
    """Return what a partnership lacks that nobody leads: when an officer goes, its officer."""
    return "no lead officer" if found.gone.officer_id is not None else "nobody to lead it"


def cut_off(found: WhatIf) -> Sentence:
    """Say who would lose the rest, or that nobody would."""
    lost = [one for piece in found.cut_off for one in piece]
    if not lost:
        return Sentence("cut off", (Part("Nobody would be cut off."),))
    network = found.before
    return Sentence("cut off", (*names_of(network, lost), Part(" would be cut off from the rest.")))


def apart(found: WhatIf) -> Iterable[Sentence]:
    """Say who would at least keep one another."""
    for piece in [piece for piece in found.cut_off if len(piece) > 1][:NAMES_SHOWN]:
        yield Sentence("apart", (*names_of(found.before, piece), Part(" would keep only one another.")))


def ended(found: WhatIf) -> Sentence:
    """Say how many ties would be no more."""
    if not found.ended:
        return Sentence("ended", (Part("No relationship would end."),))
    text = f"{number_of(len(found.ended), 'relationship')} would end"
    gone = found.gone.organisation_id
    if gone is not None:
        others = names_of(found.before, [tie.other(gone) for tie in found.ended])
        return Sentence("ended", (Part(f"{text}, with "), *others, Part(".")))
    return Sentence("ended", (Part(f"{text}: "), *_ties(found, found.ended), Part(".")))


def lapsing(found: WhatIf) -> Sentence | None:
    """Say which ties nobody would carry any more."""
    if not found.lapsing:
        return None
    text = f"{number_of(len(found.lapsing), 'relationship')} would rest on nobody: "
    return Sentence("lapsing", (Part(text), *_ties(found, found.lapsing), Part(".")))


def unknown(found: WhatIf) -> Sentence | None:
    """Say of which ties nothing would be known any more."""
    if not found.unknown:
        return None
    text = f"Of {number_of(len(found.unknown), 'relationship')} we would no longer know how it stands: "
    return Sentence("unknown", (Part(text), *_ties(found, found.unknown), Part(".")))


def _ties(found: WhatIf, ties: tuple[Tie, ...]) -> list[Part]:
    return pairs_of(found.before, ties)


def _works(about: str, what: str, names: list[str]) -> Sentence | None:
    """Return for example "Flood protection would be left with one partner"."""
    if not names:
        return None
    shown = "; ".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    others = f"; and {more} {'other partnership' if more == 1 else 'other partnerships'}" if more > 0 else ""
    every = f" {'each ' if len(names) > 1 else ''}{what}."
    return Sentence(about, (Part(f"{shown}{others}:{every}" if len(names) > 1 else f"{shown}{every}"),))


def _themes(found: WhatIf, theme_names: Mapping[str, str]) -> Sentence | None:
    if not found.themes:
        return None
    names = [theme_names.get(theme, theme) for theme in found.themes]
    which = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return Sentence("themes", (Part(f"The work on {which} would have no lead left."),))
