"""Files that wait between the steps of an import: in a folder of the register's own, for a day, for their person alone.

Nothing of this is in the history or in the database: until an import is kept, nothing has happened.
"""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from register.exchange.reading.choices import Choices, plain_choices
from register.exchange.reading.uploads import Upload

LASTS = 24 * 3600
"""Seconds that a file waits."""
WAITING = 5
"""Files of one person that may wait at once; the oldest makes room."""
TOKEN = re.compile(r"[\w-]{20,40}", re.ASCII)

FILE, ABOUT, CHOICES, OUTCOME, RUNNING, PROGRESS = (
    "file", "about.json", "choices.json", "outcome.json", "running", "progress.json",
)  # fmt: skip


@dataclass(frozen=True)
class Staged:
    """One file that waits."""

    folder: Path
    person_id: int
    kind: str
    name: str

    @property
    def token(self) -> str:
        """By which pages name it."""
        return self.folder.name

    def upload(self) -> Upload:
        """Return the file."""
        return Upload(self.name, (self.folder / FILE).read_bytes())

    def choices(self) -> Choices:
        """Return what was chosen so far."""
        told = _read(self.folder / CHOICES) or {}
        days = {key: date.fromisoformat(told[key]) for key in ("since", "until") if told.get(key)}
        return Choices(**{**told, **days, "leads": tuple(told.get("leads", ()))})

    def choose(self, choices: Choices) -> None:
        """Keep what was chosen; an outcome that was found by other choices is one no more."""
        if choices != self.choices():
            (self.folder / OUTCOME).unlink(missing_ok=True)
        _write(self.folder / CHOICES, plain_choices(choices))

    def outcome(self) -> dict[str, Any] | None:
        """Return what a step came to, None while there is nothing to tell."""
        told: dict[str, Any] | None = _read(self.folder / OUTCOME)
        return told

    def end(self, outcome: Mapping[str, Any]) -> None:
        """Keep what a step came to; nobody works on the file any more."""
        _write(self.folder / OUTCOME, outcome)
        self.rest()
        (self.folder / PROGRESS).unlink(missing_ok=True)

    def begin(self) -> bool:
        """Say that this process begins to work on the file; False when another one is at it."""
        if self.is_running():
            return False
        (self.folder / RUNNING).unlink(missing_ok=True)
        try:
            with (self.folder / RUNNING).open("x", encoding="ascii") as mark:
                mark.write(str(os.getpid()))
        except FileExistsError:
            return False
        (self.folder / OUTCOME).unlink(missing_ok=True)
        return True

    def rest(self) -> None:
        """Say that nobody works on the file any more."""
        (self.folder / RUNNING).unlink(missing_ok=True)

    def hand_over(self, process: int) -> None:
        """Say that another process works on the file from now on."""
        # Where it has come to its end already, and taken the folder along, there is nothing to say.
        with suppress(FileNotFoundError):
            (self.folder / RUNNING).write_text(str(process), encoding="ascii")

    def is_running(self) -> bool:
        """Say whether a process works on the file: one that was begun and is still alive."""
        try:
            process = int((self.folder / RUNNING).read_text(encoding="ascii"))
            os.kill(process, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return False
        except PermissionError:
            pass  # it is alive, and another user's
        return True

    def was_interrupted(self) -> bool:
        """Say whether a process began and died before it came to an end."""
        return (self.folder / RUNNING).exists() and not self.is_running()

    def tell_progress(self, done: int, total: int) -> None:
        """Say how far the work is."""
        _write(self.folder / PROGRESS, {"done": done, "total": total})

    def progress(self) -> tuple[int, int]:
        """Return how many steps are done, and how many there are; none before the first was told."""
        told = _read(self.folder / PROGRESS) or {"done": 0, "total": 0}
        return told["done"], told["total"]

    def discard(self) -> None:
        """Throw the file away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def stage(root: Path, person_id: int, kind: str, upload: Upload, token: str | None = None) -> Staged:
    """Let a file wait, and throw away those that waited too long; one that waits under the token makes room."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(root)
    waiting = sorted(_of(root, person_id), key=lambda staged: staged.folder.stat().st_mtime)
    for staged in waiting[: max(0, len(waiting) - WAITING + 1)]:
        if not staged.is_running():
            staged.discard()
    folder = root / (token or secrets.token_urlsafe(24))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    (folder / FILE).write_bytes(upload.content)
    _write(folder / ABOUT, {"person_id": person_id, "kind": kind, "name": upload.name, "until": time.time() + LASTS})
    return Staged(folder, person_id, kind, upload.name)


def staged_of(root: Path, person_id: int, token: str) -> Staged | None:
    """Return a person's file that waits; None for one of somebody else, or that waited too long."""
    found = _staged(root / token) if TOKEN.fullmatch(token) else None
    return found if found and found.person_id == person_id else None


def sweep(root: Path) -> None:
    """Throw away the files that waited too long."""
    for folder in root.iterdir():
        about = _read(folder / ABOUT)
        if about is None or about["until"] < time.time():
            shutil.rmtree(folder, ignore_errors=True)


def _of(root: Path, person_id: int) -> list[Staged]:
    found = (_staged(folder) for folder in root.iterdir())
    return [staged for staged in found if staged and staged.person_id == person_id]


def _staged(folder: Path) -> Staged | None:
    about = _read(folder / ABOUT)
    if about is None or about["until"] < time.time():
        return None
    return Staged(folder, about["person_id"], about["kind"], about["name"])


def _read(path: Path) -> Any:
    """Return what a file of JSON holds, None when there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: Path, value: object) -> None:
    """Write a file at once, so that whoever reads it meanwhile reads the one before."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    part.write_text(json.dumps(value), encoding="utf-8")
    part.replace(path)
