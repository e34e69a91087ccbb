"""The report as JUnit's XML: a suite for each damaged file, a failure for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repair.reports.outcomes import Checked, Outcome, Skipped, View
from repair.reports.records import Record, message, records
from repair.visible import visible

# xml.sax.saxutils would take 20 ms to import, for it opens addresses, too. What a document may not
# hold at all is spelled out by visible().
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield the document; a file in which nothing is found is not in it."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="textrepair">\n'
    empty = True
    for outcome in outcomes:
        if isinstance(outcome, Checked) and (found := list(records(outcome, view))):
            empty = False
            yield _suite(outcome.path, found, view)
        elif isinstance(outcome, Skipped) and outcome.why == "unreadable":
            empty = False
            yield _error(outcome)
    if empty:
        yield '  <testsuite name="textrepair" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="nothing found" classname="textrepair"/>\n  </testsuite>\n'
    yield "</testsuites>\n"


def _suite(path: str, found: list[Record], view: View) -> str:
    failures = sum(not record.fixed for record in found)
    name = _quoted(visible(path))
    counts = f'tests="{len(found)}" failures="{failures}" errors="0"'
    cases = "".join(_case(record, name, view) for record in found)
    return f"  <testsuite name={name} {counts}>\n{cases}  </testsuite>\n"


def _case(record: Record, name: str, view: View) -> str:
    place = f"{record.start.line}:{record.start.column}"
    in_name = "name " if record.of_name else ""
    case = _quoted(f"{in_name}{place} {record.finding.code}")
    if record.fixed:
        return f"    <testcase name={case} classname={name}/>\n"
    said = message(record, view)
    return (
        f"    <testcase name={case} classname={name}>\n"
        f"      <failure type={_quoted(record.finding.code)} message={_quoted(said)}>"
        f"{visible(record.line.strip()).translate(_ESCAPED)}</failure>\n"
        "    </testcase>\n"
    )


def _error(skipped: Skipped) -> str:
    name = _quoted(visible(skipped.path))
    return (
        f'  <testsuite name={name} tests="1" failures="0" errors="1">\n'
        f'    <testcase name="readable" classname={name}>\n'
        '      <error type="unreadable" message="it could not be read"/>\n'
        "    </testcase>\n  </testsuite>\n"
    )


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPED)}"'
