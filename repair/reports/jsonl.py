"""The report for programs: one JSON object a line for each finding.

Keys are for ever. ``start`` and ``end`` count code points of the decoded text, ``byte_start``
and ``byte_end`` bytes of the input; ``line`` and ``column`` count from 1, columns in code
points. ``fixable``: would be, or was, applied under the options given; ``applied``: has been.
``target`` says what was looked at, the ``content`` of a file or its ``name``. Undecodable bytes
are the lone surrogates U+DC80 to U+DCFF (PEP 383), written as escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, View
from repair.reports.records import records


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a line for each finding."""
    for outcome in outcomes:
        if isinstance(outcome, Checked):
            yield from (f"{line}\n" for line in objects(outcome, view))


def objects(checked: Checked, view: View) -> Iterator[str]:
    """Yield a JSON object for each finding of an input."""
    for record in records(checked, view):
        finding = record.finding
        values = {
            "path": checked.path,
            "code": finding.code,
            "name": view.rules[finding.code].name,
            "safety": finding.safety.name.lower(),
            "confidence": finding.confidence,
            "start": finding.start,
            "end": finding.end,
            "line": record.start.line,
            "column": record.start.column,
            "byte_start": record.start.byte,
            "byte_end": record.end.byte,
            "before": record.before,
            "after": finding.new,
            "fixable": record.fixable,
            "applied": record.fixed,
            "note": finding.note,
            "target": "name" if record.of_name else "content",
        }
        yield json.dumps(values, allow_nan=False)
