"""What a job has finished, so that it goes on where it was ended.

``OUT/.textrepair/manifest.jsonl`` has a line for each output that is whole. A line is on the disk
before the next file is finished; one that is cut off counts as missing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from repair.adapters.batch.jobs import BatchError, Job, Source, TaskResult
from repair.adapters.batch.storage import sync_folder

NAME = "manifest.jsonl"


class Manifest:
    """The record of a job, in its folder of work.

    Raises:
        BatchError: another run is at work there.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        folder = Path(job.work)
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._done: dict[str, list[TaskResult]] = {}
        self._file = self._path.open("ab")
        self._lock()
        known = self._path.read_bytes()
        for line in known.split(b"\n"):
            self._read(line)
        if known and not known.endswith(b"\n"):
            self._file.write(b"\n")
        sync_folder(str(folder))

    def _lock(self) -> None:
        try:
            import fcntl  # noqa: PLC0415 (where there is none, whoever starts two runs must know)
        except ImportError:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            msg = f"another run is at work in {self._job.work}"
            raise BatchError(msg) from None

    def _read(self, line: bytes) -> None:
        try:
            entry: dict[str, Any] = json.loads(line)
            results = [TaskResult.from_json(value) for value in entry["results"]]
        except (ValueError, KeyError, TypeError):
            return
        self._done[entry["digest"]] = results

    def done(self, source: Source) -> list[TaskResult] | None:
        """What came of a source if it was finished, and neither it nor the job has changed."""
        return self._done.get(source.digest(self._job))

    def finish(self, source: Source, results: Iterable[TaskResult]) -> None:
        """Record that the output of a source is whole."""
        entry = {
            "path": source.path,
            "output": source.output,
            "size": source.size,
            "mtime_ns": source.mtime_ns,
            "job": self._job.digest(),
            "digest": source.digest(self._job),
            "results": [result.to_json() for result in results],
        }
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the record."""
        self._file.close()
