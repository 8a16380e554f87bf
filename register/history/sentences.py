"""The sentences in which the story is told: one row for each action, and the words for fields."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """How an action is told: `{actor} <words>`."""

    action: str
    words: str


SENTENCES = (
    Sentence("person:added", "gave somebody an account"),
    Sentence("person:changed", "changed an account"),
    Sentence("person:disabled", "stopped somebody from signing in"),
    Sentence("person:enabled", "let somebody sign in again"),
    Sentence("person:password-reset", "set a new password for somebody"),
    Sentence("restricted_access:opened", "opened the restricted records"),
    Sentence("api_token:issued", "made a token for a program"),
    Sentence("api_token:ended", "ended a token"),
    Sentence("organisation:added", "added an organisation"),
    Sentence("organisation:edited", "changed an organisation"),
    Sentence("organisation_match:judged", "said whether two organisations that look alike are one"),
    Sentence("organisation_merge:made", "found two organisations to be one"),
    Sentence("organisation_merge:undone", "took a merge of two organisations back"),
    Sentence("participation:moved", "moved what one organisation has here to another, since the two are one"),
    Sentence("organisation:closed", "closed an organisation"),
    Sentence("organisation:reopened", "opened an organisation again"),
    Sentence("organisation_successor:named", "named a successor"),
    Sentence("organisation_membership:joined", "joined one organisation to another"),
    Sentence("contact:added", "added a contact"),
    Sentence("contact:edited", "changed a contact"),
    Sentence("partnership:started", "started the partnership"),
    Sentence("partnership:edited", "changed the partnership"),
    Sentence("partnership:closed", "closed the partnership"),
    Sentence("partnership:reopened", "opened the partnership again"),
    Sentence("participation:joined", "added a partner"),
    Sentence("participation:edited", "changed a partner’s part"),
    Sentence("partnership_member:set", "set who looks after it"),
    Sentence("partnership_member:ended", "ended somebody’s part in looking after it"),
    Sentence("deal_revision:agreed", "recorded the deal"),
    Sentence("deal_revision:revised", "revised the deal; the revision before stands in the record"),
    Sentence("interaction:logged", "logged an interaction"),
    Sentence("interaction:corrected", "corrected an interaction; the first version is kept and can be read"),
    Sentence("disagreement:stated", "recorded that somebody disagrees with an opinion"),
    Sentence("disagreement:withdrawn", "took back a statement of disagreement"),
    Sentence("commitment:made", "recorded a promise"),
    Sentence("settlement:made", "said what became of a promise"),
    Sentence("model_version:adopted", "adopted a version of the model of trust"),
    Sentence("settlement:changed", "changed what became of a promise"),
    Sentence("erasure:asked-for", "asked for words to be erased"),
    Sentence("erasure:confirmed", "erased words that somebody else had asked to erase"),
    Sentence("erasure:declined", "declined to erase something"),
    Sentence("history_value:erased-again", "erased again what had been erased before the register was restored"),
    Sentence("legal_hold:set", "set a legal hold: nothing of it may be erased"),
    Sentence("legal_hold:lifted", "lifted a legal hold"),
    Sentence("history_head:restored", "restored the register from a backup; the head before it is named"),
    Sentence("history_head:key-changed", "changed the key that signs checkpoints"),
    Sentence("flag_answer:acknowledged", "acknowledged a flag"),
    Sentence("flag_answer:planned", "planned what to do about a flag"),
    Sentence("flag_answer:deferred", "deferred a flag"),
    Sentence("flag_answer:closed", "closed a flag"),
    Sentence("evidence_pack:taken", "took evidence away"),
    Sentence("rule_set:proposed", "proposed thresholds for the rules of risk"),
    Sentence("rule_set:confirmed", "put proposed thresholds in force"),
    Sentence("saved_view:saved", "saved a view of the network"),
    Sentence("saved_view:edited", "changed a saved view of the network"),
    Sentence("saved_view:removed", "deleted a saved view of the network"),
    Sentence("rule_set:declined", "declined proposed thresholds"),
    Sentence("import_batch:brought", "brought in a file"),
    Sentence("import_batch:undone", "undid an import"),
    Sentence("organisation:undone", "undid what an import did to an organisation"),
    Sentence("organisation:restored", "brought an organisation in again whose import had been undone"),
    Sentence("partnership:undone", "undid what an import did to the partnership"),
    Sentence("partnership:restored", "brought the partnership in again after its import had been undone"),
    Sentence("contact:undone", "undid what an import did to a contact"),
    Sentence("contact:restored", "brought a contact in again whose import had been undone"),
    Sentence("participation:restored", "brought the part of a partner in again after its import had been undone"),
    Sentence("deal_revision:undone", "undid the revision of the deal that an import brought"),
    Sentence("participation:undone", "undid the part of a partner that an import brought"),
    Sentence("interaction:undone", "took back what an import did to an interaction"),
    Sentence("settlement:undone", "took back what an import said of a promise"),
    Sentence("partnership_member:undone", "undid who looks after the partnership by an import"),
    Sentence("organisation_alias:undone", "took back another name that an import gave an organisation"),
    Sentence("commitment:undone", "withdrew a promise whose import was undone"),
    Sentence("export:made", "took something out of the register"),
    Sentence("calendar_feed:made", "opened an address for a calendar"),
    Sentence("calendar_feed:revoked", "revoked the address of a calendar"),
)
WORDS_OF_ACTION = {sentence.action: sentence.words for sentence in SENTENCES}


def words_of(action: str) -> str:
    """Return how an action is told; one without a sentence tells its own name."""
    return WORDS_OF_ACTION.get(action) or action.replace(":", ": ").replace("_", " ").replace("-", " ")


def label_of(field: str) -> str:
    """Return a field's name for a reader: `held_on` becomes "Held on", `lead_officer_id` "Lead officer"."""
    return field.removeprefix("@").removesuffix("_id").removesuffix("_pence").replace("_", " ").capitalize()
