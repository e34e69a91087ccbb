"""The last lines of a report: counts per rule, and the totals."""

from __future__ import annotations

from collections.abc import Iterator

from repair.reports.outcomes import FIX, FIXED, UNSAFE_FIX, Tally, View


def counts(tally: Tally, view: View) -> Iterator[str]:
    """Yield a line for each rule that found something, in the order of the rules."""
    found = [code for code in view.rules if tally.codes[code]]
    names = max((len(view.rules[code].name) for code in found), default=0)
    digits = max((len(str(tally.codes[code])) for code in found), default=0)
    for code in found:
        number = str(tally.codes[code]).rjust(digits)
        yield f"{view.paint(code, 'code')}  {view.rules[code].name.ljust(names)}  {number}\n"


def totals(tally: Tally) -> Iterator[str]:
    """Yield the totals: what was found, what can be done, what was not looked at."""
    if tally.found:
        where = _many(tally.damaged, "file")
        if tally.checked > tally.damaged:
            where += f" of {tally.checked}"
        yield f"Found {_many(tally.found, 'finding')} in {where}{_remedies(tally)}.\n"
    elif tally.checked:
        yield f"Nothing found in {_many(tally.checked, 'file')}.\n"
    if tally.refused:
        yield f"{_many(tally.refused, 'file')} cannot hold what was found.\n"
    if tally.skipped["binary"]:
        yield f"{_many(tally.skipped['binary'], 'binary file')} skipped.\n"
    if tally.skipped["unreadable"]:
        yield f"{_many(tally.skipped['unreadable'], 'input')} could not be read.\n"


def _remedies(tally: Tally) -> str:
    """Whether the findings were or can be fixed, and how."""
    marks = tally.marks
    parts = []
    if marks[FIXED]:
        parts.append(f"{marks[FIXED]} fixed")
        parts += [f"{tally.remaining} remaining"] if tally.remaining else []
    if marks[FIX]:
        parts.append(f"{marks[FIX]} fixable with --fix")
    if marks[UNSAFE_FIX]:
        more = " more" if marks[FIX] else ""
        parts.append(f"{marks[UNSAFE_FIX]}{more} with --unsafe-fixes")
    return f": {', '.join(parts)}" if parts else ""


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
