"""The accounts of generated interactions: what a partnership really talks about, between an opening and a closing."""

from random import Random

from register.exchange.example.organisations import BODIES
from register.exchange.example.outlines import Outline
from register.exchange.example.phrases import CLOSINGS, OPENINGS, TALK, Mood
from register.exchange.example.records import Contact

LABELS = {body.key: body.short or body.name for body in BODIES}
OWN_SENTENCE = 0.75
"""How often an account tells something that happened only once."""


def said_together(keys: list[str]) -> str:
    """Return names as they are said: "Otterholm, Tilverley and Pedal"."""
    names = [LABELS[key] for key in keys]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


class Narrator:
    """Tells the accounts of one partnership; what happened once is told once."""

    def __init__(self, outline: Outline, random: Random) -> None:
        self._matters = outline.matters
        self._random = random
        self._told = {
            "good": random.sample([matter[1] for matter in outline.matters], len(outline.matters)),
            "poor": random.sample([matter[2] for matter in outline.matters], len(outline.matters)),
        }
        self._last = ""
        self._said: set[str] = set()

    def account(self, kind: str, others: list[str], speaker: Contact, mood: Mood) -> str:
        """Return two to four sentences about an interaction with some organisations."""
        sentences = [self._random.choice(OPENINGS[kind]), *self._middle(mood), self._random.choice(CLOSINGS[mood])]
        role = speaker.role.partition(",")[0]
        words = {"other": said_together(others), "who": f"the {role[0].lower()}{role[1:]}"}
        return " ".join(_capital(sentence.format(**words)) for sentence in sentences if sentence)

    def _middle(self, mood: Mood) -> list[str]:
        own = self._told.get(mood, [])
        told = [own.pop()] if own and self._random.random() < OWN_SENTENCE else []
        if told and self._random.random() < 1 / 2:
            return told
        return [*told, self._talk(mood)]

    def _talk(self, mood: Mood) -> str:
        """Return a sentence about something else than last time, one that was not said before if there is any."""
        matters = [matter[0] for matter in self._matters if matter[0] != self._last]
        sentences = [(matter, talk.replace("{matter}", matter)) for matter in matters for talk in TALK[mood]]
        fresh = [pair for pair in sentences if pair[1] not in self._said]
        self._last, sentence = self._random.choice(fresh or sentences)
        self._said.add(sentence)
        return sentence


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
