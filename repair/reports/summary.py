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
        some = f"{tally.damaged} of " if tally.checked > tally.damaged else ""
        where = some + _many(tally.checked, "file")
        yield f"Found {_many(tally.found, 'finding')} in {where}{_remedies(tally)}.\n"
    elif tally.checked:
        yield f"Nothing found in {_many(tally.checked, 'file')}.\n"
    if tally.refused:
        yield f"{_many(tally.refused, 'file')} cannot hold the repaired text.\n"
    if tally.skipped["binary"]:
        yield f"{_many(tally.skipped['binary'], 'binary file')} skipped.\n"
    if tally.skipped["excluded"]:
        yield f"{_many(tally.skipped['excluded'], 'path')} skipped by exclude.\n"
    if tally.skipped["no regular file"]:
        yield f"{_many(tally.skipped['no regular file'], 'special file')} skipped.\n"
    if tally.skipped["unreadable"]:
        yield f"{_many(tally.skipped['unreadable'], 'input')} could not be read.\n"


def _remedies(tally: Tally) -> str:
    """Whether the findings were or can be fixed, and how."""
    fixable = _fixable(tally)
    if not tally.marks[FIXED]:
        return f": {fixable}" if fixable else ""
    fixed = f": {tally.marks[FIXED]} fixed"
    if not tally.remaining:
        return fixed
    return f"{fixed}, {tally.remaining} remaining" + (f" ({fixable})" if fixable else "")


def _fixable(tally: Tally) -> str:
    safe, unsafe = tally.marks[FIX], tally.marks[UNSAFE_FIX]
    if not safe:
        return f"[{UNSAFE_FIX}] {unsafe} fixable with --fix --unsafe-fixes" if unsafe else ""
    more = f", [{UNSAFE_FIX}] {unsafe} more with --unsafe-fixes" if unsafe else ""
    return f"[{FIX}] {safe} fixable with --fix{more}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def skipped(tally: Tally) -> str:
    """Say what was passed over, and why; empty if nothing was."""
    reasons = sorted(tally.skipped.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {why}" for why, number in reasons)
