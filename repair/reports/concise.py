"""The report for people and editors in a hurry: a line for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, Tally, View
from repair.reports.records import Record, message, records
from repair.reports.summary import totals
from repair.visible import visible


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a line for each finding, and the totals."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome, view)
        if isinstance(outcome, Checked):
            for record in records(outcome, view):
                yield _line(record, visible(outcome.path), view)
            if outcome.refused:
                yield f"{view.paint(visible(outcome.path), 'path')}: {outcome.refused}\n"
    if view.totals:
        yield "".join(totals(tally))


def _line(record: Record, path: str, view: View) -> str:
    where = f"{path} (name)" if record.of_name else path
    parts = [
        view.paint(f"{where}:{record.start.line}:{record.start.column}:", "path"),
        view.paint(record.finding.code, "code"),
        *([view.paint(f"[{record.mark}]", "mark")] if record.mark else []),
        message(record, view),
    ]
    return " ".join(parts) + "\n"
