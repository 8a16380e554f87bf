"""The sentences that the generated accounts and evidence lines of the example are made of.

`{matter}` is what was talked about,
such as "the food-waste round"; `{other}` an organisation; `{who}` a contact’s role.
"""

from typing import Literal

Mood = Literal["good", "fair", "poor"]

OPENINGS: dict[str, tuple[str, ...]] = {
    "meeting": ("Met {other}.", "An hour with {other} at their place.", "Met {other} on screen.",
                "Regular meeting with {other}.",
                "Met {other}; {who} took us through it.", "Sat down with {other} before the board."),
    "call": ("Rang {other}.", "{other} rang.", "Short call with {other}.", "Call with {who} at {other}.",
             "Rang back after a message from {other}."),
    "workshop": ("Half a day together with {other}.", "Workshop, eleven people, with {other}.",
                 "Worked on the wall with {other}."),
    "site_visit": ("Visited {other}.", "Went to see it on the ground with {other}.",
                   "Walked the site with {who} from {other}."),
    "board": ("Board, all papers taken.", "Board; {other} presented.", "Board, two items deferred.",
              "Board, with {who} in the chair."),
    "codesign": ("Evening session with {other}, nineteen people.", "Session at the hall with {other}.",
                 "Read the papers aloud together with {other}.", "Session with {other}; children drew, adults talked."),
    "review": ("Review of the half-year with {other}.", "Joint review; each side scored the other.",
               "Review against the terms with {other}."),
}

TALK: dict[Mood, tuple[str, ...]] = {
    "good": (
        "Went through {matter} line by line; nothing is outstanding.",
        "On {matter} they had done what they said, and a little more.",
        "{who} brought the figures on {matter} before we asked.",
        "Agreed who does what on {matter} in ten minutes.",
        "A difficulty over {matter} was raised early and settled in the room.",
        "They offered a member of staff for {matter} at no cost.",
        "Their paper on {matter} was clear and short.",
        "Lessons from {matter} will be shown to the other partners.",
    ),
    "fair": (
        "Talked about {matter}; no decision yet.",
        "Progress on {matter} is slower than planned, for reasons that all understand.",
        "Figures on {matter} to follow.",
        "We see {matter} differently and wrote both views down.",
        "Half of what was agreed on {matter} is done.",
        "{who} was new to {matter}; we went over the beginning again.",
        "The paper on {matter} came the evening before.",
    ),
    "poor": (
        "No answer again on {matter}.",
        "What was said about {matter} last time turned out not to be so.",
        "{who} could not say who decides on {matter}.",
        "The figures on {matter} had changed and nobody could explain it.",
        "We heard about {matter} from somebody else first.",
        "Voices were raised over {matter}; we stopped there.",
        "They sent a substitute who knew nothing of {matter}.",
    ),
}

CLOSINGS: dict[Mood, tuple[str, ...]] = {
    "good": ("Good tempered.", "Ended early.", "Both sides said thank you.", "", "", ""),
    "fair": ("We come back to it next time.", "To be followed up by telephone.", "", "", ""),
    "poor": ("No date for the next one.", "I shall ring on Monday.", "They left before the end.", "", ""),
}

EVIDENCE: dict[str, dict[Mood, tuple[str, ...]]] = {
    "ability": {
        "good": ("Did what they took on: {matter}", "Had the people for {matter}", "Solved {matter} without our help",
                 "Knew {matter} inside out"),
        "fair": ("Half done on {matter}", "Needed our help with {matter}", "Short of people for {matter}"),
        "poor": ("Could not deliver {matter}", "Nobody left who knows {matter}", "Third attempt at {matter}"),
    },
    "understanding": {
        "good": ("Asked what {matter} means for us", "Planned {matter} around our dates",
                 "Knew our limits on {matter}"),
        "fair": ("Listened on {matter}, did not change the plan", "Sees {matter} from one side, politely"),
        "poor": ("Did not see why {matter} matters to us", "Talked past us on {matter}"),
    },
    "fairness": {
        "good": ("Took their share of the cost of {matter}", "Gave ground on {matter} unasked",
                 "Shared the gain on {matter}"),
        "fair": ("Wanted more for {matter}, then met half-way", "Fair on {matter}, in their own time"),
        "poor": ("Wants us to carry all of {matter}", "Kept the gain on {matter}",
                 "Left us with the bill for {matter}"),
    },
    "openness": {
        "good": ("Told us early about {matter}", "Showed the figures on {matter}",
                 "Named their own mistake on {matter}"),
        "fair": ("Answered on {matter} when asked", "Told us part of {matter}"),
        "poor": ("Said nothing of {matter} until we asked twice", "Kept back the figures on {matter}"),
    },
    "integrity": {
        "good": ("Said on {matter} what they then did", "Kept their word on {matter} though it cost them"),
        "fair": ("Careful wording on {matter}", "Meant it on {matter}, I think; not yet done"),
        "poor": ("Said one thing on {matter} and did another", "Went back on {matter}"),
    },
    "consistency": {
        "good": ("Same good conduct on {matter} as last time", "Same person, same message on {matter}"),
        "fair": ("Better on {matter} than last time, worse than before", "A new face for {matter}"),
        "poor": ("A third answer on {matter}", "Changed the plan for {matter} again"),
    },
    "service_quality": {
        "good": ("{matter}: as good as they said", "Works for people: {matter}"),
        "fair": ("{matter}: usable, not finished", "Some liked {matter}, some did not"),
        "poor": ("{matter}: not what was asked for", "People cannot use it: {matter}"),
    },
    "personal_interactions": {
        "good": ("Took time over {matter} and listened", "Greeted everybody by name; talked {matter} through"),
        "fair": ("Polite, in a hurry over {matter}", "Listened to some on {matter}"),
        "poor": ("Talked over people on {matter}", "Nobody was told they had been heard on {matter}"),
    },
    "fairness_of_decisions": {
        "good": ("Decided {matter} in the room, with reasons", "Changed {matter} after hearing people"),
        "fair": ("Heard people on {matter}; decision elsewhere", "Reasons for {matter} came later"),
        "poor": ("Decided {matter} before asking", "No reasons given for {matter}"),
    },
}

NOTES: dict[str, tuple[str, ...]] = {
    "kept": ("", "", "", "Done a day early", "Seen and checked"),
    "late": ("Came after a reminder", "Late, and they told us beforehand", "Late by reason of staff sickness"),
    "broken": ("Not done", "Nothing came, and no word", "Done by us in the end"),
    "renegotiated": ("Both sides asked for more time", "Waiting for a decision elsewhere"),
    "withdrawn": ("No longer needed", "Overtaken by another decision"),
}

CORRECTIONS: tuple[tuple[str, str], ...] = (
    ("{other} were also shown the draft minutes.", "The first entry left out the minutes"),
    ("The next date is still to be fixed.", "The first entry named a date that was not agreed"),
    ("Two apologies were received.", "Apologies were missing"),
    ("The figures are provisional.", "Asked for by the partner"),
)
