"""What must stand in a text for the trigger of a rule to match: derived from its pattern.

A condition is necessary and cheap to test: a character, two neighbours, or two characters on the
same line. The patterns of rules are Python regular expressions; no module but the one that parses
them says what they consist of. What is not known here is taken to need nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from repair.triggers.sets import ANY, EMPTY, LAST, NEWLINE, Ranges, difference, intersection, others, union

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser

_Item = tuple[Any, Any]


class Pair(NamedTuple):
    """Two neighbours, unless they are a pair of the excepted ones."""

    first: Ranges
    second: Ranges
    except_first: Ranges = EMPTY
    except_second: Ranges = EMPTY


class Triple(NamedTuple):
    """Three characters in a row, the first two of which are no excepted pair."""

    first: Ranges
    second: Ranges
    third: Ranges
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


Condition = Pair | Triple | OnLine | InText


class _Set(NamedTuple):
    """One character of these; with the next one it is not a pair of these two."""

    ranges: Ranges
    except_pair: tuple[Ranges, Ranges] | None = None


class _Gap(NamedTuple):
    """Any number of characters."""

    over_lines: bool


class _Behind(NamedTuple):
    """What stands before the first character of a sequence, as far as a look behind tells."""

    tokens: tuple[_Set | _Gap, ...]


class _Ahead(NamedTuple):
    """What stands after the last character of a sequence, as far as a look ahead tells."""

    tokens: tuple[_Set | _Gap, ...]


_Token = _Set | _Gap | _Behind | _Ahead
_Sequence = tuple[_Token, ...]


class UnknownNeedError(ValueError):
    """A pattern could match in any text, as far as can be told."""


MOST_SEQUENCES = 4096


def conditions(pattern: str, *, by_line: bool) -> list[Condition]:
    """Return conditions of which one holds wherever ``pattern`` matches.

    Two characters that are not neighbours are looked for on one line or anywhere in the text.

    Raises:
        UnknownNeedError: none are known.
    """
    if re.compile(pattern).flags & re.IGNORECASE:
        msg = "the long s is another case of s"
        raise UnknownNeedError(msg)
    out = []
    for sequence in map(_opened, _sequences(parser.parse(pattern))):
        found = _on_line(sequence) if by_line else _in_text(sequence)
        usable = filter(is_usable, (*_neighbours(sequence), *found))
        best = min(usable, key=_price, default=None)
        if best is None:
            msg = f"nothing is needed for {pattern[:60]!a}"
            raise UnknownNeedError(msg)
        out.append(best)
    return list(dict.fromkeys(map(_sorted, out)))


def _sorted(condition: Condition) -> Condition:
    """Put what may come in either order in one order, so that it is one condition."""
    if isinstance(condition, OnLine | InText):
        return type(condition)(*sorted(condition))
    return condition


# The scan passes over all other printable ASCII eight characters at a time.
STOPS = frozenset(map(ord, "&\\=%+:"))
PRINTABLE: Ranges = ((0x20, 0x7E),)


def printable(ranges: Ranges) -> set[int]:
    """Return what of a set is printable ASCII."""
    return {
        point for low, high in intersection(ranges, PRINTABLE) for point in range(low, high + 1)
    }


def is_usable(condition: Condition) -> bool:
    """Tell whether the scan sees it: what is all ASCII must have one of STOPS."""
    one, other = printable(condition[0]), printable(condition[1])
    if isinstance(condition, Pair | Triple):
        return not one or not other or one <= STOPS or other <= STOPS
    return one <= STOPS and other <= STOPS


def _neighbours(sequence: _Sequence) -> Iterator[Condition]:
    for at, first in enumerate(sequence):
        if not isinstance(first, _Set):
            continue
        yield Pair(ANY, first.ranges)
        second, third, *_ = (*sequence[at + 1 : at + 3], None, None)
        if isinstance(second, _Set):
            excepted = first.except_pair or ()
            yield Pair(first.ranges, second.ranges, *excepted)
            if isinstance(third, _Set):
                yield Triple(first.ranges, second.ranges, third.ranges, *excepted)


def _on_line(sequence: _Sequence) -> Iterator[Condition]:
    before: list[Ranges] = []
    for token in sequence:
        if isinstance(token, _Set):
            yield from (OnLine(one, token.ranges) for one in before)
            before.append(token.ranges)
        elif token.over_lines:
            before = []


def _in_text(sequence: _Sequence) -> Iterator[Condition]:
    sets = [token.ranges for token in sequence if isinstance(token, _Set)]
    yield from (InText(one, other) for one, other in combinations(sets, 2))


def _sequences(items: Iterable[_Item]) -> list[_Sequence]:
    """Return all sequences of characters that items can stand for, branches multiplied out."""
    found: list[_Sequence] = [()]
    pending: list[tuple[Ranges, ...]] = []
    todo = list(items)
    for at, (op, argument) in enumerate(todo):
        name = str(op)
        if name == "ASSERT_NOT":
            found = _without(found, *argument)
            pending += _ahead(*argument)
            continue
        if name == "ASSERT" and argument[0] > 0 and at + 1 < len(todo):
            # What it sees is in the text; where, is only told where nothing else follows.
            seen = [(*_opened(one), _Gap(over_lines=True)) for one in _of_item(name, argument)]
            found = [_ahead_of(one, before) for before in found for one in seen]
            continue
        choices = _of_item(name, argument)
        if pending:
            choices = [_except(choice, pending) for choice in choices]
            pending = []
        joined = _behind if name == "ASSERT" and argument[0] < 0 else _after
        found = [joined(before, choice) for before in found for choice in choices]
        if len(found) > MOST_SEQUENCES:
            msg = "too many branches"
            raise UnknownNeedError(msg)
    return found


def _ahead_of(seen: _Sequence, before: _Sequence) -> _Sequence:
    if before and isinstance(before[0], _Behind):
        return before + seen if len(before) == 1 else before
    return seen + before


def _after(before: _Sequence, choice: _Sequence) -> _Sequence:
    """Join two sequences; what the second one says of what is before it is said of the first."""
    if before and isinstance(before[-1], _Ahead) and choice:
        before = before[:-1]
    if not choice or not isinstance(choice[0], _Behind):
        return before + choice
    return _overlaid(before, choice[0].tokens) + choice[1:] if before else choice


def _behind(before: _Sequence, seen: _Sequence) -> _Sequence:
    return _after(before, (_Behind(_opened(seen)),))


def _opened(sequence: _Sequence) -> tuple[_Set | _Gap, ...]:
    """Put what is before the first character, and after the last one, where it stands."""
    out: list[_Set | _Gap] = []
    for token in sequence:
        out += token.tokens if isinstance(token, _Behind | _Ahead) else [token]
    return tuple(out)


def _overlaid(before: _Sequence, behind: tuple[_Set | _Gap, ...]) -> _Sequence:
    """Join what a look behind says of the characters that stand there already."""
    if isinstance(before[0], _Behind):
        rest = _overlaid(before[1:], behind) if len(before) > 1 else ()
        return (before[0], *rest)  # of two that look at the same place, one is enough
    out = list(before)
    at = len(out)
    for token in reversed(behind):
        if isinstance(token, _Gap):
            break
        at -= 1
        if at < 0:
            out.insert(0, token)
            at = 0
        elif isinstance(out[at], _Set):
            known = out[at]
            assert isinstance(known, _Set)
            out[at] = known._replace(ranges=intersection(known.ranges, token.ranges))
        else:
            break
    return tuple(out)


def _without(found: list[_Sequence], direction: int, items: Iterable[_Item]) -> list[_Sequence]:
    """Take away what a negative look behind at one character excludes."""
    if direction > 0:
        return found
    excluded = _single(items)
    if excluded is None:
        return found
    out = []
    for sequence in found:
        last = sequence[-1] if sequence else None
        if isinstance(last, _Set):
            less = last._replace(ranges=difference(last.ranges, excluded))
            out.append((*sequence[:-1], less))
        else:
            out.append(sequence)
    return out


def _single(items: Iterable[_Item]) -> Ranges | None:
    sequences = _sequences(items)
    if any(len(s) != 1 or not isinstance(s[0], _Set) for s in sequences):
        return None
    return union(*(s[0].ranges for s in sequences if isinstance(s[0], _Set)))


def _ahead(direction: int, items: Iterable[_Item]) -> list[tuple[Ranges, ...]]:
    """Return what a negative look ahead excludes, where it is of one or two characters."""
    if direction < 0:
        return []
    sequences = _sequences(items)
    if len(sequences) != 1 or not all(isinstance(token, _Set) for token in sequences[0]):
        return []
    ranges = tuple(token.ranges for token in sequences[0] if isinstance(token, _Set))
    return [ranges] if len(ranges) in (1, 2) else []


def _except(choice: _Sequence, pending: list[tuple[Ranges, ...]]) -> _Sequence:
    if not choice or not isinstance(choice[0], _Set):
        return choice
    first = choice[0]
    for excluded in pending:
        if len(excluded) == 1:
            first = first._replace(ranges=difference(first.ranges, excluded[0]))
        else:
            first = first._replace(except_pair=(excluded[0], excluded[1]))
    return (first, *choice[1:])


def _of_item(op: str, argument: Any) -> list[_Sequence]:
    if op == "LITERAL":
        return [(_Set(((argument, argument),)),)]
    if op == "NOT_LITERAL":
        return [(_Set(others(((argument, argument),))),)]
    if op == "ANY":
        return [(_Set(others(NEWLINE)),)]
    if op == "IN":
        return [(_Set(_of_set(argument)),)]
    if op == "BRANCH":
        return [sequence for items in argument[1] for sequence in _sequences(items)]
    if op == "SUBPATTERN":
        if argument[1] & re.IGNORECASE:
            return [(_Gap(over_lines=True),)]
        return _sequences(argument[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(*argument)
    if op == "ASSERT":
        seen = [_opened(sequence) for sequence in _sequences(argument[1])]
        return seen if argument[0] < 0 else [(_Ahead(one),) for one in seen]
    if op == "ATOMIC_GROUP":
        return _sequences(argument)
    if op == "AT":
        return [()]
    return [(_Gap(over_lines=True),)]


def _repeated(least: int, most: int, items: Iterable[_Item]) -> list[_Sequence]:
    inner = _sequences(items)
    over = any(_over_lines(sequence) for sequence in inner)
    if least == 0:
        return [(_Gap(over),)]
    if len(inner) > 1:
        return [(*one, _Gap(over)) for one in inner] if (least, most) != (1, 1) else inner
    times = min(least, _MOST_TIMES)
    once = inner[0]
    several = once
    for _ in range(times - 1):
        several = _after(several, once)
    return [several if most == times else _after((*several, _Gap(over)), once)]


_MOST_TIMES = 4


def _over_lines(sequence: _Sequence) -> bool:
    return any(
        token.over_lines if isinstance(token, _Gap) else bool(intersection(token.ranges, NEWLINE))
        for token in _opened(sequence)
    )


def _of_set(members: Iterable[_Item]) -> Ranges:
    ranges: list[tuple[int, int]] = []
    negated = False
    for kind, value in members:
        name = str(kind)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            ranges.append((value, value))
        elif name == "RANGE":
            ranges.append((value[0], value[1]))
        else:  # a category: what it has of ASCII is known, all else it may have or not
            ranges += _ascii_of(str(value))
            if not negated:
                ranges.append((0x80, LAST))
    found = union(tuple(ranges))
    return others(found) if negated else found


def _ascii_of(category: str) -> list[tuple[int, int]]:
    member = re.compile(_CATEGORIES[category])
    return [(code, code) for code in range(0x80) if member.match(chr(code))]


_CATEGORIES = {
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
}

# How often characters are met, by ranges, roughly: of all in mixed prose, markup and code.
_WEIGHTS = (
    (0x20, 0x20, 120.0),
    (0x30, 0x39, 3.0),
    (0x41, 0x5A, 2.0),
    (0x61, 0x7A, 25.0),
    (0x21, 0x7E, 3.0),
    (0xC0, 0x17F, 0.6),
    (0x370, 0x6FF, 1.0),
    (0x900, 0xDFF, 0.3),
    (0x2010, 0x2026, 2.0),
    (0x3001, 0x3002, 10.0),
    (0x3041, 0x30FF, 1.0),
    (0x4E00, 0x9FFF, 0.1),
    (0xAC00, 0xD7A3, 0.02),
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

# A triple takes a sign of its own: it is preferred where it is that much rarer than a common pair.
_OF_ITS_OWN = 3


def _price(condition: Condition) -> float:
    common = commonness(condition)
    return 2 + _OF_ITS_OWN * common if isinstance(condition, Triple) else common


def commonness(condition: Condition) -> float:
    """Return how often a condition holds in all kinds of text, roughly."""
    one, other = weight(condition[0]), weight(condition[1])
    if isinstance(condition, InText):
        return 0.9 * min(one, other)
    if isinstance(condition, OnLine):
        return min(one, other) * min(1.01, max(one, other) / _A_COMMON_LETTER)
    excepted = weight(intersection(condition.first, condition.except_first)) * weight(
        intersection(condition.second, condition.except_second)
    )
    pairs = (one * other - excepted) / _ALL
    return pairs * weight(condition.third) / _ALL if isinstance(condition, Triple) else pairs
