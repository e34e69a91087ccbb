"""The report for programs: one JSON object a line for each finding.

Keys are for ever. ``start`` and ``end`` count code points of the decoded text, ``byte_start``
and ``byte_end`` bytes of the input; ``line`` and ``column`` count from 1, columns in code
points. ``fixable``: would be, or was, applied under the options given; ``applied``: has been.
Undecodable bytes are the lone surrogates U+DC80 to U+DCFF (PEP 383), written as escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from repair.reports.outcomes import FIX, FIXED, Checked, Outcome, View, marked
from repair.reports.places import locate


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a line for each finding."""
    for outcome in outcomes:
        if isinstance(outcome, Checked):
            yield from _lines(outcome, view)


def _lines(checked: Checked, view: View) -> Iterator[str]:
    text = checked.result.original
    found = marked(checked, view)
    offsets = {offset for m in found for offset in (m.finding.start, m.finding.end)}
    places = locate(text, offsets, checked.result.decoded)
    for finding, mark in found:
        place = places[finding.start]
        record = {
            "path": checked.path,
            "code": finding.code,
            "name": view.rules[finding.code].name,
            "safety": finding.safety.name.lower(),
            "confidence": finding.confidence,
            "start": finding.start,
            "end": finding.end,
            "line": place.line,
            "column": place.column,
            "byte_start": place.byte,
            "byte_end": places[finding.end].byte,
            "before": text[finding.start : finding.end],
            "after": finding.new,
            "fixable": mark in (FIX, FIXED),
            "applied": mark == FIXED,
            "note": finding.note,
        }
        yield json.dumps(record, allow_nan=False) + "\n"
