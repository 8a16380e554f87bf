"""What helps: for each rule and each determinant a short list of actions worth taking, in our words, with the source.

Covey: Stephen M. R. Covey, The Speed of Trust (2006), thirteen behaviours of people who are trusted. Demos: State of
Trust (2008), recommendations to councils. ISO 44001: the standard for collaborative relationships, with its plan for
managing a relationship. Where no source is named, it follows from how the rule clears.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

COVEY: Final = "Covey’s thirteen behaviours"
DEMOS: Final = "Demos, State of Trust"
ISO: Final = "ISO 44001, the relationship management plan"


class Help(NamedTuple):
    """One action worth taking."""

    action: str
    source: str = ""


MEET = Help("Meet the partner’s lead in person and ask what they would need to see", f"{COVEY}: listen first")
RIGHT_WRONGS = Help("Say openly what went wrong on our side, and put it right", f"{COVEY}: right wrongs")
REVIEW = Help("Hold a joint review and log how it went, rated by both sides", ISO)
ESCALATE = Help("Take the issue up the agreed line, with a day by which it is answered", ISO)

HELP_FOR_RULE: Final[Mapping[str, tuple[Help, ...]]] = MappingProxyType({
    "breach_exposure": (
        Help("Settle with the partner which dealings go wrong most, and change how they are done", ISO),
        Help("Agree what each side expects of the next three months, in writing", f"{COVEY}: clarify expectations"),
        MEET,
    ),
    "recent_breach": (
        RIGHT_WRONGS,
        Help("Agree how the dispute is settled, who decides, and by when", ISO),
        Help("Talk straight about what happened, before anything else is agreed", f"{COVEY}: talk straight"),
    ),
    "weak_trust": (
        MEET,
        Help("Make one promise that can be kept within a month, and keep it", f"{COVEY}: keep commitments"),
        REVIEW,
    ),
    "one_sided": (
        Help("Ask the side that sees it worse for its account, and log it in its own voice", f"{COVEY}: listen first"),
        Help("Lay both views side by side at the next meeting of the board", ISO),
        RIGHT_WRONGS,
    ),
    "gone_quiet": (
        Help("Arrange a review within the month, and log it with readings", ISO),
        Help("Ring the contact and agree when you meet from now on"),
    ),
    "not_known": (
        Help("Log a review with readings by both sides", ISO),
        Help("Ask the partner how they see us, and write down what they say", f"{COVEY}: listen first"),
    ),
    "promises_overdue": (
        Help("Keep the promise now, or agree on a new day before the partner asks", f"{COVEY}: keep commitments"),
        Help("Say who answers for the promise from now on", f"{COVEY}: practise accountability"),
    ),
    "strong_deal_weak_relationship": (
        Help("Name one senior person on each side who answers for the relationship, not only the contract", ISO),
        REVIEW,
        MEET,
    ),
    "thin_deal_good_relationship": (
        Help("Write down what both sides already do: governance, risks, how it would end", ISO),
        Help("Agree what is expected of each side while relations are good", f"{COVEY}: clarify expectations"),
    ),
    "notice_open": (
        Help("Decide with the senior owner whether to go on, before the last day to give notice"),
        Help("Ask the partner for its own view of going on", f"{COVEY}: listen first"),
    ),
    "review_overdue": (
        Help("Hold the review, log it, and revise the deal with the next review day", ISO),
    ),
    "no_agreement": (
        Help("Record the agreement, or write one: purpose, who decides, money, how it ends", ISO),
    ),
    "no_exit": (
        Help("Agree an exit arrangement while nobody means to leave: staff, data, assets, notice", ISO),
    ),
    "end_near": (
        Help("Decide whether to extend, let it end or start anew, and tell the partner", f"{COVEY}: talk straight"),
        Help("Begin the exit arrangement, and record what was learned", ISO),
    ),
    "rests_on_one": (
        Help("Bring a second person of each side to the next three meetings", ISO),
        Help("Write a handover: who is who, what was promised, what is delicate", ISO),
    ),
    "single_point": (
        Help("Arrange a direct meeting between those who know one another only through this organisation"),
        Help("Name a second organisation that can convene them"),
    ),
})
"""By the key of `risk.rules.RULES`."""

HELP_FOR_DETERMINANT: Final[Mapping[str, tuple[Help, ...]]] = MappingProxyType({
    "ilm:ability": (
        Help("Agree what must be delivered first, and show the result", f"{COVEY}: deliver results"),
        Help("Offer the skill or the people that are missing", f"{COVEY}: get better"),
    ),
    "ilm:understanding": (
        Help("Spend a day on the partner’s site before the next decision", f"{COVEY}: listen first"),
        Help("Have each side write the other’s aims, then compare", ISO),
    ),
    "ilm:fairness": (
        Help("Open the books on who bears which cost and who gains", f"{COVEY}: create transparency"),
        Help("Agree how gain and pain are shared before the next change", ISO),
    ),
    "ilm:openness": (
        Help("Share bad news within two days, by agreement of both sides", f"{COVEY}: create transparency"),
        Help("Give the partner the papers of the meetings that concern it", f"{COVEY}: extend trust"),
    ),
    "ilm:integrity": (
        Help("List the promises made, and say of each whether it stands", f"{COVEY}: keep commitments"),
        Help("Say to the partner’s face what is said of it elsewhere", f"{COVEY}: show loyalty"),
    ),
    "ilm:consistency": (
        Help("Keep one person of contact, and one way of working, for six months", f"{COVEY}: clarify expectations"),
        Help("Review at a fixed interval, whatever happened", ISO),
    ),
    "demos:service_quality": (
        Help("Hold an open day at which people see the service and say what they think", DEMOS),
        Help("Publish what was promised and what was done, in plain words", DEMOS),
    ),
    "demos:personal_interactions": (
        Help("Train those whom people meet first, with people who use the service", DEMOS),
        Help("Appoint citizen advocates who speak for those who are not heard", DEMOS),
    ),
    "demos:fairness_of_decisions": (
        Help("Explain each decision to those it touches: who decided, why, and what was heard", DEMOS),
        Help("Hear people before the decision, and say afterwards what it changed", DEMOS),
    ),
    "covey:character": (
        Help("Talk straight about interests, and put wrongs right at once", f"{COVEY}: talk straight, right wrongs"),
    ),
    "covey:competence": (
        Help("Agree on results and deliver them", f"{COVEY}: deliver results"),
        Help("Say what did not work, and what follows from it", f"{COVEY}: confront reality"),
    ),
})
"""By the key of `trust.schemes`."""


def help_for(rule: str, determinant: str = "") -> tuple[Help, ...]:
    """Return what helps against the flag of a rule: first with the determinant that is asked about, if any."""
    return (*help_with(determinant), *HELP_FOR_RULE[rule])


def help_with(determinant: str) -> tuple[Help, ...]:
    """Return what helps with a determinant; nothing for one that no scheme has."""
    return HELP_FOR_DETERMINANT.get(determinant, ())


PLANNED_UNDER: Final = ("weak_trust", "strong_deal_weak_relationship", "one_sided", "recent_breach", "breach_exposure")
"""The flags that a plan for a relationship answers, the closest first."""
