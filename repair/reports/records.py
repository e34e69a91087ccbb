"""What reports for programs say of a finding, whatever their form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from repair.reports.outcomes import FIX, FIXED, Checked, View, marked
from repair.reports.places import Place, locate
from repair.types import Finding
from repair.visible import visible

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Record:
    """A finding, with all that a report may want to say of it."""

    path: str
    """As other programs want it."""
    finding: Finding
    mark: str
    start: Place
    end: Place
    before: str
    line: str
    """The whole first line it is in."""
    fingerprint: str
    """Stays the same while lines are added or removed around it."""
    of_name: bool

    @property
    def fixable(self) -> bool:
        """Whether it would be, or was, applied under the options given."""
        return self.mark in (FIX, FIXED)

    @property
    def fixed(self) -> bool:
        """Whether it was applied."""
        return self.mark == FIXED


def records(checked: Checked, view: View) -> Iterator[Record]:
    """Yield a record for each finding of an input."""
    text = checked.result.original
    found = marked(checked, view)
    offsets = {offset for m in found for offset in (m.finding.start, m.finding.end)}
    places = locate(text, offsets, checked.result.decoded)
    path = view.seen_from_here(checked.path)
    seen: Counter[str] = Counter()
    for finding, mark in found:
        before = text[finding.start : finding.end]
        line_end = text.find("\n", finding.start)
        start = text.rfind("\n", 0, finding.start) + 1
        line = text[start : line_end if line_end >= 0 else len(text)]
        same = repr((path, checked.of_name, finding.code, before, finding.new, line))
        seen[same] += 1
        fingerprint = sha256(f"{seen[same]} {same}".encode()).hexdigest()
        yield Record(
            path,
            finding,
            mark,
            places[finding.start],
            places[finding.end],
            before,
            line,
            fingerprint,
            checked.of_name,
        )


def message(record: Record, view: View) -> str:
    """Say in one line what is damaged and what it would become; nothing in it is invisible."""
    finding = record.finding
    said = "In its name: " if record.of_name else ""
    said += view.rules[finding.code].summary.rstrip(".")
    if finding.new is not None and (record.before or finding.new):
        said += f": {_quoted(record.before)} -> {_quoted(finding.new)}"
    if finding.note:
        said += f" ({visible(finding.note)})"
    return said


def _quoted(text: str) -> str:
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return f"“{visible(shown)}”"
