"""The sequences of characters that a regular expression can stand for, as far as that is known.

Python's patterns; no module but the one that parses them says what they consist of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from repair.triggers.sets import LAST, NEWLINE, Ranges, difference, intersection, others, union

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser

_Item = tuple[Any, Any]


class Characters(NamedTuple):
    """One character of these; with the next one it is not a pair of these two."""

    ranges: Ranges
    except_pair: tuple[Ranges, Ranges] | None = None


class Gap(NamedTuple):
    """Any number of characters."""

    over_lines: bool


Opened = tuple[Characters | Gap, ...]


class _Behind(NamedTuple):
    """What stands before the first character of a sequence, as far as a look behind tells."""

    tokens: Opened


class _Ahead(NamedTuple):
    """What stands after the last character of a sequence, as far as a look ahead tells."""

    tokens: Opened


_Token = Characters | Gap | _Behind | _Ahead
_Sequence = tuple[_Token, ...]


class UnknownNeedError(ValueError):
    """A pattern could match in any text, as far as can be told."""


MOST_SEQUENCES = 4096


def sequences(pattern: str) -> list[Opened]:
    """Return all that ``pattern`` can stand for, branches multiplied out.

    Raises:
        UnknownNeedError: there are too many, or letters are meant in all cases.
    """
    if re.compile(pattern).flags & re.IGNORECASE:
        msg = "the long s is another case of s"
        raise UnknownNeedError(msg)
    return [_opened(sequence) for sequence in _sequences(parser.parse(pattern))]


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
            seen = [(*_opened(one), Gap(over_lines=True)) for one in _of_item(name, argument)]
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


def _opened(sequence: _Sequence) -> Opened:
    """Put what is before the first character, and after the last one, where it stands."""
    out: list[Characters | Gap] = []
    for token in sequence:
        out += token.tokens if isinstance(token, _Behind | _Ahead) else [token]
    return tuple(out)


def _overlaid(before: _Sequence, behind: Opened) -> _Sequence:
    """Join what a look behind says of the characters that stand there already."""
    if isinstance(before[0], _Behind):
        rest = _overlaid(before[1:], behind) if len(before) > 1 else ()
        return (before[0], *rest)  # of two that look at the same place, one is enough
    out = list(before)
    at = len(out)
    for token in reversed(behind):
        if isinstance(token, Gap):
            break
        at -= 1
        if at < 0:
            out.insert(0, token)
            at = 0
            continue
        known = out[at]
        if not isinstance(known, Characters):
            break
        out[at] = known._replace(ranges=intersection(known.ranges, token.ranges))
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
        if isinstance(last, Characters):
            less = last._replace(ranges=difference(last.ranges, excluded))
            out.append((*sequence[:-1], less))
        else:
            out.append(sequence)
    return out


def _single(items: Iterable[_Item]) -> Ranges | None:
    sequences = _sequences(items)
    if any(len(s) != 1 or not isinstance(s[0], Characters) for s in sequences):
        return None
    return union(*(s[0].ranges for s in sequences if isinstance(s[0], Characters)))


def _ahead(direction: int, items: Iterable[_Item]) -> list[tuple[Ranges, ...]]:
    """Return what a negative look ahead excludes, where it is of one or two characters."""
    if direction < 0:
        return []
    sequences = _sequences(items)
    if len(sequences) != 1 or not all(isinstance(token, Characters) for token in sequences[0]):
        return []
    ranges = tuple(token.ranges for token in sequences[0] if isinstance(token, Characters))
    return [ranges] if len(ranges) in (1, 2) else []


def _except(choice: _Sequence, pending: list[tuple[Ranges, ...]]) -> _Sequence:
    if not choice or not isinstance(choice[0], Characters):
        return choice
    first = choice[0]
    for excluded in pending:
        if len(excluded) == 1:
            first = first._replace(ranges=difference(first.ranges, excluded[0]))
        else:
            first = first._replace(except_pair=(excluded[0], excluded[1]))
    return (first, *choice[1:])


def _of_item(op: str, argument: Any) -> list[_Sequence]:
    reader = _READERS.get(op)
    return reader(argument) if reader else [(Gap(over_lines=True),)]


def _one(ranges: Ranges) -> list[_Sequence]:
    return [(Characters(ranges),)]


def _of_branch(argument: Any) -> list[_Sequence]:
    return [sequence for items in argument[1] for sequence in _sequences(items)]


def _of_group(argument: Any) -> list[_Sequence]:
    if argument[1] & re.IGNORECASE:
        return [(Gap(over_lines=True),)]
    return _sequences(argument[3])


def _of_look(argument: Any) -> list[_Sequence]:
    direction, items = argument
    seen = [_opened(sequence) for sequence in _sequences(items)]
    return [one if direction < 0 else (_Ahead(one),) for one in seen]


def _repeated(least: int, most: int, items: Iterable[_Item]) -> list[_Sequence]:
    inner = _sequences(items)
    if most == least + 1 and len(inner) == 1:
        fewer = _repeated(least, least, items) if least else [()]
        return [*fewer, *_repeated(most, most, items)]
    over = any(_over_lines(sequence) for sequence in inner)
    if least == 0:
        return [(Gap(over),)]
    if len(inner) > 1:
        return [(*one, Gap(over)) for one in inner] if (least, most) != (1, 1) else inner
    times = min(least, _MOST_TIMES)
    once = inner[0]
    several = once
    for _ in range(times - 1):
        several = _after(several, once)
    return [several if most == times else _after((*several, Gap(over)), once)]


_MOST_TIMES = 8


def _over_lines(sequence: _Sequence) -> bool:
    return any(
        token.over_lines if isinstance(token, Gap) else bool(intersection(token.ranges, NEWLINE))
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


_READERS: dict[str, Callable[[Any], list[_Sequence]]] = {
    "LITERAL": lambda point: _one(((point, point),)),
    "NOT_LITERAL": lambda point: _one(others(((point, point),))),
    "ANY": lambda _: _one(others(NEWLINE)),
    "IN": lambda members: _one(_of_set(members)),
    "BRANCH": _of_branch,
    "SUBPATTERN": _of_group,
    "MAX_REPEAT": lambda argument: _repeated(*argument),
    "MIN_REPEAT": lambda argument: _repeated(*argument),
    "POSSESSIVE_REPEAT": lambda argument: _repeated(*argument),
    "ASSERT": _of_look,
    "ATOMIC_GROUP": _sequences,
    "AT": lambda _: [()],
}
