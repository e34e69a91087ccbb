"""Finds the rows worth a look among many: one pass of the kernel over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from repair.kernel.scan import Scan
from repair.patterns import pattern
from repair.rules import RULES
from repair.triggers import triggers
from repair.types import Kind, Rule

# In a group of this many bytes most find nothing even where one row in a hundred is damaged, and
# the call costs little beside them.
GROUP = 1 << 12
# How the texts begin that ``kinds`` takes for source code, if nothing else is known of them.
_ROFF = pattern(rb"\n(?:['.]\\\"|\.[A-Za-z]{2} )")


class _Wish(NamedTuple):
    """What signs say of a text."""

    wanted: bool
    ordinary: tuple[Callable[[str], bool], ...]
    """Unless all its wanted lines are ordinary by these tests; empty if that is not enough."""


ALL = _Wish(wanted=True, ordinary=())


class Sieve:
    """Knows what the rules want to see of a text."""

    def __init__(self, rules: Sequence[Rule] = RULES) -> None:
        self._triggers = triggers()
        self._masks = [(rule, self._triggers.masks(rule)) for rule in rules]
        self._known: dict[tuple[int, bool], _Wish] = {}

    def lines(
        self, data: bytes, whole: bytes | None = None, *, values: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans of lines, with their ends, in which something may be found.

        ``data`` is in UTF-8, and no line is evidence for another. ``whole`` is as long and has
        fewer line ends: then its lines are those that are meant. ``values`` says that the lines of
        ``data`` are those of values, or what is none, but where ``whole`` has a backslash; of whole
        values, if ``whole`` is given.
        """
        apart = values and whole is not None
        whole = data if whole is None else whole
        code_anywhere = _may_be_code(data)
        escapes = apart and b"\\" in whole
        start = 0
        while start < len(data):
            end = start + GROUP
            end = len(data) if end >= len(data) else whole.find(b"\n", end) + 1 or len(data)
            group = data[start:end]
            found = self._triggers.scan(group)
            code = code_anywhere and not (apart and not _may_be_code(group))
            wish = self._wish_of(group, found, code=code)
            if values and wish.ordinary:
                places = ((start + low, start + high) for low, high, _ in found.lines)
                yield from _unless_ordinary(data, whole, places, wish.ordinary, escapes=escapes)
            elif wish.wanted:
                for low, high in _lines(whole, start, end):
                    line = data[low:high]
                    code_here = code and not (apart and not _may_be_code(line))
                    as_value = values and not (escapes and b"\\" in whole[low:high])
                    if self._wants(line, code=code_here, values=as_value):
                        yield low, high
            start = end

    def _wants(self, line: bytes, *, code: bool, values: bool) -> bool:
        """Tell whether something may be found in a line; also where it is not in UTF-8."""
        found = self._triggers.scan(line)
        wish = self._wish_of(line, found, code=code)
        if values and wish.ordinary:
            places = ((low, high) for low, high, _ in found.lines)
            return not all(_is_ordinary(line[low:high], wish.ordinary) for low, high in places)
        return wish.wanted

    def _wish_of(self, data: bytes, found: Scan, *, code: bool) -> _Wish:
        if found.invalid >= 0:
            return ALL
        return self._wish(self._triggers.signs(data, found), code)

    def _wish(self, signs: int, code: bool) -> _Wish:  # noqa: FBT001 (a part of the key)
        known = self._known.get((signs, code))
        if known is None:
            known = self._known[signs, code] = self._look_up(signs, code=code)
        return known

    def _look_up(self, signs: int, *, code: bool) -> _Wish:
        if signs & self._triggers.surrogates:
            return ALL
        wanted = [
            rule
            for rule, masks in self._masks
            if any(signs & mask == mask for mask in masks) and (code or rule.kinds != (Kind.CODE,))
        ]
        tests = dict.fromkeys(rule.is_ordinary for rule in wanted)
        ordinary = tuple(test for test in tests if test is not None)
        return _Wish(bool(wanted), ordinary if len(ordinary) == len(tests) else ())


def _may_be_code(data: bytes) -> bool:
    return b"#!" in data or data[:1] in {b".", b"'"} or bool(_ROFF.search(data))


def _unless_ordinary(
    data: bytes,
    whole: bytes,
    places: Iterable[tuple[int, int]],
    tests: Sequence[Callable[[str], bool]],
    *,
    escapes: bool,
) -> Iterator[tuple[int, int]]:
    """Yield the lines of ``whole`` with a place that is not ordinary, or is written otherwise."""
    done = 0
    for low, high in places:
        if low >= done:
            start = whole.rfind(b"\n", done, low) + 1 or done
            end = whole.find(b"\n", low) + 1 or len(whole)
            other = escapes and b"\\" in whole[start:end]
            if other or not _is_ordinary(data[low:high], tests):
                yield start, end
                done = end


def _is_ordinary(line: bytes, tests: Sequence[Callable[[str], bool]]) -> bool:
    text = line.decode()
    return all(test(text) for test in tests)


@cache
def sieve() -> Sieve:
    """Return the sieve for the rules that come with the package."""
    return Sieve()


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = data.find(b"\n", start, end) + 1 or end
        yield start, stop
        start = stop
