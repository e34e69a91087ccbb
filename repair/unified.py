"""A unified diff of two texts, made from the edits that lead from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

CONTEXT_LINES = 3

Change = tuple[int, int, Sequence[str]]
"""Lines [first, last) of the original, counted from 0, and the lines that replace them."""


def split_lines(text: str) -> list[str]:
    r"""Lines with their ends, cut after ``\n`` only, as diff and patch count them."""
    pieces = text.split("\n")
    lines = [piece + "\n" for piece in pieces[:-1]]
    return [*lines, pieces[-1]] if pieces[-1] else lines


def unified_diff(original: str, changes: Sequence[Change], name: str = "text") -> str:
    """Render changes of whole lines, in order and disjoint, as a unified diff."""
    if not changes:
        return ""
    lines = split_lines(original)
    out = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    shift = 0
    for group in _groups(changes):
        body = list(_hunk_body(lines, group))
        first = max(group[0][0] - CONTEXT_LINES, 0)
        old = sum(line[0] in " -" for line in body)
        new = sum(line[0] in " +" for line in body)
        out.append(f"@@ -{_range(first, old)} +{_range(first + shift, new)} @@\n")
        out.extend(_with_end(line) for line in body)
        shift += new - old
    return "".join(out)


def _groups(changes: Sequence[Change]) -> Iterator[list[Change]]:
    group = [changes[0]]
    for change in changes[1:]:
        if change[0] - group[-1][1] > 2 * CONTEXT_LINES:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk_body(lines: list[str], group: list[Change]) -> Iterator[str]:
    at = max(group[0][0] - CONTEXT_LINES, 0)
    for first, last, replacement in group:
        yield from (" " + line for line in lines[at:first])
        yield from ("-" + line for line in lines[first:last])
        yield from ("+" + line for line in replacement)
        at = last
    yield from (" " + line for line in lines[at : at + CONTEXT_LINES])


def _range(first: int, count: int) -> str:
    return f"{first + 1 if count else first},{count}"


def _with_end(line: str) -> str:
    return line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
