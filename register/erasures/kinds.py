"""The words of erasures: on which ground, how one ends, and which texts are never erased."""

from typing import NamedTuple


class Ground(NamedTuple):
    """A reason in law for which words may be erased."""

    key: str
    name: str
    means: str


GROUNDS = (
    Ground("request", "The person asked for it", "The right to erasure, UK GDPR article 17."),
    Ground("objection", "The person objected, and was right", "The right to object, article 21."),
    Ground("unlawful", "It should never have been recorded", "It is about the wrong person, or it says too much."),
    Ground("retention", "It was kept long enough", "The period of the retention schedule is over, article 5(1)(e)."),
    Ground("order", "A court or the Information Commissioner ordered it", "The order is kept outside this register."),
)
GROUND_BY_KEY = {ground.key: ground for ground in GROUNDS}

CONFIRMED, DECLINED, WITHDRAWN = "confirmed", "declined", "withdrawn"
OUTCOMES = {CONFIRMED: "Erased", DECLINED: "Declined", WITHDRAWN: "Withdrawn"}

KEPT = {
    ("organisation", "name"): "names a body, not a person",
    ("organisation_identifier", "value"): "a number in a public register",
    ("partnership", "name"): "names an arrangement, not a person",
    ("partnership_identifier", "value"): "a number in another system",
    ("deal_revision", "documents"): "keys of a list",
    ("evidence", "source"): "names a record",
    ("flag_answer", "reasons"): "names records",
    ("model_version", "parameters"): "figures of the model",
    ("model_version", "adopted_by"): "names an actor",
    ("import_batch", "choices"): "says how a file was read",
    ("import_batch", "counts"): "figures",
    ("organisation_merge", "moved"): "names records",
    ("api_token", "scopes"): "keys of a list",
    ("rule_set", "thresholds"): "figures of the rules",
    ("erasure", "fields"): "names records and fields",
    ("person", "email"): "signs the person in",
}
"""Texts that are never erased, and why."""

HELD_KINDS = ("partnership", "organisation", "contact")
"""What a legal hold can be set on."""
