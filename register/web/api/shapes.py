"""The shapes of what programs get: the schemas that answers are written by and the document is drawn from."""

from typing import Any

import marshmallow as ma

from register.trust.figure import WORDS
from register.web.record_ids import LARGEST_ID


def told(words: str, **options: Any) -> dict[str, Any]:
    """Return the options of a field that is always there, with what it means."""
    return {"required": True, "metadata": {"description": words}, **options}


def maybe(words: str) -> dict[str, Any]:
    """Return the options of a field that is null where there is nothing to say."""
    return told(words, allow_none=True)


def which(words: str, **options: Any) -> dict[str, Any]:
    """Return the options of an id that programs send: a whole number that a record can have, never one cut to it."""
    return {**told(words, strict=True, validate=ma.validate.Range(1, LARGEST_ID)), **options}


class Identifier(ma.Schema):
    """A number in a register that somebody else keeps."""

    scheme = ma.fields.String(**told("By org-id.guide, such as GB-COH"))
    value = ma.fields.String(**told("The number"))


class Organisation(ma.Schema):
    """A body or, with a parent, a unit of one."""

    id = ma.fields.Integer(**told("Our own number"))
    name = ma.fields.String(**told("Its name"))
    short_name = ma.fields.String(**maybe("A name that fits on a map"))
    sector = ma.fields.String(**told("public, private, voluntary or community"))
    kind = ma.fields.String(**told("Which kind of organisation"))
    place = ma.fields.String(**maybe("Where it works"))
    parent_id = ma.fields.Integer(**maybe("The organisation of which it is a unit"))
    opened_on = ma.fields.Date(**maybe("Its first day"))
    closed_on = ma.fields.Date(**maybe("Its last day"))
    identifiers = ma.fields.List(ma.fields.Nested(Identifier), **told("Its numbers elsewhere"))


class Part(ma.Schema):
    """An organisation's part in a partnership."""

    organisation_id = ma.fields.Integer(**told("Whose part"))
    role = ma.fields.String(**told("lead, commissioner, provider, funder, partner or co-designer"))
    joined_on = ma.fields.Date(**maybe("Its first day"))
    left_on = ma.fields.Date(**maybe("Its last day"))


class Deal(ma.Schema):
    """The terms in force."""

    revision = ma.fields.Integer(**told("The first is 1"))
    reference = ma.fields.String(**maybe("What the agreement is called"))
    legal_form = ma.fields.String(**maybe("Such as contract or grant agreement"))
    value_pence = ma.fields.Integer(**maybe("Money in whole pence"))
    value_basis = ma.fields.String(**maybe("Whether a year or in all"))
    starts_on = ma.fields.Date(**maybe("The first day"))
    review_on = ma.fields.Date(**maybe("The day of the next review"))
    notice_on = ma.fields.Date(**maybe("The last day on which notice can be given"))
    ends_on = ma.fields.Date(**maybe("The last day"))


class Partnership(ma.Schema):
    """An arrangement between two or more organisations."""

    id = ma.fields.Integer(**told("Our own number"))
    name = ma.fields.String(**told("Its name"))
    kind = ma.fields.String(**told("Which kind of partnership"))
    purpose = ma.fields.String(**maybe("What it is for"))
    theme = ma.fields.String(**maybe("What it works on"))
    significance = ma.fields.String(**told("How much hangs on it"))
    stage = ma.fields.String(**told("Where in its life it is"))
    is_restricted = ma.fields.Boolean(**told("Whether only its members may know of it"))
    started_on = ma.fields.Date(**maybe("Its first day"))
    ends_on = ma.fields.Date(**maybe("The day it is meant to end"))
    closed_on = ma.fields.Date(**maybe("The day it was closed"))
    parts = ma.fields.List(ma.fields.Nested(Part), **told("Who takes part, as it was on the day"))
    deal = ma.fields.Nested(Deal, **maybe("The terms in force, as they were known"))


class Standing(ma.Schema):
    """What is computed of a relationship on a day. With the word “not known” the figure says next to nothing."""

    word = ma.fields.String(**told("The word that stands for it", validate=ma.validate.OneOf(WORDS)))
    figure = ma.fields.Float(**told("0 to 1"))
    low = ma.fields.Float(**told("Lower end of the 90 % band"))
    high = ma.fields.Float(**told("Upper end of the 90 % band"))
    not_known = ma.fields.Float(**told("0 to 1: how much is not known", attribute="unknown"))
    good = ma.fields.Float(**told("Good evidence, aged, in interactions of today"))
    bad = ma.fields.Float(**told("Bad evidence, aged"))
    lent = ma.fields.Float(**told("The prior that is lent by what others say of the ratee"))


class DeterminantStanding(Standing):
    """The standing of one determinant."""

    determinant = ma.fields.String(**told("With its scheme, such as ilm:openness"))


class Relationship(ma.Schema):
    """One organisation's standing view of another inside a partnership."""

    partnership_id = ma.fields.Integer(**told("Inside which partnership"))
    rater_id = ma.fields.Integer(**told("Whose view"))
    ratee_id = ma.fields.Integer(**told("Of whom"))
    evidence = ma.fields.Integer(**told("Pieces of evidence, whatever their age"))
    first_held_on = ma.fields.Date(**maybe("Day of the oldest evidence"))
    last_held_on = ma.fields.Date(**maybe("Day of the newest evidence"))
    standing = ma.fields.Nested(Standing, **told("What is computed of it"))
    model_version = ma.fields.Integer(**told("Version of the model that computed it"))


class RelationshipInFull(Relationship):
    """A relationship with the standing of each determinant that was ever rated."""

    determinants = ma.fields.List(ma.fields.Nested(DeterminantStanding), **told("Each determinant by itself"))


class Present(ma.Schema):
    """Somebody who was there."""

    organisation_id = ma.fields.Integer(**which("Of which organisation"))
    contact_id = ma.fields.Integer(**which("Its contact, where known", required=False, allow_none=True))


class Reading(ma.Schema):
    """One score of one determinant: an opinion."""

    rater_id = ma.fields.Integer(**which("Whose view"))
    ratee_id = ma.fields.Integer(**which("Of whom"))
    determinant = ma.fields.String(**told("With its scheme, such as ilm:openness"))
    score = ma.fields.Integer(**told("1, very poor, to 5", strict=True))
    evidence = ma.fields.String(allow_none=True, metadata={"description": "What was seen; needed with a score of 1"})
    voice = ma.fields.String(metadata={"description": "Whether the rater's own view or what the other side told"})


class Disagreement(ma.Schema):
    """What those who were rated say against an opinion; it stands beside it and changes no figure."""

    rater_id = ma.fields.Integer(**told("Whose view it is about"))
    ratee_id = ma.fields.Integer(**told("Who disagrees"))
    contact_id = ma.fields.Integer(allow_none=True, metadata={"description": "Who of them says it, where known"})
    statement = ma.fields.String(**told("What they say"))
    manner = ma.fields.String(**told("Whether it came in writing or was told"))


class Promise(ma.Schema):
    """A promise by one side to another."""

    promisor_id = ma.fields.Integer(**which("Who promised"))
    promisee_id = ma.fields.Integer(**which("To whom"))
    what = ma.fields.String(**told("What was promised"))
    due_on = ma.fields.Date(**told("By which day"))


class Interaction(ma.Schema):
    """Something that happened between partners on a day, in its newest version."""

    id = ma.fields.Integer(**told("Our own number, of this version"))
    first_id = ma.fields.Integer(**told("The number of its first version, which stays when it is corrected"))
    partnership_id = ma.fields.Integer(**told("In which partnership"))
    kind = ma.fields.String(**told("Such as meeting or call"))
    held_on = ma.fields.Date(**told("The day it happened"))
    account = ma.fields.String(**told("What happened"))
    recorded_at = ma.fields.AwareDateTime(**told("When the register learned of it"))
    present = ma.fields.List(ma.fields.Nested(Present), **told("Who was there"))
    readings = ma.fields.List(ma.fields.Nested(Reading), **told("What was seen of trust"))
    disagreements = ma.fields.List(ma.fields.Nested(Disagreement), **told("What was said against the readings"))


class NewReading(Reading):
    """A score to keep."""

    class Meta:
        """What is not known is refused."""

        unknown = ma.RAISE

    voice = ma.fields.String(load_default="own", metadata={"description": "Whose view it is"})
    evidence = ma.fields.String(load_default=None, allow_none=True)


class NewInteraction(ma.Schema):
    """What happened. Two lines are enough: the account and who was there."""

    class Meta:
        """What is not known is refused."""

        unknown = ma.RAISE

    partnership_id = ma.fields.Integer(**which("In which partnership"))
    kind = ma.fields.String(**told("Such as meeting or call"))
    held_on = ma.fields.Date(**told("The day it happened, today or earlier"))
    account = ma.fields.String(**told("What happened"))
    present = ma.fields.List(ma.fields.Nested(Present), **told("Who was there"))
    readings = ma.fields.List(ma.fields.Nested(NewReading), load_default=list)
    commitments = ma.fields.List(ma.fields.Nested(Promise), load_default=list)


class Flag(ma.Schema):
    """An argument that a collaboration is at risk."""

    rule = ma.fields.String(**told("Which rule raised it"))
    name = ma.fields.String(**told("The rule's name"))
    words = ma.fields.String(**told("The argument in a sentence"))
    reasons = ma.fields.List(ma.fields.String(), **told("What it rests on"))
    since = ma.fields.Date(**told("Since when it holds"))
    clears = ma.fields.String(**told("What would clear it"))
    who_acts = ma.fields.String(**maybe("Who acts"))
    severity = ma.fields.String(**told("high, medium, deal, quiet or not-known"))
    state = ma.fields.String(**told("Where its answer stands"))
    rule_set = ma.fields.Integer(**told("Number of the set of thresholds that raised it"))


class Flagged(ma.Schema):
    """A partnership on the watchlist."""

    rank = ma.fields.Integer(**told("The worst is 1"))
    partnership_id = ma.fields.Integer(**told("Which partnership"))
    name = ma.fields.String(**told("Its name"))
    flags = ma.fields.List(ma.fields.Nested(Flag), **told("The worst first"))


class Watchlist(ma.Schema):
    """The partnerships with flags, worst first."""

    on = ma.fields.Date(**told("As it was on this day"))
    known = ma.fields.Date(**maybe("As the register knew it on this day; null: as it knows now"))
    items = ma.fields.List(ma.fields.Nested(Flagged), **told("Worst first"))


class NetworkNode(ma.Schema):
    """One organisation of the network."""

    id = ma.fields.Integer(**told("Its number"))
    name = ma.fields.String(**told("Its name"))
    sector = ma.fields.String(**told("Its sector"))


class NetworkTie(ma.Schema):
    """Two organisations that share a live partnership."""

    a = ma.fields.Integer(**told("The smaller number of the two"))
    b = ma.fields.Integer(**told("The larger number"))
    partnerships = ma.fields.List(ma.fields.Integer(), **told("What they share"))
    word = ma.fields.String(**told("The weaker of the known directions", validate=ma.validate.OneOf(WORDS)))
    a_of_b = ma.fields.String(**maybe("The word for a's view of b"))
    b_of_a = ma.fields.String(**maybe("The word for b's view of a"))
    last_on = ma.fields.Date(**maybe("The last day they were logged together"))


class Network(ma.Schema):
    """Who works with whom, and how strongly."""

    on = ma.fields.Date(**told("As it was on this day"))
    known = ma.fields.Date(**maybe("As the register knew it on this day; null: as it knows now"))
    nodes = ma.fields.List(ma.fields.Nested(NetworkNode), **told("Organisations"))
    ties = ma.fields.List(ma.fields.Nested(NetworkTie), **told("Who works with whom"))
