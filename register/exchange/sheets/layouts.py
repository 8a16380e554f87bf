"""Our own sheets, one row of these tables a column: what is written, read, offered as a template and explained."""

from register.exchange.sheets.columns import (
    DAY,
    FLAG,
    ID,
    IDENTIFIERS,
    LIST,
    NAME,
    NAMES,
    NUMBER,
    PARAGRAPHS,
    PENCE,
    TEXT,
    WORD,
    WORDS,
    Column,
    Sheet,
)
from register.exchange.sheets.happening_layouts import COMMITMENTS, INTERACTIONS, PARTNERSHIP, READINGS
from register.partnerships import kinds
from register.partnerships.kinds import Kind
from register.trust.schemes import SCHEMES

TRUST_SCHEMES = tuple(Kind(scheme.key, scheme.name) for scheme in SCHEMES)

ORGANISATION = (
    Column("organisation_id", "Organisation id", ID, of="organisations", is_needed=True),
    Column("organisation", "Organisation", NAME, of="organisations"),
)

ORGANISATIONS = Sheet(
    "organisations",
    "Bodies, and units of them.",
    (
        Column("id", "Id", ID),
        Column("name", "Name", is_needed=True, also=("organisation-name", "organisation", "body", "full-name")),
        Column("short_name", "Short name", help="Fits on a map; 60 characters."),
        Column("other_names", "Other names", LIST, "All of them: one left out is withdrawn."),
        Column("sector", "Sector", WORD, words=kinds.SECTORS, is_needed=True),
        Column("kind", "Kind", WORD, words=kinds.ORGANISATION_KINDS, is_needed=True),
        Column("place", "Place", also=("town", "city", "location", "area")),
        Column("part_of_id", "Part of id", ID, "The body that this is a unit of.", of="organisations"),
        Column("part_of", "Part of", NAME, of="organisations"),
        Column("opened_on", "Opened on", DAY),
        Column("closed_on", "Closed on", DAY, "The day it ended, today or earlier."),
        Column("identifiers", "Identifiers", IDENTIFIERS, "New ones are added; none is taken away."),
        Column("successors", "Successors", NAMES, "Who took over; only for one that ended.", of="organisations"),
        Column("belongs_to", "Belongs to", NAMES, "Such as its combined authority.", of="organisations"),
    ),
)
CONTACTS = Sheet(
    "contacts",
    "People at organisations: the role first, the name only where it is needed.",
    (
        Column("id", "Id", ID),
        *ORGANISATION,
        Column("role", "Role", is_needed=True, also=("job-title", "position", "post")),
        Column("name", "Name", also=("full-name", "contact-name", "contact")),
        Column("email", "Email", also=("email-address", "e-mail")),
        Column("phone", "Phone", also=("telephone", "phone-number", "telephone-number", "tel")),
        Column("left_on", "Left on", DAY, "The last day, also one to come."),
    ),
)
PARTNERSHIPS = Sheet(
    "partnerships",
    "Arrangements between two or more organisations.",
    (
        Column("id", "Id", ID),
        Column("name", "Name", is_needed=True, also=("partnership-name", "partnership", "title")),
        Column("kind", "Kind", WORD, words=kinds.PARTNERSHIP_KINDS, is_needed=True),
        Column("purpose", "Purpose", PARAGRAPHS),
        Column("theme", "Theme", WORD, words=kinds.THEMES),
        Column("significance", "Significance", WORD, "Significant where it is empty.", kinds.SIGNIFICANCES),
        Column("stage", "Stage", WORD, "Running where it is empty.", kinds.STAGES),
        Column("scheme", "Determinants", WORD, "What its readings ask; usual for its kind where empty.", TRUST_SCHEMES),
        Column("is_restricted", "Restricted", FLAG, "For a new one only; change it later on its page."),
        Column("cadence_days", "Meets every, days", NUMBER),
        Column("lead_officer", "Lead officer", TEXT, "The email address of an officer of this register."),
        Column("senior_owner", "Senior owner"),
        Column("started_on", "Started on", DAY),
        Column("ends_on", "Ends on", DAY),
        Column("closed_on", "Closed on", DAY, "The day it closed, today or earlier; with its reason."),
        Column("close_reason", "Close reason"),
        Column("identifiers", "Identifiers", IDENTIFIERS, "What other systems call it; for a new one only."),
    ),
)
PARTICIPATIONS = Sheet(
    "participations",
    "Who takes part in which partnership.",
    (
        Column("id", "Id", ID),
        *PARTNERSHIP,
        *ORGANISATION,
        Column("role", "Role", WORD, words=kinds.PARTICIPATION_ROLES, is_needed=True),
        Column("joined_on", "Joined on", DAY),
        Column("left_on", "Left on", DAY),
    ),
)
DEALS = Sheet(
    "deals",
    "The terms in force, one row a partnership. A changed row becomes the next revision; the one before is kept.",
    (
        *PARTNERSHIP,
        Column("revision", "Revision", NUMBER, is_told=True),
        Column("reference", "Reference"),
        Column("legal_form", "Legal form", WORD, words=kinds.LEGAL_FORMS),
        Column("agreed_on", "Agreed on", DAY),
        Column("value", "Value", PENCE),
        Column("value_basis", "Value is", WORD, "Needed beside a value.", kinds.VALUE_BASES),
        Column("starts_on", "Starts on", DAY),
        Column("review_on", "Review on", DAY),
        Column("notice_on", "Notice by", DAY, "The last day to give notice."),
        Column("ends_on", "Ends on", DAY),
        Column("extension", "Extension"),
        Column("exit_arrangement", "Exit arrangement", PARAGRAPHS),
        Column("benefits_expected", "Benefits expected", PARAGRAPHS),
        Column("benefits_realised", "Benefits realised", PARAGRAPHS),
        Column("documents", "Documents in place", WORDS, "All of them.", kinds.DOCUMENTS),
    ),
)
CONTRIBUTIONS = Sheet(
    "contributions",
    "What each side puts in under the terms in force.",
    (
        *PARTNERSHIP,
        *ORGANISATION,
        Column("money", "Money", PENCE),
        Column("in_kind", "In kind", help="What is put in besides money."),
    ),
)
SHEETS = (
    ORGANISATIONS, CONTACTS, PARTNERSHIPS, PARTICIPATIONS, DEALS, CONTRIBUTIONS, INTERACTIONS, READINGS, COMMITMENTS,
)  # fmt: skip
"""In the order in which they are read: each refers only to those before it."""
SHEET_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
