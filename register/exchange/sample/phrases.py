"""What the made-up interactions say: sentences put together, none about anybody."""

from random import Random

TOPICS = (
    "the figures of the last quarter", "who answers urgent referrals", "the rota for the winter", "the draft agreement",
    "how complaints are passed on", "the visit to the new site", "what residents told us", "the pooled budget",
    "staff who are leaving", "the timetable of the move", "the data that is shared", "the review due in spring",
    "waiting times", "the room and its opening hours", "the training of new colleagues", "the risk register",
)
TURNS = (
    "We agreed what each side does next.", "They came prepared and answered every question.",
    "Some papers were late, and we went through them together.", "We did not agree on the costs and will meet again.",
    "They told us early that it will take longer.", "Two actions of last time were still open.",
    "A colleague new to the work was introduced.", "It was short, and to the point.",
)
SEEN = {
    1: ("They had promised it twice and it was not there.", "They said one thing to us and another to the board."),
    2: ("We had to ask three times.", "The figures did not match those sent before."),
    3: ("Some of it was ready.", "As usual, neither better nor worse."),
    4: ("They sent it before the meeting.", "They explained openly what went wrong."),
    5: ("They found the mistake themselves and put it right.", "They gave way although it cost them."),
}  # fmt: skip
PROMISES = (
    "Send the figures by district", "Name a deputy for the board", "Put the change of hours into writing",
    "Share the training plan", "Answer the questions of the residents’ panel", "Return the signed agreement",
    "Report on waiting times", "Repair the entrance of the site",
)
DISPUTES = ("They withheld payment over", "They withdrew without notice from", "We disagreed in writing about")


def account(kind: str, random: Random) -> str:
    """Return what somebody wrote about an interaction of a kind."""
    topic = random.choice(TOPICS)
    if kind == "dispute":
        return f"{random.choice(DISPUTES)} {topic}."
    return f"We talked about {topic}. {random.choice(TURNS)}"
