"""Checkpoints by mail: each leaves the building as soon as it is signed, and nothing waits for the mail."""

import json
import logging
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from register.clock import now
from register.history.checkpoint_store import Store, store_of
from register.history.envelope import plain
from register.history.notes import Note, checkpoint_in
from register.settings import Settings

SECONDS = 10
"""After which a mail server that does not answer is given up."""
PORT, TLS_PORT = 25, 465

logger = logging.getLogger(__name__)


class Posted(NamedTuple):
    """What became of the last mail."""

    at: str
    size: int
    error: str | None


def is_set_up(settings: Settings) -> bool:
    """Say whether there is a server, a sender and somebody to write to."""
    return bool(settings.mail and settings.mail_from and settings.checkpoints_to)


def post(settings: Settings, note: Note) -> Thread | None:
    """Send a checkpoint by mail beside the work; the thread is returned for those who wait for it."""
    if not is_set_up(settings):
        return None
    sending = Thread(target=_try_to_send, args=(settings, note), name="checkpoint by mail")
    sending.start()
    return sending


def last_posted(settings: Settings) -> Posted | None:
    """Return what became of the last mail, None before the first."""
    try:
        found = json.loads(_posted_file(store_of(settings)).read_text(encoding="utf-8"))
        return Posted(str(found["at"]), int(found["size"]), found["error"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _try_to_send(settings: Settings, note: Note) -> None:
    """Send, and keep what became of it where the auditor's page finds it."""
    size, error = checkpoint_in(note).size, None
    try:
        _send(settings, note, size)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        error = str(problem) or type(problem).__name__
        logger.warning("The checkpoint of %s entries could not be sent by mail: %s", size, error)
    written = json.dumps({"at": plain(now()), "size": size, "error": error})
    try:
        _posted_file(store_of(settings)).write_text(written, encoding="utf-8")
    except OSError as problem:
        logger.warning("What became of a mail could not be kept: %s", problem)


def _send(settings: Settings, note: Note, size: int) -> None:
    server = urlsplit(settings.mail or "")
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.hostname or "", server.port or TLS_PORT, timeout=SECONDS, context=context
        )
    else:
        client = smtplib.SMTP(server.hostname or "", server.port or PORT, timeout=SECONDS)
    with client:
        client.ehlo()
        if server.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=context)
            client.ehlo()
        if server.username:
            client.login(unquote(server.username), unquote(server.password or ""))
        client.send_message(_message(settings, note, size))


def _message(settings: Settings, note: Note, size: int) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Checkpoint of {size:,} entries: {settings.site_name}"
    message["From"] = settings.mail_from
    message["To"] = ", ".join(settings.checkpoints_to)
    message.set_content(
        "Keep the attached checkpoint where nobody of the register can change it. As long as you hold it, nothing that "
        "was in the history by then can be cut off or rewritten unnoticed.\n",
    )
    message.add_attachment(note.written(), filename=f"checkpoint-{size}.txt")
    return message


def _posted_file(store: Store) -> Path:
    return store.folder / "mail.json"
