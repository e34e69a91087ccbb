"""The report as GitLab's code quality artifact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, View
from repair.reports.records import Record, message, records
from repair.types import Safety
from repair.visible import visible

_SEVERITY = {Safety.SAFE: "major", Safety.LIKELY: "minor", Safety.SHOW: "info"}


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield an array with an object for each finding that is left."""
    yield "["
    separator = "\n"
    for outcome in outcomes:
        if isinstance(outcome, Checked):
            for record in records(outcome, view):
                if not record.fixed:
                    yield separator + json.dumps(_object(record, view))
                    separator = ",\n"
    yield "\n]\n"


def _object(record: Record, view: View) -> dict[str, object]:
    finding = record.finding
    return {
        "description": f"{finding.code} {message(record, view)}",
        "check_name": f"textrepair/{view.rules[finding.code].name}",
        "fingerprint": record.fingerprint,
        "severity": _SEVERITY[finding.safety],
        "location": {
            "path": visible(record.path),
            "positions": {
                "begin": {"line": record.start.line, "column": record.start.column},
                "end": {"line": record.end.line, "column": record.end.column},
            },
        },
    }
