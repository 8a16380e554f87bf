"""What people do about thresholds: propose a set, and confirm or decline what somebody else proposed."""

from register.accounts.models import Person
from register.accounts.permissions import role_may
from register.clock import clocks_now, now
from register.database import db
from register.history.recording import recorded
from register.refusals import Refusal
from register.risk.models import RuleSet
from register.risk.rule_lookups import thresholds_in_force
from register.risk.thresholds import Thresholds, base_of, differences
from register.text import line, required


def propose_rule_set(by: Person, thresholds: Thresholds, reason: str | None) -> RuleSet:
    """Propose thresholds, with the reason; they change nothing until somebody else confirms them."""
    why = required(line(reason, "reason", "The reason"), "reason", "Say why the thresholds should change.")
    if not differences(thresholds_in_force(clocks_now()), thresholds):
        raise Refusal("These are the thresholds in force already.", "value")
    row = RuleSet(
        number=None, thresholds=thresholds.as_text(), reason=why, proposed_at=now(), proposed_by_id=by.id,
        decided_at=None, decided_by_id=None,
    )
    with recorded(by.actor, "rule_set:proposed", why):
        db.session.add(row)
    return row


def confirm_rule_set(by: Person, row: RuleSet) -> None:
    """Put proposed thresholds in force. Needs a second person, and the set that they were made from still in force."""
    _check_pending(row)
    current = thresholds_in_force(clocks_now())
    if not role_may(by.role, "rules:change"):
        raise Refusal("Only a senior leader confirms thresholds.")
    if row.proposed_by_id == by.id:
        raise Refusal("Somebody else has to confirm what you proposed.")
    if base_of(row.thresholds) != current.number:
        raise Refusal("Other thresholds came into force since this was proposed: propose it anew.")
    with recorded(by.actor, "rule_set:confirmed", row.reason):
        row.number, row.decided_at, row.decided_by_id = current.number + 1, now(), by.id


def decline_rule_set(by: Person, row: RuleSet) -> None:
    """Decline proposed thresholds, also one's own."""
    _check_pending(row)
    with recorded(by.actor, "rule_set:declined"):
        row.decided_at, row.decided_by_id = now(), by.id


def _check_pending(row: RuleSet) -> None:
    if not row.is_pending:
        raise Refusal("Somebody decided on this already.")
