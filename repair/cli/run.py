"""The one computation behind check, diff and fix: from paths to outcomes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from repair.adapters import files
from repair.cli.streams import complain
from repair.config import Config
from repair.decode import encode
from repair.detect import detect
from repair.engine import RulesDisagreeError, repair_bytes
from repair.reports.outcomes import Checked, Outcome, Skipped, Tally, View
from repair.types import Decoded, Repaired
from repair.visible import visible

STDIN = "-"
STDIN_NAME = "<stdin>"


@dataclass(slots=True)
class Run:
    """Looks at inputs one by one, and remembers what its exit status depends on."""

    config: Config
    view: View
    fix: bool = False
    must_write: bool = False
    """It is an error that a repaired text cannot be written."""
    troubled: bool = False

    def outcomes(self, paths: tuple[str, ...], tally: Tally) -> Iterator[Outcome]:
        """Yield what became of each input, and count it."""
        for found in files.walk(paths):
            if isinstance(found, files.Unreadable):
                outcome: Outcome = self._trouble(found.path, found.reason)
            else:
                outcome = self._input(found)
            tally.add(outcome, self.view)
            yield outcome

    def status(self, tally: Tally) -> int:
        """The exit status."""
        return 2 if self.troubled else int(tally.remaining > 0)

    def _input(self, path: str) -> Outcome:
        try:
            data = read(path)
        except (OSError, ValueError) as error:
            return self._trouble(path, files.reason(error))
        name = STDIN_NAME if path == STDIN else path
        outcome = self._checked(name, data)
        if not self.fix:
            return outcome
        if path == STDIN:
            return _hand_on(outcome, data)
        return self._written(path, outcome)

    def _checked(self, name: str, data: bytes) -> Outcome:
        if data and detect(data).encoding is None:
            return Skipped(name, "binary")
        try:
            result = repair_bytes(data, config=self.config, name=name)
        except RulesDisagreeError as error:
            return self._trouble(name, f"{error}: please report this")
        refused = refusal(result)
        if refused and self.must_write:
            self._trouble(name, refused)
        return Checked(name, data, result, refused=refused)

    def _written(self, path: str, outcome: Outcome) -> Outcome:
        if not isinstance(outcome, Checked) or not outcome.result.edits or outcome.refused:
            return outcome
        try:
            files.write(path, outcome.result.data or b"")
        except OSError as error:
            self._trouble(path, f"not written: {files.reason(error)}")
            return outcome
        return replace(outcome, written=True)

    def _trouble(self, path: str, problem: str) -> Skipped:
        self.troubled = True
        complain(path, problem)
        return Skipped(path, "unreadable")


def read(path: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``."""
    return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()


def _hand_on(outcome: Outcome, data: bytes) -> Outcome:
    """Send standard input, repaired where possible, to standard output."""
    repaired = outcome.result.data if isinstance(outcome, Checked) else None
    click.echo(data if repaired is None else repaired, nl=False)
    if isinstance(outcome, Checked) and outcome.result.edits and repaired is not None:
        return replace(outcome, written=True)
    return outcome


def refusal(result: Repaired) -> str:
    """Why the repaired text cannot be written; empty if it can."""
    decoded = result.decoded
    if result.data is not None or decoded is None or not result.edits:
        return ""
    return f"cannot be written: {_obstacle(result.text, decoded)}; convert it to UTF-8 first"


def _obstacle(text: str, decoded: Decoded) -> str:
    if decoded.exact:
        try:
            encode(text, decoded)
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            return f"{decoded.encoding} has no {visible(character)} (U+{ord(character):04X})"
    return f"its bytes are not exactly what {decoded.encoding} makes of its text"
