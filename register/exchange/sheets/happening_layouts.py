"""The sheets of what happens between partners: interactions, readings and commitments."""

from register.exchange.sheets.columns import DAY, ID, NAME, NAMES, NUMBER, PARAGRAPHS, WORD, Column, Sheet
from register.interactions.kinds import INTERACTION_KINDS, OUTCOMES, VOICES
from register.partnerships.kinds import Kind
from register.trust.schemes import SCHEMES

HAPPENINGS = tuple(Kind(kind.key, kind.name) for kind in INTERACTION_KINDS)
ENDINGS = tuple(Kind(outcome.key, outcome.name) for outcome in OUTCOMES)
DETERMINANTS = tuple(
    Kind(determinant.key, determinant.name, scheme.name) for scheme in SCHEMES for determinant in scheme.determinants
)

PARTNERSHIP = (
    Column("partnership_id", "Partnership id", ID, of="partnerships", is_needed=True),
    Column("partnership", "Partnership", NAME, of="partnerships"),
)

INTERACTIONS = Sheet(
    "interactions",
    "What happened between partners, in the version that stands. A changed row becomes a correction.",
    (
        Column("id", "Id", ID),
        *PARTNERSHIP,
        Column("kind", "Kind", WORD, words=HAPPENINGS, is_needed=True),
        Column("held_on", "Held on", DAY, "Today or earlier.", is_needed=True),
        Column("account", "What happened", PARAGRAPHS, is_needed=True),
        Column("present", "Present", NAMES, "The organisations that were there.", of="organisations", is_needed=True),
        Column("contacts", "Contacts present", NAMES, "Their contacts, as #7.", of="contacts"),
        Column("logged_by", "Logged by", is_told=True),
        Column("correction_reason", "Reason for correction", help="Why a row that is there was changed."),
    ),
)
READINGS = Sheet(
    "readings",
    "Scores of 1 to 5, each of one determinant, by one organisation about another. Opinions.",
    (
        Column("interaction_id", "Interaction id", ID, of="interactions", is_needed=True),
        Column("rater_id", "Rater id", ID, of="organisations", is_needed=True),
        Column("rater", "Rater", NAME, of="organisations"),
        Column("ratee_id", "Rated id", ID, of="organisations", is_needed=True),
        Column("ratee", "Rated", NAME, of="organisations"),
        Column("determinant", "Determinant", WORD, words=DETERMINANTS, is_needed=True),
        Column("score", "Score", NUMBER, "1 very poor, 2 poor, 3 fair, 4 good, 5 very good.", is_needed=True),
        Column("evidence", "Evidence", help="What was seen; needed for a 1."),
        Column("voice", "Voice", WORD, "Our own view where it is empty.", VOICES),
        Column("rated_by", "Opinion of", is_told=True),
    ),
)
COMMITMENTS = Sheet(
    "commitments",
    "Promises by one side to another, and what became of them.",
    (
        Column("id", "Id", ID),
        *PARTNERSHIP,
        Column("interaction_id", "Interaction id", ID, "Where it was promised.", of="interactions"),
        Column("replaces_id", "Replaces id", ID, "The renegotiated promise whose place it took.", of="commitments"),
        Column("promisor_id", "Promised by id", ID, of="organisations", is_needed=True),
        Column("promisor", "Promised by", NAME, of="organisations"),
        Column("promisee_id", "Promised to id", ID, of="organisations", is_needed=True),
        Column("promisee", "Promised to", NAME, of="organisations"),
        Column("what", "What", is_needed=True),
        Column("made_on", "Made on", DAY, "The interaction’s day, or today, where it is empty."),
        Column("due_on", "Due on", DAY, is_needed=True),
        Column("outcome", "Outcome", WORD, "Empty while it is open.", ENDINGS),
        Column("settled_on", "Settled on", DAY),
        Column("note", "Note", help="Needed to change an outcome that is there."),
    ),
)
