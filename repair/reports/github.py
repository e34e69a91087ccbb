"""The report as commands of GitHub's workflows, which shows them beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, View
from repair.reports.records import Record, message, records
from repair.visible import visible

_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a command for each finding: an error, or a notice if it was repaired."""
    for outcome in outcomes:
        if isinstance(outcome, Checked):
            for record in records(outcome, view):
                yield _command(record, view)


def _command(record: Record, view: View) -> str:
    start, end = record.start, record.end
    values = {
        "file": record.path,
        "line": str(start.line),
        "endLine": str(end.line),
        "col": str(start.column),
        # GitHub takes no end column behind a line break, and counts it in
        **({"endColumn": str(max(end.column - 1, start.column))} if start.line == end.line else {}),
        "title": f"textrepair {record.finding.code}",
    }
    told = ",".join(f"{key}={value.translate(_IN_VALUE)}" for key, value in values.items())
    place = f"{visible(record.path)}:{start.line}:{start.column}"
    said = f"{place}: {record.finding.code} {message(record, view)}".translate(_IN_TEXT)
    return f"::{'notice' if record.fixed else 'error'} {told}::{said}\n"
