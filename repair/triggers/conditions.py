"""What must stand in a text for the trigger of a rule to match: derived from its pattern.

A condition is necessary and cheap to test: a character, two neighbours, or two characters on the
same line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, takewhile
from math import prod
from typing import NamedTuple

from repair.triggers.sequences import Characters, Gap, Opened, UnknownNeedError, sequences
from repair.triggers.sets import ANY, EMPTY, NEWLINE, Ranges, intersection


class Pair(NamedTuple):
    """Two neighbours, unless they are a pair of the excepted ones."""

    first: Ranges
    second: Ranges
    except_first: Ranges = EMPTY
    except_second: Ranges = EMPTY


class Row(NamedTuple):
    """More neighbours, the first two of which are no excepted pair."""

    first: Ranges
    second: Ranges
    further: tuple[Ranges, ...]
    except_first: Ranges = EMPTY
    except_second: Ranges = EMPTY


class OnLine(NamedTuple):
    """Two characters on one line, in either order."""

    one: Ranges
    other: Ranges


class InText(NamedTuple):
    """Two characters anywhere, in either order."""

    one: Ranges
    other: Ranges


Condition = Pair | Row | OnLine | InText


@cache
def conditions(pattern: str, *, by_line: bool, in_rows: bool = False) -> tuple[Condition, ...]:
    """Return conditions of which one holds wherever ``pattern`` matches.

    Two characters that are not neighbours are looked for on one line or anywhere in the text; more
    than two neighbours on one line, or if ``in_rows``.

    Raises:
        UnknownNeedError: none are known.
    """
    out = []
    for sequence in sequences(pattern):
        found = _on_line(sequence) if by_line else _in_text(sequence)
        # a row takes signs, of which there are few
        most = MOST_IN_ROW if by_line or in_rows else 2
        usable = filter(is_usable, (*_neighbours(sequence, most), *found))
        best = min(usable, key=_price, default=None)
        if best is None:
            msg = f"nothing is needed for {pattern[:60]!a}"
            raise UnknownNeedError(msg)
        out.append(best)
    return tuple(dict.fromkeys(map(_sorted, out)))


def _sorted(condition: Condition) -> Condition:
    """Put what may come in either order in one order, so that it is one condition."""
    if isinstance(condition, OnLine | InText):
        return type(condition)(*sorted(condition))
    return condition


# So many neighbours are looked at in a row.
MOST_IN_ROW = 8

# The scan passes over line feeds and all other printable ASCII eight characters at a time.
STOPS = frozenset(map(ord, "&\\=%+"))
PRINTABLE: Ranges = ((0x0A, 0x0A), (0x20, 0x7E))


def printable(ranges: Ranges) -> set[int]:
    """Return what of a set is printable ASCII, or a line feed."""
    return {
        point for low, high in intersection(ranges, PRINTABLE) for point in range(low, high + 1)
    }


def is_usable(condition: Condition) -> bool:
    """Tell whether the scan sees it: what is all ASCII must have one of STOPS.

    Rows do not go on after the end of a line.
    """
    if isinstance(condition, Row) and any(
        intersection(each, NEWLINE) for each in (condition.second, *condition.further)
    ):
        return False
    one, other = printable(condition[0]), printable(condition[1])
    if isinstance(condition, Pair | Row):
        return not one or not other or one <= STOPS or other <= STOPS
    return one <= STOPS and other <= STOPS


def stops(condition: Condition) -> set[int]:
    """Return those of STOPS at which the scan sees it."""
    one, other = printable(condition[0]), printable(condition[1])
    if isinstance(condition, OnLine | InText):
        return one | other
    if not one or not other:
        return set()
    return one if one <= STOPS else other


def _neighbours(sequence: Opened, most: int) -> Iterator[Condition]:
    for at, first in enumerate(sequence):
        if not isinstance(first, Characters):
            continue
        yield Pair(ANY, first.ranges)
        beside = takewhile(_is_one_character, sequence[at + 1 : at + most])
        others = [token.ranges for token in beside if isinstance(token, Characters)]
        if others:
            excepted = first.except_pair or ()
            yield Pair(first.ranges, others[0], *excepted)
            for count in range(2, len(others) + 1):
                yield Row(first.ranges, others[0], tuple(others[1:count]), *excepted)


def _is_one_character(token: Characters | Gap) -> bool:
    return isinstance(token, Characters)


def _on_line(sequence: Opened) -> Iterator[Condition]:
    before: list[Ranges] = []
    for token in sequence:
        if isinstance(token, Characters):
            yield from (OnLine(one, token.ranges) for one in before)
            before.append(token.ranges)
        elif token.over_lines:
            before = []


def _in_text(sequence: Opened) -> Iterator[Condition]:
    sets = [token.ranges for token in sequence if isinstance(token, Characters)]
    yield from (InText(one, other) for one, other in combinations(sets, 2))


# How often characters are met, by ranges, roughly: of all in mixed prose, markup and code.
_WEIGHTS = (
    (0x09, 0x09, 5.0),
    (0x0A, 0x0A, 20.0),
    (0x0D, 0x0D, 1.0),
    (0x20, 0x20, 120.0),
    (0x30, 0x39, 3.0),
    (0x41, 0x5A, 2.0),
    (0x61, 0x7A, 25.0),
    (0x21, 0x7E, 3.0),
    (0xC0, 0x17F, 0.6),
    (0x370, 0x6FF, 1.0),
    (0x430, 0x44F, 10.0),
    (0x454, 0x458, 15.0),
    (0x900, 0x137F, 0.3),
    (0x1780, 0x18AF, 0.1),
    (0x1E00, 0x1FFF, 0.5),
    (0x2010, 0x2026, 2.0),
    (0x2100, 0x27BF, 0.02),
    (0x3000, 0x3020, 1.0),
    (0x3001, 0x3002, 10.0),
    (0x3041, 0x30FF, 1.0),
    (0x4E00, 0x9FFF, 0.1),
    (0xAC00, 0xD7A3, 0.02),
    (0xFF00, 0xFFEF, 0.3),
    (0x0, 0x10FFFF, 0.0001),
)


def weight(ranges: Ranges) -> float:
    """Return how often characters of a set are met, roughly."""
    return sum(
        (min(high, top) - max(low, bottom) + 1) * weight
        for low, high in ranges
        for bottom, top, weight in _WEIGHTS
        if min(high, top) >= max(low, bottom)
    )


_ALL = weight(ANY)


# What is no rarer than this is on most lines.
_A_COMMON_LETTER = 50

# A row takes signs, if others do not go on alike, and time at each of its characters.
_OF_ITS_OWN, _EACH = 1.5, 0.15


def _price(condition: Condition) -> float:
    common = commonness(condition)
    if isinstance(condition, Row):
        return _EACH * len(condition.further) + _OF_ITS_OWN * common
    return common


def commonness(condition: Condition) -> float:
    """Return how often a condition holds in all kinds of text, roughly."""
    one, other = weight(condition[0]), weight(condition[1])
    if isinstance(condition, InText):
        return 0.9 * min(one, other)
    if isinstance(condition, OnLine):
        in_both = weight(intersection(condition.one, condition.other))
        return max(in_both, min(one, other) * min(1.01, max(one, other) / _A_COMMON_LETTER))
    excepted = weight(intersection(condition.first, condition.except_first)) * weight(
        intersection(condition.second, condition.except_second)
    )
    pairs = (one * other - excepted) / _ALL
    further = condition.further if isinstance(condition, Row) else ()
    return pairs * prod(weight(each) / _ALL for each in further)
