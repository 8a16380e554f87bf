"""The vocabulary of organisations, partnerships and deals: one row for each word."""

from collections.abc import Iterable
from typing import NamedTuple


class Kind(NamedTuple):
    """A word of the vocabulary: its key in the database, its name on a page, and what it means."""

    key: str
    name: str
    meaning: str = ""


SECTORS = (
    Kind("public", "Public", "a council, health body, police force or other public body"),
    Kind("private", "Private", "a company"),
    Kind("voluntary", "Voluntary", "a charity or social enterprise"),
    Kind("community", "Community", "a group of residents or people with a shared experience"),
)

ORGANISATION_KINDS = (
    Kind("council", "Council"),
    Kind("combined_authority", "Combined authority"),
    Kind("council_unit", "Part of a council"),
    Kind("health", "Health body"),
    Kind("police", "Police, fire or justice"),
    Kind("education", "School, college or university"),
    Kind("housing", "Housing association"),
    Kind("charity", "Charity"),
    Kind("community_group", "Community group"),
    Kind("company", "Company"),
    Kind("government", "Government department or agency"),
    Kind("other", "Other"),
)

IDENTIFIER_SCHEMES = (
    Kind("GB-COH", "Companies House", "company number, eight characters"),
    Kind("GB-CHC", "Charity Commission", "charity number, England and Wales"),
    Kind("GB-SC", "Scottish Charity Regulator", "charity number, Scotland"),
    Kind("GB-NIC", "Charity Commission for Northern Ireland", "charity number"),
    Kind("GB-NHS", "NHS organisation code", "Organisation Data Service code"),
    Kind("GB-LAE", "Local authority, England", "three-letter register code"),
    Kind("GB-LAS", "Local authority, Scotland", "register code"),
    Kind("GB-PLA", "Principal local authority, Wales", "register code"),
    Kind("GB-LANI", "Local authority, Northern Ireland", "register code"),
    Kind("GB-GSS", "Government Statistical Service code", "nine characters, such as E10000000"),
    Kind("GB-GOR", "Government organisation register", "departments and agencies"),
    Kind("GB-UKPRN", "UK provider reference number", "colleges and universities"),
    Kind("GB-PPON", "Public procurement organisation number", "Find a Tender's register of buyers and suppliers"),
)

PARTNERSHIP_KINDS = (
    Kind("shared_service", "Shared service", "two or more bodies run one service together"),
    Kind("commissioning", "Commissioning arrangement", "one body pays others to provide"),
    Kind("multi_agency", "Multi-agency partnership", "bodies with different duties work on one problem"),
    Kind("community_codesign", "Community co-design", "a public body and residents shape something together"),
    Kind("internal", "Internal collaboration", "parts of one body work together"),
)

THEMES = (
    Kind("joblessness", "Joblessness and skills"),
    Kind("obesity", "Obesity and active lives"),
    Kind("health", "Health and wellbeing"),
    Kind("care", "Adult social care"),
    Kind("children", "Children and families"),
    Kind("safety", "Community safety"),
    Kind("housing", "Housing and homelessness"),
    Kind("environment", "Waste, climate and environment"),
    Kind("transport", "Transport and highways"),
    Kind("communities", "Communities and inclusion"),
    Kind("corporate", "Corporate and professional services"),
    Kind("other", "Other"),
)

SIGNIFICANCES = (
    Kind("key", "Key", "failure would stop a service or harm people"),
    Kind("significant", "Significant", "failure would be costly or public"),
    Kind("routine", "Routine", "failure could be mended locally"),
)

STAGES = (
    Kind("forming", "Forming", "partners are agreeing what it is for"),
    Kind("running", "Running", "work is under way"),
    Kind("reviewing", "Under review", "partners are deciding whether and how to go on"),
    Kind("ending", "Ending", "notice is given, work is being handed over"),
    Kind("closed", "Closed", "no longer at work; its history is kept"),
)

PARTICIPATION_ROLES = (
    Kind("lead", "Lead"),
    Kind("commissioner", "Commissioner"),
    Kind("provider", "Provider"),
    Kind("funder", "Funder"),
    Kind("partner", "Partner"),
    Kind("codesigner", "Co-designer"),
)

MEMBER_PARTS = (
    Kind("officer", "Officer", "logs interactions and keeps the record"),
    Kind("lead", "Lead", "also corrects, sets members and restriction"),
    Kind("named", "Named leader", "a senior leader who may see it while it is restricted"),
)

VALUE_BASES = (
    Kind("annual", "a year"),
    Kind("total", "over the whole term"),
    Kind("estimate", "a year, estimated"),
    Kind("none", "no money changes hands"),
)

LEGAL_FORMS = (
    Kind("contract", "Contract"),
    Kind("section_75", "Section 75 agreement", "pooled health and care budgets, National Health Service Act 2006"),
    Kind("joint_committee", "Joint committee", "Local Government Act 1972, section 102"),
    Kind("company", "Jointly owned company"),
    Kind("grant", "Grant agreement"),
    Kind("memorandum", "Memorandum of understanding"),
    Kind("statutory", "Statutory partnership"),
    Kind("informal", "No written form"),
)

DOCUMENTS = (
    Kind("agreement", "Signed agreement"),
    Kind("terms_of_reference", "Terms of reference"),
    Kind("decision_rights", "Who decides what"),
    Kind("finance", "Finance schedule"),
    Kind("performance", "Performance measures"),
    Kind("risk_register", "Shared risk register"),
    Kind("data_sharing", "Data-sharing agreement"),
    Kind("disputes", "Way to settle disputes"),
    Kind("safeguarding", "Safeguarding arrangements"),
    Kind("equality", "Equality impact assessment"),
    Kind("exit", "Exit arrangement"),
)
"""The governing documents that a sound deal has; the deal's score is the share of them in place."""


def names(kinds: Iterable[Kind]) -> dict[str, str]:
    """Return the names of some words by key, for lists and pages."""
    return {kind.key: kind.name for kind in kinds}


def choices(kinds: Iterable[Kind]) -> list[tuple[str, str]]:
    """Return (key, name) pairs in the vocabulary's order, for a form."""
    return [(kind.key, kind.name) for kind in kinds]
