"""What is done to people's accounts: add, change, disable, reset, sign in and out."""

import hashlib
import re
import secrets
import unicodedata
from datetime import date, timedelta

from sqlalchemy import delete, func, or_, select

from register.accounts.access_log import note_access
from register.accounts.kinds import ROLE_BY_KEY
from register.accounts.models import ApiToken, Person, RestrictedAccess, SignIn, SignInAttempt
from register.accounts.passwords import hash_password, matches, waste_time
from register.accounts.permissions import role_may
from register.clock import now, today
from register.database import db
from register.history.recording import recorded
from register.refusals import Refusal
from register.text import CONTROL, LINE, line, required

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SESSION_LENGTH = timedelta(hours=12)
RESTRICTED_ACCESS_LENGTH = timedelta(hours=8)
WINDOW = timedelta(minutes=15)
FAILURES_PER_PERSON = 5
FAILURES_PER_ADDRESS = 30
ADMINISTRATOR = "administrator"
WRONG = "The email address or the password is wrong."


def add_person(
    actor: str,
    *,
    email: str,
    name: str,
    role: str,
    password: str,
    job_title: str | None = None,
    last_day: date | None = None,
) -> Person:
    """Add somebody who may sign in, up to a last day where there is one.

    Refuses a second account for an address, unknown roles, weak passwords and a last day that is over.
    """
    address = clean_email(email)
    if find_person(address):
        message = f"There is an account for {address} already."
        raise Refusal(message, "email")
    person = Person(
        email=address,
        name=required(line(name, "name", "The name"), "name", "Enter the person’s name."),
        job_title=line(job_title, "job_title", "The job title"),
        role=known_role(role),
        password_hash=hash_password(password),
        created_at=now(),
        last_day=day_to_come(last_day),
    )
    with recorded(actor, "person:added"):
        db.session.add(person)
    return person


def clean_email(email: str | None) -> str:
    """Return an address as it is kept, or refuse it; some letters grow when they are made small."""
    address = line((email or "").lower(), "email", "The email address") or ""
    if not EMAIL.fullmatch(address):
        message = "Enter an email address, such as name@council.example."
        raise Refusal(message, "email")
    return address


def known_role(role: str) -> str:
    """Return the role's key, or refuse it with the list of roles."""
    if role not in ROLE_BY_KEY:
        message = f"Choose a role: {', '.join(ROLE_BY_KEY)}."
        raise Refusal(message, "role")
    return role


def day_to_come(last_day: date | None) -> date | None:
    """Return an account's last day, or refuse one that is over: whoever may not sign in any more is disabled."""
    if last_day is not None and last_day < today():
        raise Refusal("The last day has to be today or later. To end an account now, disable it.", "last_day")
    return last_day


def find_person(email: str) -> Person | None:
    """Return the account of an address, however it is typed."""
    return db.session.scalar(select(Person).where(Person.email == _as_kept(email)))


def _as_kept(email: str) -> str:
    """Return an address as `clean_email` would keep it, without refusing any: no account has one that it refuses."""
    return unicodedata.normalize("NFC", CONTROL.sub("", email).strip().lower())[:LINE]


def change_person(
    actor: str, person: Person, *, name: str, role: str, job_title: str | None, last_day: date | None = None,
) -> None:
    """Change who somebody is here, and how long the account lasts. Nobody changes their own role or last day."""
    if actor == person.actor and role != person.role:
        message = "You cannot change your own role. Ask another administrator."
        raise Refusal(message, "role")
    if actor == person.actor and last_day != person.last_day:
        raise Refusal("You cannot change your own last day. Ask another administrator.", "last_day")
    named = required(line(name, "name", "The name"), "name", "Enter the person’s name.")
    known, post = known_role(role), line(job_title, "job_title", "The job title")
    until = last_day if last_day == person.last_day else day_to_come(last_day)
    if known != ADMINISTRATOR or until is not None:
        _keep_an_administrator(actor, person, "last_day" if known == person.role else "role")
    with recorded(actor, "person:changed"):
        person.name, person.role, person.job_title, person.last_day = named, known, post, until


def _keep_an_administrator(actor: str, person: Person, field: str | None = None) -> None:
    """Refuse to take the last administrator whose account does not end; who has the server's keyboard adds another."""
    lasting = select(Person.id).where(
        Person.role == ADMINISTRATOR, Person.disabled_at.is_(None), Person.last_day.is_(None),
    )
    left = set(db.session.scalars(lasting))
    if actor.startswith("person:") and left == {person.id}:
        said = f"{person.name} is the only administrator whose account does not end. Let somebody else be one first."
        raise Refusal(said, field)


def disable_person(actor: str, person: Person) -> None:
    """Stop somebody from signing in, and end their sessions at once."""
    if actor == person.actor:
        message = "You cannot disable your own account. Ask another administrator."
        raise Refusal(message)
    if not person.is_disabled:
        _keep_an_administrator(actor, person)
        with recorded(actor, "person:disabled"):
            person.disabled_at = now()
            _end_tokens(person)
    end_sessions(person)


def enable_person(actor: str, person: Person) -> None:
    """Let somebody sign in again."""
    with recorded(actor, "person:enabled"):
        person.disabled_at = None


def reset_password(actor: str, person: Person, password: str) -> None:
    """Give somebody a new password and end their sessions."""
    hashed = hash_password(password)
    with recorded(actor, "person:password-reset"):
        person.password_hash = hashed
        _end_tokens(person)
    end_sessions(person)


def _end_tokens(person: Person) -> None:
    """End what programs may do for a person: whoever stole the account may have made a token."""
    for token in db.session.scalars(
        select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None)),
    ):
        token.revoked_at = now()


def end_sessions(person: Person) -> None:
    """Sign somebody out everywhere."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def sign_in(email: str, password: str, address: str) -> tuple[Person, str]:
    """Check a password and start a session; return the person and the token for the cookie.

    Refuses, always with the same words, unknown addresses, wrong passwords and disabled accounts, and for a while
    everybody who failed too often. Whoever knows the password of an account that is over is told so. The attempt is
    kept whatever comes of it: the caller commits even a refusal.
    """
    cleaned = _as_kept(email)
    refuse_when_throttled(cleaned, address)
    person = find_person(cleaned)
    if person is None:
        waste_time(password)
    is_right = person is not None and matches(password, person.password_hash) and not person.is_disabled
    succeeded = person is not None and is_right and person.is_active
    db.session.add(SignInAttempt(email=cleaned, address=address, succeeded=succeeded, at=now()))
    if person is not None:
        note_access(person, "sign-in" if succeeded else "refused", "/sign-in")
    db.session.flush()
    if person is None or not is_right:
        raise Refusal(WRONG, "password")
    if person.last_day is not None and not succeeded:
        raise Refusal(f"Your account ended on {person.last_day:%-d %B %Y}. Ask an administrator of the register.")
    return person, start_session(person)


def refuse_when_throttled(email: str, address: str) -> None:
    """Refuse further tries after too many failures of one account or from one address."""
    since = now() - WINDOW
    failed = select(func.count()).where(SignInAttempt.succeeded.is_(False), SignInAttempt.at > since)
    by_email = db.session.scalar(failed.where(SignInAttempt.email == email)) or 0
    by_address = db.session.scalar(failed.where(SignInAttempt.address == address)) or 0
    if by_email >= FAILURES_PER_PERSON or by_address >= FAILURES_PER_ADDRESS:
        message = "Too many failed tries. Wait 15 minutes and try again."
        raise Refusal(message, "password")


def start_session(person: Person) -> str:
    """Start a session on the server and return its token; tidy away what has expired."""
    token = secrets.token_urlsafe(32)
    at = now()
    db.session.execute(delete(SignIn).where(SignIn.expires_at < at))
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < at - timedelta(days=1)))
    db.session.add(
        SignIn(token_hash=hash_token(token), person_id=person.id, started_at=at, expires_at=at + SESSION_LENGTH),
    )
    db.session.flush()
    return token


def hash_token(token: str) -> str:
    """Return what the database keeps of a token: a stolen copy of the database signs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_out(token: str) -> None:
    """End the session of a token."""
    person = person_of(token)
    if person is not None:
        note_access(person, "sign-out", "/sign-out")
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hash_token(token)))


def person_of(token: str) -> Person | None:
    """Return who is signed in by a token, unless the session or the account ended, or the account was disabled."""
    return db.session.scalar(
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            SignIn.token_hash == hash_token(token),
            SignIn.expires_at > now(),
            Person.disabled_at.is_(None),
            or_(Person.last_day.is_(None), Person.last_day >= today()),
        ),
    )


def open_restricted(person: Person, reason: str | None) -> RestrictedAccess:
    """Open the restricted partnerships to an auditor or information governance for some hours, and record why."""
    if not role_may(person.role, "restricted:open"):
        message = "You may not open the restricted records."
        raise Refusal(message)
    at = now()
    access = RestrictedAccess(
        person_id=person.id,
        reason=required(line(reason, "reason", "The reason"), "reason", "Say why you need to see restricted records."),
        opened_at=at,
        expires_at=at + RESTRICTED_ACCESS_LENGTH,
    )
    with recorded(person.actor, "restricted_access:opened", access.reason):
        db.session.add(access)
    return access
