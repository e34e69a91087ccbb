"""A bar for people who wait: on a terminal, and only if it takes a while."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Nobody wonders before, and to draw it costs 80 ms of imports.
PATIENCE = 0.7
EVERY = 0.1


class Bar:
    """Shows how much is done on standard error; it is gone before anything else is printed."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._next = monotonic() + PATIENCE
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._shown = False

    def advance(self, done: int, total: int) -> None:
        """Show the bar, if it is time to."""
        if not self._wanted or monotonic() < self._next:
            return
        self._next = monotonic() + EVERY
        if self._progress is None or self._task is None:
            self._progress, self._task = _new_bar()
        if not self._shown:
            self._progress.start()
            self._shown = True
        self._progress.update(self._task, completed=done, total=total, refresh=True)

    def hide(self) -> None:
        """Take the bar away, so that a line can be printed in its place."""
        if self._progress is not None and self._shown:
            self._progress.stop()
            self._shown = False


def _new_bar() -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415 (80 ms)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without a thread of its own, which a fork would not survive
    progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    return progress, progress.add_task("")
