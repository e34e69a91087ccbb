"""What reports are made of: what became of each input, counted and marked."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from repair.types import Finding, Repaired, Rule, Safety

Paint = Callable[[str, str], str]
"""Gives a text a style: ``path``, ``code``, ``mark``, ``old``, ``new`` or ``note``."""

FIXED = "fixed"
FIX = "*"
UNSAFE_FIX = "~"
NO_FIX = ""


def plain(text: str, _style: str) -> str:
    """Paint nothing."""
    return text


@dataclass(frozen=True, slots=True)
class Checked:
    """An input that was looked at."""

    path: str
    data: bytes
    result: Repaired
    written: bool = False
    """The repaired bytes are in the file, or were handed on."""
    refused: str = ""
    """Why the repaired text cannot be written."""
    of_name: bool = False
    """The input is the name of the file."""
    packed: bytes | None = None
    """The bytes of the file, if the input is compressed in it."""

    @property
    def changed(self) -> bool:
        """Whether the repair is other bytes, which can be written."""
        return self.result.data is not None and self.result.data != self.data


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not looked at, and why: ``"binary"``, ``"unreadable"`` or other words."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Inputs of which there is no more to say than how many there were."""

    clean: int
    skipped: Mapping[str, int]
    """How many were passed over, by why."""


Outcome = Checked | Skipped | Counted


@dataclass(frozen=True, slots=True)
class View:
    """How to show outcomes."""

    rules: Mapping[str, Rule]
    unsafe_fixes: bool = False
    """Nothing more would be applied if it were asked for."""
    people: bool = False
    """A person reads it on a terminal, so nothing may be invisible."""
    columns: int = 100
    folder: str = ""
    """Reports for programs name files as seen from here."""
    paint: Paint = plain
    findings: bool = True
    """Show each of them, and not only how many there are."""
    totals: bool = True
    """Show how many there are."""
    version: str = ""
    """Of this program."""

    def seen_from_here(self, path: str) -> str:
        """``path`` as other programs want it."""
        return posixpath.normpath(path).removeprefix(f"{self.folder}/")


class Marked(NamedTuple):
    """A finding, and what is done about it: ``FIXED``, ``FIX``, ``UNSAFE_FIX`` or ``NO_FIX``."""

    finding: Finding
    mark: str


def marked(checked: Checked, view: View) -> list[Marked]:
    """All findings of an input, by place."""
    fix = FIXED if checked.written else NO_FIX if checked.refused else FIX
    found = [Marked(finding, fix) for finding in checked.result.findings]
    found += [Marked(finding, _possible(finding, view)) for finding in checked.result.remaining]
    return sorted(found, key=lambda m: (m.finding.start, m.finding.end, m.finding.code))


def _possible(finding: Finding, view: View) -> str:
    unsafe = finding.new is not None and finding.safety >= Safety.LIKELY and not view.unsafe_fixes
    return UNSAFE_FIX if unsafe else NO_FIX


@dataclass(slots=True)
class Tally:
    """Counts over all outcomes so far."""

    checked: int = 0
    damaged: int = 0
    """Inputs with findings."""
    refused: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome, view: View) -> None:
        """Count one more."""
        if isinstance(outcome, Skipped):
            self.skipped[outcome.why] += 1
            return
        if isinstance(outcome, Counted):
            self.checked += outcome.clean
            self.skipped.update(outcome.skipped)
            return
        found = marked(outcome, view)
        self.checked += not outcome.of_name
        self.damaged += bool(found)
        self.refused += bool(outcome.refused)
        self.marks.update(m.mark for m in found)
        self.codes.update(m.finding.code for m in found)

    @property
    def found(self) -> int:
        """All findings."""
        return self.marks.total()

    @property
    def remaining(self) -> int:
        """Findings that are still in the inputs."""
        return self.found - self.marks[FIXED]
