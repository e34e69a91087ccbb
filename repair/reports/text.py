"""The report for people: the findings of each line in a frame, then the counts.

README.md:3:8 M101 [*] UTF-8 text was read in another encoding (99 %)
  3 | The cafÃ© on the corner
    |        ^^
  * | The café on the corner
  = UTF-8 read as windows-1252
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, Tally, View
from repair.reports.summary import counts, totals


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield the report: a piece for each frame, and the end."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome, view)
        if isinstance(outcome, Checked) and view.findings:
            from repair.reports.pages import framed  # noqa: PLC0415 (4 ms, and most find nothing)

            yield from framed(outcome, view)
    if tally.found and view.totals:
        yield "".join(counts(tally, view)) + "\n"
    if view.totals:
        yield "".join(totals(tally))
