"""The algebra of edits: select, apply, invert, compose, and lift to the original text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from repair.types import Edit, Finding

Owned = tuple[int, int, bool]
"""A span of characters that a finding owns, and whether it is applied."""

_START, _END, _CODE = attrgetter("start"), attrgetter("end"), attrgetter("code")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; they must be in order and disjoint.

    Raises:
        ValueError: an edit lies outside the text, or two overlap.
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text):
            msg = f"edit {edit.start}..{edit.end} is out of order or outside a text of {len(text)}"
            raise ValueError(msg)
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    if not pieces:
        return text
    pieces.append(text[at:])
    return "".join(pieces)


def invert(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead from ``apply(text, edits)`` back to ``text``."""
    back: list[Edit] = []
    shift = 0
    for start, end, new in edits:
        back.append(Edit(start + shift, start + shift + len(new), text[start:end]))
        shift += len(new) - (end - start)
    return tuple(back)


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> tuple[Edit, ...]:
    """Return edits with the effect of ``first`` and then ``second``, in offsets before ``first``.

    ``middle`` is the text between the two. Edits that overlap or touch there become one; all
    others stay as they are.
    """
    if not first or not second:
        return tuple(first or second)
    clusters: list[tuple[int, int, list[Edit]]] = []
    placed: list[tuple[int, int, list[Edit]]] = [(*span, []) for span in _spans_after(first)]
    made = ((edit.start, edit.end, [edit]) for edit in second)
    for start, end, own in sorted([*placed, *made], key=lambda span: span[:2]):  # stable
        if clusters and start <= clusters[-1][1]:
            low, high, edits = clusters[-1]
            edits += own
            clusters[-1] = (low, max(high, end), edits)
        else:
            clusters.append((start, end, own))
    to_original = _Lift(first)
    return tuple(
        Edit(
            to_original.before(low),
            to_original.after(high),
            apply(middle[low:high], [Edit(s - low, e - low, new) for s, e, new in edits]),
        )
        for low, high, edits in clusters
    )


def lift(finding: Finding, edits: Sequence[Edit], middle: str) -> Finding:
    """Return a finding made in ``middle``, the text after ``edits``, in offsets before them.

    A finding that shares a character with what an edit put there covers the whole of that edit,
    and its ``new`` the whole of what then stands there.
    """
    return next(lift_all([finding], edits, middle))


def lift_all(findings: Iterable[Finding], edits: Sequence[Edit], middle: str) -> Iterator[Finding]:
    """Lift many findings at the price of one pass over ``edits``."""
    if not edits:
        yield from findings
        return
    to_original = _Lift(edits)
    for finding in findings:
        low, high = to_original.widened(finding.start, finding.end)
        new = finding.new
        if new is not None:
            new = middle[low : finding.start] + new + middle[finding.end : high]
        start = to_original.after(low)
        end = max(start, to_original.before(high))
        safety, sure, note = finding.safety, finding.confidence, finding.note
        yield Finding(finding.code, start, end, new, safety, sure, note)


def select(
    findings: Iterable[Finding], rank: Mapping[str, int], floor: int
) -> tuple[list[Finding], list[Finding]]:
    """Split findings into those to apply, in order and disjoint, and those to leave.

    ``rank`` orders the codes: of two findings that overlap, the one whose code comes first
    owns the place, applied or not. A finding that loses its place to one that is applied is
    in neither list: the text it spoke about is gone, and the next pass looks again.
    """
    chosen: list[Finding] = []
    left: list[Finding] = []
    ordered = by_span(findings)
    first, count = 0, len(ordered)
    while first < count:
        owner = ordered[first]
        low, high = owner.start, owner.end
        last = first + 1
        if last < count and ordered[last].start < max(high, low + 1):
            last, high = _cluster(ordered, first)
        if last - first > 1:
            cluster = sorted(ordered[first:last], key=lambda finding: rank[finding.code])
            owner = cluster[0]
            if not _is_applied(owner, floor) or owner.start != low or owner.end != high:
                _settle(cluster, floor, chosen, left)
                first = last
                continue  # else all others clash with it
        (chosen if _is_applied(owner, floor) else left).append(owner)
        first = last
    return chosen, left


def by_span(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by start and end."""
    ordered = sorted(findings, key=_END)  # twice is faster than by both at once
    ordered.sort(key=_START)
    return ordered


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by start, end and code."""
    return by_span(sorted(findings, key=_CODE))


def _is_applied(finding: Finding, floor: int) -> bool:
    return finding.new is not None and finding.safety >= floor


def _cluster(ordered: Sequence[Finding], first: int) -> tuple[int, int]:
    """Return where those end that clash with the first, also by way of others, and in the text."""
    last, high = ordered[first].start, ordered[first].end
    for at in range(first + 1, len(ordered)):
        start, end = ordered[at].start, ordered[at].end
        if start >= high and not start == end == last == high:
            return at, high
        high = max(high, end)
        last = start
    return len(ordered), high


def _settle(
    cluster: Iterable[Finding], floor: int, chosen: list[Finding], left: list[Finding]
) -> None:
    """Split findings of which some clash, those of the first rule first."""
    owned: list[Owned] = []  # in order and disjoint
    applied: list[Finding] = []
    kept: list[Finding] = []
    for finding in cluster:
        rivals = _rivals(owned, finding.start, finding.end)
        if any(is_applied for _, _, is_applied in rivals):
            continue
        is_applied = not rivals and finding.new is not None and finding.safety >= floor
        if not rivals:
            insort(owned, (finding.start, finding.end, is_applied))
        (applied if is_applied else kept).append(finding)
    chosen += by_span(applied)
    left += by_span(kept)


def _rivals(owned: list[Owned], start: int, end: int) -> list[Owned]:
    """Return the spans that share a character or a place with start..end."""
    first = last = bisect_left(owned, (start, start, False))
    while last < len(owned) and owned[last][0] <= end:
        last += 1
    return [span for span in owned[max(first - 1, 0) : last] if _clash(*span[:2], start, end)]


def _clash(low: int, high: int, start: int, end: int) -> bool:
    return (low < end and start < high) or (low, high) == (start, end)


def _spans_after(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Where the ``new`` of each edit stands in the text that the edits make."""
    spans: list[tuple[int, int]] = []
    shift = 0
    for start, end, new in edits:
        spans.append((start + shift, start + shift + len(new)))
        shift += len(new) - (end - start)
    return spans


class _Lift:
    """Maps offsets after edits to offsets before them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        spans = _spans_after(edits)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def widened(self, low: int, high: int) -> tuple[int, int]:
        """Widen a span so that no edit lies across its ends."""
        first = bisect_right(self._ends, low)
        if first < len(self._edits) and self._starts[first] < high:
            low = min(low, self._starts[first])
        last = bisect_left(self._starts, high) - 1
        if last >= 0 and self._ends[last] > low:
            high = max(high, self._ends[last])
        return low, high

    def after(self, offset: int) -> int:
        """The offset before the edits, behind all edits that end here."""
        last = bisect_right(self._ends, offset) - 1
        return offset - self._ends[last] + self._edits[last].end if last >= 0 else offset

    def before(self, offset: int) -> int:
        """The offset before the edits, in front of all edits that start here."""
        first = bisect_left(self._starts, offset)
        if first < len(self._edits):
            return offset - self._starts[first] + self._edits[first].start
        return self.after(offset)
