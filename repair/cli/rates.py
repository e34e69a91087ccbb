"""A bar for batch jobs: how much is done, how fast, and what was found."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from repair.adapters.batch.driver import Progress as Done

EVERY = 0.1


class RateBar:
    """Shows rows and megabytes per second, findings, and the time that is left."""

    def __init__(self, *, wanted: bool, patience: float) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._began = monotonic()
        self._next = self._began + patience
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._before = 0
        """Bytes that were done before this run."""

    def show(self, done: Done) -> None:
        """Show the bar, if it is time to."""
        if not self._before:
            self._before = done.size_done or -1
        if not self._wanted or monotonic() < self._next:
            return
        self._next = monotonic() + EVERY
        if self._progress is None or self._task is None:
            self._progress, self._task = _new_bar()
            self._progress.start()
        seconds = monotonic() - self._began
        size = done.size_done - max(self._before, 0)
        said = (
            f"{done.files_done}/{done.files} files  {done.rows / seconds:,.0f} rows/s  "
            f"{size / seconds / 1e6:,.1f} MB/s  {done.findings:,} findings"
        )
        self._progress.update(
            self._task, completed=done.size_done, total=done.size, said=said, refresh=True
        )

    def hide(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def _new_bar() -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415 (80 ms)
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    return progress, progress.add_task("", said="")
