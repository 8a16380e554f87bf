"""How it is told what happened to accounts, tokens, organisations, holds, and words that were to be erased.

Example: "Ruth Adeyemi stopped Bob Lane from signing in." A digest that stands for a secret tells a reader nothing.
"""

from collections.abc import Callable, Mapping

from register.erasures.kinds import GROUND_BY_KEY
from register.history.sentences import label_of, words_of
from register.interactions.kinds import MANNERS
from register.partnerships.kinds import names
from register.web.chart_words import listed
from register.web.teller import Teller, Telling

MANNER_NAMES = names(MANNERS)
Tell = Callable[[Teller], Telling]


def _did_to(verb: str, after: str = "", *fields: str) -> Tell:
    """Return how something is told that was done to a record of a name, such as "Ada stopped Bob from signing in."."""

    def tell(teller: Teller) -> Telling:
        shown = teller.fields(teller.act.subject) if not fields else ()
        return Telling(f"{teller.actor} {verb} {teller.held('name')}{after}.", fields=shown)

    return tell


ALONE = "alone"
"""Says that the sentence tells all there is: no field stands below it."""


def _added(teller: Teller) -> Telling:
    parts = [teller.said("role"), teller.said("job_title"), teller.said("email")]
    until = f"until {teller.said('last_day')}" if teller.said("last_day") else ""
    said = ", ".join(part for part in (*parts, until) if part)
    return Telling(f"{teller.actor} gave {teller.said('name')} an account:", f"{said}.")


def _issued(teller: Teller) -> Telling:
    may = listed([f"“{scope}”" for scope in str(teller.value("scopes") or "").split(",")])
    return Telling(
        f"{teller.actor} made a token for a program:",
        f"“{teller.said('name')}”, which may {may}, until {teller.said('expires_at')}.",
    )


def _opened(teller: Teller) -> Telling:
    return Telling(f"{teller.actor} {words_of(teller.act.action)}", f"until {teller.said('expires_at')}.")


def _closed(teller: Teller) -> Telling:
    lead = f"{teller.actor} closed the organisation {teller.held('name')}"
    return Telling(lead, f"as of {teller.said('closed_on')}.")


def _part_ended(teller: Teller) -> Telling:
    return Telling(f"{teller.actor} ended the part of {teller.held('person_id')} in looking after it.")


def _at_organisation(form: str) -> Tell:
    """Return how a change is told of something that an organisation has."""

    def tell(teller: Teller) -> Telling:
        said = form.format(actor=teller.actor, body=teller.held("organisation_id"))
        return Telling(said, fields=teller.fields(teller.act.subject))

    return tell


def _two(form: str) -> Tell:
    """Return how something is told of two organisations, which the form names by their fields."""

    def tell(teller: Teller) -> Telling:
        names = {change.name: teller.said(change.name) for change in teller.act.subject.fields}
        return Telling(form.format(actor=teller.actor, **names))

    return tell


def _alone(teller: Teller) -> Telling:
    """Tell an act whose sentence says all but why, which stands below it."""
    return Telling(f"{teller.actor} {words_of(teller.act.action)}.")


def _disagreed(teller: Teller) -> Telling:
    manner = MANNER_NAMES[str(teller.value("manner"))].lower()
    of = f"{teller.said('ratee_id')} disagrees with what {teller.said('rater_id')} said of it"
    return Telling(f"{teller.actor} recorded that {of}:", f"{teller.said('statement')} ({manner})")


def _asked_to_erase(teller: Teller) -> Telling:
    ground = GROUND_BY_KEY[str(teller.value("ground"))].name
    fields = [place.split(":") for place in str(teller.value("fields")).split()]
    what = listed([f"{label_of(name)} of {label_of(entity).lower()} {number}" for entity, number, name in fields])
    return Telling(f"{teller.actor} asked for words to be erased:", f"{what}. {ground}.")


def _declined(teller: Teller) -> Telling:
    return Telling(f"{teller.actor} {words_of(teller.act.action)}:", teller.said("decline_reason"))


TELLINGS_OF_PEOPLE: Mapping[str, Tell] = {
    "person:added": _added,
    "person:changed": _did_to("changed the account of"),
    "person:disabled": _did_to("stopped", " from signing in", ALONE),
    "person:enabled": _did_to("let", " sign in again", ALONE),
    "person:password-reset": _did_to("set a new password for", "", ALONE),
    "restricted_access:opened": _opened,
    "api_token:issued": _issued,
    "api_token:ended": _did_to("ended the token", "", ALONE),
    "organisation:edited": _did_to("changed the organisation"),
    "organisation:closed": _closed,
    "organisation:reopened": _did_to("opened the organisation", " again", ALONE),
    "organisation_successor:named": _two("{actor} named {successor_id} the successor of {organisation_id}."),
    "organisation_membership:joined": _two("{actor} recorded that {organisation_id} belongs to {of_id}."),
    "organisation_match:judged": _two("{actor} looked at whether {one_id} and {other_id} are one: {judgement}."),
    "organisation_merge:undone": _alone,
    "contact:edited": _at_organisation("{actor} changed a contact at {body}."),
    "participation:edited": _at_organisation("{actor} changed the part of {body}."),
    "partnership_member:ended": _part_ended,
    "calendar_feed:made": _alone,
    "calendar_feed:revoked": _alone,
    "disagreement:stated": _disagreed,
    "disagreement:withdrawn": _alone,
    "legal_hold:lifted": _alone,
    "erasure:asked-for": _asked_to_erase,
    "erasure:declined": _declined,
}
