"""The one computation behind check, diff and fix: from paths to outcomes."""

from __future__ import annotations

import errno
import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from repair.adapters import cache, files, packed
from repair.adapters.cache import Cache, is_good_for
from repair.adapters.files import Unreadable
from repair.adapters.folders import EXCLUDED, inside, walk
from repair.adapters.patterns import Patterns, matches
from repair.cli.look import CLEAN, STDIN, Looked, Looker, read
from repair.cli.settings import Settings
from repair.cli.streams import complain
from repair.cli.work import Work
from repair.reports.outcomes import Checked, Counted, Outcome, Skipped, Tally, View
from repair.visible import visible

if TYPE_CHECKING:
    from repair.adapters.journal import Journal

STDIN_NAME = "<stdin>"

# Files that are recorded together, and then written.
WRITTEN_AT_ONCE = 64
WRITERS = 8


@dataclass(slots=True)
class Run:
    """Looks at inputs, and remembers what its exit status depends on."""

    settings: Settings
    view: View
    fix: bool = False
    must_write: bool = False
    """It is an error that a repaired text cannot be written."""
    jobs: int = 1
    cached: bool = False
    journal: Journal | None = None
    names: bool = False
    """Look at the names of files, too."""
    stdin_name: str = STDIN_NAME
    say: Callable[[str, str], None] = lambda path, why: None  # noqa: ARG005
    """Is told of each path that is passed over, and why."""
    advance: Callable[[int, int], None] = lambda done, total: None  # noqa: ARG005
    """Is told how much is done."""
    not_these: frozenset[str] = frozenset()
    """Files that are not looked at, by their full paths without links."""
    troubled: bool = False
    hits: int = 0
    """Files of which the cache knew all there is to know."""
    _clean: int = 0
    _skipped: Counter[str] = field(default_factory=Counter)

    def outcomes(self, paths: tuple[str, ...], tally: Tally) -> Iterator[Outcome]:
        """Yield what became of each input, and count it; an iterator for one use."""
        memory = self._memory() if self.cached else None
        try:
            yield from self._outcomes(paths, memory, tally)
        finally:
            if self.journal:
                self.journal.close()
            if memory:
                memory.save()
        rest = Counted(self._clean, self._skipped)
        tally.add(rest, self.view)
        yield rest

    def _outcomes(
        self, paths: tuple[str, ...], memory: Cache | None, tally: Tally
    ) -> Iterator[Outcome]:
        looker = Looker(
            self.settings,
            memory.circumstances if memory else None,
            memory.digests if memory else None,
        )
        with Work(looker, 1 if STDIN in paths else self.jobs) as work:
            with _no_collecting():
                inputs = []
                for item in walk(paths, self.settings.selection(), self._pass):
                    inputs.append(item)
                    self._take(item, memory, work)
            self.hits = len(inputs) - work.unknown
            for done, looked in enumerate(self._looked(work, looker), 1):
                self.advance(done, work.total)
                if memory and looked.known:
                    memory.remember(looked.path, looked.known)
                if looked.outcome is None:
                    self._clean += 1
                    continue
                if isinstance(looked.outcome, Skipped):
                    self.say(looked.path, looked.outcome.why)
                tally.add(looked.outcome, self.view)
                yield looked.outcome
        for outcome in self._names(inputs) if self.names else ():
            tally.add(outcome, self.view)
            yield outcome

    def _take(self, item: str | Unreadable, memory: Cache | None, work: Work) -> None:
        """Count what is known already, and leave to ``work`` what is not."""
        if isinstance(item, Unreadable):
            self._trouble(item.path, item.reason)
            self._pass(item.path, "unreadable")
        elif self.not_these and os.path.realpath(item) in self.not_these:
            self._pass(item, EXCLUDED)
        elif memory is None or item == STDIN:
            work.add(item, 0, unknown=True)
        else:
            self._recall(item, memory, work)

    def _recall(self, path: str, memory: Cache, work: Work) -> None:
        size, verdict = 0, None
        try:
            status = os.stat(path)  # noqa: PTH116 (a path object costs as much again)
        except (OSError, ValueError):
            pass  # what is wrong shows when it is read
        else:
            size = status.st_size
            verdict = memory.verdict(path, status)
        if verdict == CLEAN:
            self._clean += 1
        elif isinstance(verdict, str):
            self._pass(path, verdict)
        else:
            known = verdict is not None and is_good_for(verdict, self.settings.config.floor)
            work.add(path, size, unknown=not known)

    def _pass(self, path: str, why: str) -> None:
        self._skipped[why] += 1
        self.say(path, why)

    def status(self, tally: Tally) -> int:
        """The exit status."""
        return 2 if self.troubled else int(tally.remaining > 0)

    def _memory(self) -> Cache:
        """What earlier runs found; how far to go makes no difference to what is clean."""
        config = replace(self.settings.config, unsafe_fixes=False, report_only=False)
        circumstances = cache.fingerprint([cache.tool_fingerprint(), config, self.settings.folder])
        return Cache(cache.default_folder(), str(Path.cwd()), circumstances)

    def _looked(self, work: Work, looker: Looker) -> Iterator[Looked]:
        """Yield what was found in inputs and what was done about it, in order."""

        def look(path: str) -> Looked:
            return self._stdin(looker) if path == STDIN else looker.look(path)

        found = self._told(work.results(look))
        if not self.fix:
            yield from found
        while self.fix and (batch := list(islice(found, WRITTEN_AT_ONCE))):
            yield from self._written(batch)

    def _told(self, found: Iterable[Looked]) -> Iterator[Looked]:
        """Say what is wrong with inputs."""
        for looked in found:
            if looked.trouble:
                self._trouble(looked.path, looked.trouble)
            elif self.must_write and (refused := _refused(looked)):
                self._trouble(looked.path, refused)
            yield looked

    def _names(self, inputs: Iterable[str | Unreadable]) -> Iterator[Outcome]:
        """Yield what is found in names, and rename if that was asked for as strongly as can be."""
        from repair.cli.names import look_at_name  # noqa: PLC0415 (the rules: 50 ms)

        config = replace(self.settings.config, inline_ignores=False, target_encoding=None)
        for path in inputs:
            if isinstance(path, str) and path != STDIN and not path.isascii():
                checked = look_at_name(path, config)
                if checked and self.fix and checked.changed:
                    checked = self._renamed(checked)
                if checked:
                    yield checked

    # Writing

    def _written(self, batch: Sequence[Looked]) -> Iterator[Looked]:
        """Record what is to be written, write it, and yield what became of it."""
        changes = [_change(looked) for looked in batch]
        problem = ""
        try:
            if self.journal:
                self.journal.record(change[:3] for change in changes if change)
        except OSError as error:
            problem = _no_record(error)
        told = {} if problem else _write_all([change for change in changes if change])
        for looked, change in zip(batch, changes, strict=True):
            why = problem or told.get(looked.path, "") if change else ""
            if why:
                self._trouble(looked.path, f"not written: {why}")
            if change and not why:
                yield looked._replace(outcome=replace(change.checked, written=True))
            else:
                yield looked

    def _renamed(self, checked: Checked) -> Checked:
        new = os.path.join(os.path.dirname(checked.path), checked.result.text)  # noqa: PTH118, PTH120
        try:
            if self.journal:
                self.journal.record_name(checked.path, new)
            files.rename(checked.path, new)
        except FileExistsError:
            self._trouble(checked.path, f"not renamed: there is another {visible(new)}")
        except OSError as error:
            self._trouble(checked.path, f"not renamed: {files.reason(error)}")
        else:
            return replace(checked, written=True)
        return checked

    def _stdin(self, looker: Looker) -> Looked:
        data = read(STDIN)
        if self._excludes_stdin():
            looked = Looked(STDIN, Skipped(self.stdin_name, EXCLUDED))
        else:
            looked = looker.judge(STDIN, self.stdin_name, data)
        return looked._replace(outcome=_handed_on(looked.outcome, data)) if self.fix else looked

    def _excludes_stdin(self) -> bool:
        config, name = self.settings.config, self.stdin_name
        if not config.force_exclude or name == STDIN_NAME:
            return False
        return matches(Patterns(config.exclude), inside(name, self.settings.folder))

    def _trouble(self, path: str, problem: str) -> None:
        self.troubled = True
        complain(STDIN_NAME if path == STDIN else path, problem)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep Python from looking for cycles again and again while many things are made that last."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write_all(changes: Sequence[Change]) -> dict[str, str]:
    """Write files, several at a time; return what kept some from being written, by path.

    A disk brings many writes home in the time of one, if it does not get them one by one: 2,000
    files took 20 s in one thread, 3.5 s in 8, 3.7 s in 16 and 7 s in 32, on a busy disk.
    """
    if len(changes) < 2:
        problems = [_write(change) for change in changes]
    else:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        with ThreadPoolExecutor(WRITERS) as writers:
            problems = list(writers.map(_write, changes))
    return {change.path: why for change, why in zip(changes, problems, strict=True) if why}


def _write(change: Change) -> str:
    try:
        files.write(change.path, change.new, old=change.old)
    except OSError as error:
        return files.reason(error)
    return ""


def _no_record(error: OSError) -> str:
    """Why nothing may be written; on a full disk it could not be written either."""
    why = files.reason(error)
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return why
    return f"no record to undo it by can be kept: {why} (see --no-undo)"


def _refused(looked: Looked) -> str:
    return looked.outcome.refused if isinstance(looked.outcome, Checked) else ""


class Change(NamedTuple):
    """What is to be written."""

    path: str
    old: bytes
    new: bytes
    checked: Checked


def _change(looked: Looked) -> Change | None:
    checked = looked.outcome
    if not isinstance(checked, Checked) or not checked.changed or looked.path == STDIN:
        return None
    new = checked.result.data or b""
    if checked.packed is not None:
        return Change(looked.path, checked.packed, packed.pack(new, checked.packed), checked)
    return Change(looked.path, checked.data, new, checked)


def _handed_on(outcome: Checked | Skipped | None, data: bytes) -> Checked | Skipped | None:
    """Send standard input, repaired where possible, to standard output."""
    repaired = outcome.result.data if isinstance(outcome, Checked) else None
    click.echo(data if repaired is None else repaired, nl=False)
    if isinstance(outcome, Checked) and outcome.changed:
        return replace(outcome, written=True)
    return outcome
