"""Checkpoints go out by mail, and a mail server that fails delays and fails nothing."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as threads

import pytest

from register.database import db
from register.history import posting
from register.history.checkpoint_store import store_of
from register.history.checkpoints import make_checkpoint
from register.history.posting import last_posted
from register.settings import Settings
from tests.factories import a_person
from tests.fixtures.kept import Kept


class Postbox:
    """A mail server of a few lines, on this machine; what it was sent stands in `mails`."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.port = 0
        self._is_ready = Event()
        self._loop = asyncio.new_event_loop()
        self._stopped: asyncio.Event | None = None

    async def _serve(self) -> None:
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        await self._stopped.wait()
        server.close()
        await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).strip().upper():
            if line == b"DATA":
                writer.write(b"354 go on\r\n")
                self.mails.append((await reader.readuntil(b"\r\n.\r\n"))[:-3])
            writer.write(b"221 bye\r\n" if line == b"QUIT" else b"250 yes\r\n")
            if line == b"QUIT":
                break
        await writer.drain()
        writer.close()

    @contextmanager
    def open(self) -> Iterator["Postbox"]:
        """Serve beside the test."""
        thread = Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        thread.start()
        self._is_ready.wait()
        try:
            yield self
        finally:
            assert self._stopped
            self._loop.call_soon_threadsafe(self._stopped.set)
            thread.join()
            self._loop.close()


@pytest.fixture
def settings(kept: Kept, tmp_path: Path) -> Settings:
    """Settings of a register with one person, which sends its checkpoints to a port that nobody serves yet."""
    a_person()
    db.session.commit()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own: Settings = kept.app.config["REGISTER"]
    return replace(
        own, checkpoints=tmp_path / "outside", keys=tmp_path / "keys",
        mail=f"smtp://127.0.0.1:{port}", mail_from="register@testshire.example",
        checkpoints_to=("audit@testshire.example", "clerk@testshire.example"),
    )


def wait_for_mail() -> None:
    for thread in threads():
        if thread.name == "checkpoint by mail":
            thread.join()


def test_a_checkpoint_is_sent_as_it_was_signed(settings: Settings) -> None:
    with Postbox().open() as postbox:
        own = replace(settings, mail=f"smtp://127.0.0.1:{postbox.port}")
        made = make_checkpoint(own, "asked for")
        wait_for_mail()
    (sent,) = postbox.mails
    mail = email.message_from_bytes(sent, policy=email.policy.default)
    assert mail["To"] == "audit@testshire.example, clerk@testshire.example"
    assert f"Checkpoint of {made.size:,} entries" in mail["Subject"]
    (attached,) = mail.iter_attachments()
    note = store_of(own).last_note()
    assert note
    assert attached.get_content().replace("\r\n", "\n") == note.written()
    posted = last_posted(own)
    assert posted
    assert (posted.size, posted.error) == (made.size, None)


def test_a_mail_server_that_is_not_there_fails_nothing_and_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(posting.logger, "warning", lambda words, *_more: said.append(words))
    made = make_checkpoint(settings, "asked for")
    wait_for_mail()
    assert store_of(settings).last() == made
    posted = last_posted(settings)
    assert posted
    assert posted.error
    assert said == ["The checkpoint of %s entries could not be sent by mail: %s"]


def test_nothing_is_sent_where_mail_is_not_set_up(settings: Settings) -> None:
    for missing in ({"mail": None}, {"mail_from": None}, {"checkpoints_to": ()}):
        make_checkpoint(replace(settings, **missing), "asked for", is_fresh=True)
    wait_for_mail()
    assert last_posted(settings) is None


def test_a_damaged_note_of_the_last_mail_counts_as_none(settings: Settings) -> None:
    store_of(settings).folder.mkdir()
    for damage in ("{", "[]", '{"at": 1}'):
        (store_of(settings).folder / "mail.json").write_text(damage)
        assert last_posted(settings) is None
