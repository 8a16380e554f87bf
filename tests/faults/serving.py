"""A real server over a register, and programs that log interactions through it until it dies."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Event

from tests.architecture.measures import ROOT

WORKERS = 4
PATIENCE = 60
"""Seconds until a server has to answer."""
CREATED = 201


class Served:
    """A running server: its master's process leads a group of its own."""

    def __init__(self, data: Path, url: str, port: int) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("REGISTER_")}
        self.port = port
        self._log = (data / "server.log").open("ab")
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name("register"), "run", "--port", str(port), "--workers", str(WORKERS)],
            cwd=ROOT, start_new_session=True, stdout=self._log, stderr=self._log,
            env=environment | {
                "REGISTER_DATA": str(data), "DATABASE_URL": url, "REGISTER_HTTP": "1", "REGISTER_SECRET_KEY": "k" * 40,
            },
        )  # fmt: skip

    def wait(self) -> None:
        """Wait until it takes connections."""
        for _ in range(PATIENCE * 10):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                self._pause()
            else:
                return
        raise TimeoutError("The server did not begin.")

    def _pause(self) -> None:
        try:
            self._process.wait(0.1)
        except subprocess.TimeoutExpired:
            return
        raise RuntimeError(f"The server ended: {Path(self._log.name).read_text(encoding='utf-8')}")

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]

    def kill(self) -> None:
        """Kill master and workers at once, as a power cut would."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()


@contextmanager
def served(data: Path, url: str) -> Iterator[Served]:
    """Start a server, and kill it at the end if nobody did."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Served(data, url, port)
    try:
        server.wait()
        yield server
    finally:
        server.kill()


class Kept:
    """What the server said was kept, counted so that somebody can wait for a number of them."""

    def __init__(self) -> None:
        self.accounts: list[str] = []
        self.failures: list[str] = []
        self.over = Event()
        self._changed = Condition()

    def add(self, account: str) -> None:
        """Note one."""
        with self._changed:
            self.accounts.append(account)
            self._changed.notify_all()

    def wait_for(self, count: int) -> bool:
        """Wait until so many were kept."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.accounts) >= count or bool(self.failures), PATIENCE)


Meeting = Callable[[str], dict[str, object]]
"""Makes what is sent of a meeting from its account."""


def log_until_over(server: Served, token: str, name: str, meeting: Meeting, kept: Kept) -> None:
    """Log one interaction after another; what is not answered is not noted, and the next is tried."""
    number = 0
    while not kept.over.is_set():
        number += 1
        account = f"{name}, meeting {number}"
        try:
            status, said = _sent(server.port, token, account, meeting(account))
        except (OSError, http.client.HTTPException):
            continue
        if status == CREATED:
            kept.add(account)
        else:
            kept.failures.append(f"{status}: {said}")
            return


def _sent(port: int, token: str, key: str, document: dict[str, object]) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"}
    try:
        connection.request("POST", "/api/v1/interactions", json.dumps(document), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()[:400]
    finally:
        connection.close()
