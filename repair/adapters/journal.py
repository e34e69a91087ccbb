"""What was written, so that it can be undone to the byte.

A run has a file ``.textrepair/undo/RUN.jsonl``: a line about the run, and one for each file that
was changed, with all of its old bytes and the SHA-256 of the old and the new ones. A line is on
the disk before the file is touched. After a crash there may be lines about files that were not
changed yet, and one that is cut off: neither is in the way of undoing the others.
"""

from __future__ import annotations

import base64
import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = ".textrepair"
MOST_RUNS = 100
VERSION = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after."""

    path: str
    """From the folder that the journal is in, or from the root if it lies elsewhere."""
    before: bytes
    after_sha256: str
    renamed_from: str | None = None
    """The file had this name, and its content was not touched."""


class Journal:
    """Records one run. Nothing is made on the disk before there is something to record."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._runs = self._folder / FOLDER / "undo"
        self._descriptor: int | None = None
        self._recorded = False
        self.run = ""
        """Its name, once there is something to record."""

    def record(self, changes: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Record files by path, old and new content, before any of them is written.

        Raises:
            OSError: it could not be recorded; the journal is as it was before.
        """
        lines = [_line(self._inside(path), old, new) for path, old, new in changes]
        if lines:
            self._append("".join(lines).encode())

    def record_name(self, old: str, new: str) -> None:
        """Record that a file gets another name."""
        entry = {"path": self._inside(new), "renamed_from": self._inside(old)}
        self._append((json.dumps(entry) + "\n").encode())

    def _inside(self, path: str) -> str:
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(self._folder))
        return os.path.realpath(path) if relative.startswith("..") else relative

    def _append(self, data: bytes) -> None:
        if self._descriptor is None:
            self._descriptor = self._begin()
        size = os.fstat(self._descriptor).st_size
        try:
            _write_all(self._descriptor, data)
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, size)
            if not self._recorded:
                self._discard()
            raise
        self._recorded = True

    def _begin(self) -> int:
        """Make the file of the run, and around it what is missing."""
        try:
            self._runs.mkdir(parents=True, exist_ok=True)
            ours = self._folder / FOLDER / ".gitignore"
            if not ours.exists():
                ours.write_text("*\n")
            descriptor = self._open()
        except OSError:
            self._discard()
            raise
        self._descriptor = descriptor
        head = {"textrepair": VERSION, "run": self.run}
        try:
            _write_all(descriptor, (json.dumps(head) + "\n").encode())
            _sync_folder(self._runs)
        except OSError:
            self._discard()
            raise
        self._forget_oldest()
        return descriptor

    def _open(self) -> int:
        """Open a new file with the time as its name, or a little later if there is one already."""
        started = time.time_ns() // 1_000_000
        while True:
            second = time.strftime("%Y%m%d-%H%M%S", time.gmtime(started // 1000))
            self.run = f"{second}-{started % 1000:03}"
            with suppress(FileExistsError):
                return os.open(self._path(), _NEW_FILE, 0o600)
            started += 1

    def _path(self) -> Path:
        return self._runs / f"{self.run}.jsonl"

    def _discard(self) -> None:
        """Take away what was made, for nothing was recorded."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            self._path().unlink(missing_ok=True)
        with suppress(OSError):  # there may be other runs
            self._runs.rmdir()
            (self._folder / FOLDER / ".gitignore").unlink(missing_ok=True)
            (self._folder / FOLDER).rmdir()

    def _forget_oldest(self) -> None:
        runs = sorted(self._runs.glob("*.jsonl"))
        for path in runs[: max(len(runs) - MOST_RUNS, 0)]:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """End the run."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND


def _line(path: str, old: bytes, new: bytes) -> str:
    entry = {
        "path": path,
        "before_sha256": sha256(old).hexdigest(),
        "after_sha256": sha256(new).hexdigest(),
        "before": base64.b64encode(zlib.compress(old, 1)).decode(),
    }
    return json.dumps(entry) + "\n"


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def runs(folder: str) -> list[str]:
    """Return the names of all runs that are recorded, newest last."""
    return sorted(path.stem for path in (Path(folder) / FOLDER / "undo").glob("*.jsonl"))


def changes(folder: str, run: str) -> Iterator[Change]:
    """Yield what a run changed, last change first.

    Raises:
        OSError: there is no such run.
    """
    path = Path(folder) / FOLDER / "undo" / f"{run}.jsonl"
    for line in reversed(path.read_bytes().split(b"\n")):
        entry = _entry(line)
        if "renamed_from" in entry:
            yield Change(entry["path"], b"", "", entry["renamed_from"])
        elif "before" in entry:
            before = zlib.decompress(base64.b64decode(entry["before"]))
            if sha256(before).hexdigest() == entry["before_sha256"]:
                yield Change(entry["path"], before, entry["after_sha256"])


def _entry(line: bytes) -> dict[str, Any]:
    """An entry, or nothing for a line that a crash has cut off."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def forget(folder: str, run: str) -> None:
    """Forget a run that was undone."""
    (Path(folder) / FOLDER / "undo" / f"{run}.jsonl").unlink(missing_ok=True)
