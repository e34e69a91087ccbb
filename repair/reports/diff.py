"""The report as a patch: what was changed, or would be.

A patch must hold the bytes of the file, whatever its encoding, so lines are cut from bytes and
travel as surrogates (PEP 383). On a terminal it is shown as text, with nothing invisible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from repair.reports.outcomes import Checked, Outcome, View
from repair.types import Repaired
from repair.unified import Change, split_lines, unified_diff
from repair.visible import visible


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a patch for each input that is changed and that a patch can change."""
    for outcome in outcomes:
        if isinstance(outcome, Checked) and outcome.changed and not outcome.of_name:
            if view.people:
                yield _shown(outcome, view)
            elif outcome.packed is None:
                yield _patch(outcome, view)


def _patch(checked: Checked, view: View) -> str:
    old, new = checked.data, checked.result.data
    if new is None:
        return ""
    # One character per byte, so that lines are counted and cut as git does
    old_text, new_text = old.decode("latin-1"), new.decode("latin-1")
    body = unified_diff(old_text, _byte_changes(checked.result, old_text, new_text))
    hunks = body.split("\n", 2)[2].encode("latin-1").decode("utf-8", "surrogateescape")
    path = view.seen_from_here(checked.path)
    return "".join(f"{sign} {_name(side + path)}\n" for sign, side in _SIDES) + hunks


_SIDES = (("---", "a/"), ("+++", "b/"))


def _byte_changes(result: Repaired, old_text: str, new_text: str) -> list[Change]:
    """The changed lines, in lines of bytes."""
    old, new = split_lines(old_text), split_lines(new_text)
    changes = list(result.changed_lines())
    if _is_converted(result):
        return [_one_change(old, new)]
    if not _same_lines(result.original, old) or not _same_lines(result.text, new):
        return [_one_change(old, new)]  # UTF-16 and its like
    shift = 0
    moved: list[Change] = []
    for first, last, replacement in changes:
        lines = new[first + shift : first + shift + len(replacement)]
        moved.append((first, last, lines))
        shift += len(replacement) - (last - first)
    return moved


def _is_converted(result: Repaired) -> bool:
    return result.decoded is not None and result.encoding not in (None, result.decoded.encoding)


def _same_lines(text: str, lines: Sequence[str]) -> bool:
    return len(split_lines(text)) == len(lines)


def _one_change(old: list[str], new: list[str]) -> Change:
    """All between the lines that both share at their ends."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return head, len(old) - tail, new[head : len(new) - tail]


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many items are equal at the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _name(path: str) -> str:
    r"""Quote a path as git does, where it must be."""
    if any(c in '"\\' or ord(c) < 32 or ord(c) == 127 for c in path):
        return f'"{"".join(_QUOTED.get(c, c) for c in path)}"'
    return f"{path}\t" if " " in path else path


_QUOTED = {chr(code): f"\\{code:03o}" for code in (*range(32), 127)}
_QUOTED |= {'"': '\\"', "\\": "\\\\"}
_STYLES = {"-": "old", "+": "new", "@": "mark"}


def _shown(checked: Checked, view: View) -> str:
    """The same for eyes."""
    result = checked.result
    told = ""
    if _is_converted(result):
        was = result.decoded.encoding if result.decoded else ""
        told = f"{visible(checked.path)}: {was} becomes {result.encoding}\n"
    line_end = "\r\n" if _same_count("\r\n", result) else "\n"
    lines = split_lines(result.diff(visible(checked.path)))
    return told + "".join(_shown_line(line, line_end, view) for line in lines)


def _same_count(line_end: str, result: Repaired) -> bool:
    return result.original.count(line_end) == result.text.count(line_end)


def _shown_line(line: str, line_end: str, view: View) -> str:
    end = line_end if line.endswith(line_end) else "\n"
    shown = visible(line.removesuffix(end))
    style = "path" if line.startswith(("--- ", "+++ ")) else _STYLES.get(line[0], "")
    return (view.paint(shown, style) if style else shown) + "\n"
