"""The report as one JSON document: what ``jsonl`` says, and the totals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from repair.reports.jsonl import objects
from repair.reports.outcomes import FIXED, Checked, Outcome, Tally, View


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield the document: a piece for each finding, and the totals."""
    tally = Tally()
    yield f'{{"version": {json.dumps(view.version)}, "findings": ['
    separator = "\n"
    for outcome in outcomes:
        tally.add(outcome, view)
        if isinstance(outcome, Checked):
            for line in objects(outcome, view):
                yield separator + line
                separator = ",\n"
    yield f'\n], "summary": {json.dumps(_summary(tally))}}}\n'


def _summary(tally: Tally) -> dict[str, object]:
    return {
        "checked": tally.checked,
        "damaged": tally.damaged,
        "found": tally.found,
        "fixed": tally.marks[FIXED],
        "remaining": tally.remaining,
        "refused": tally.refused,
        "skipped": dict(sorted(tally.skipped.items())),
        "codes": dict(sorted(tally.codes.items())),
    }
