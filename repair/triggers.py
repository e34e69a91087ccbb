"""What the trigger of a rule needs, so that it is not looked for in vain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from repair.types import Rule

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser

# No other module says what a pattern consists of. What is not known here needs nothing.
_Item = tuple[Any, Any]
_Ranges = tuple[tuple[int, int], ...]
"""Code points, first and last."""

_ASCII = "".join(map(chr, range(128)))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a trigger, compiled once."""
    return re.compile(pattern)


def worth_a_look(rules: Sequence[Rule], text: str) -> Iterator[Rule]:
    """Yield the rules whose trigger could match in ``text``, going by its characters alone.

    A text is read once for all rules, and not at all if it is ASCII: most are, and most triggers
    need other characters.
    """
    if text.isascii():
        yield from _of_ascii(tuple(rules))
        return
    alphabet = "".join(set(text))
    for rule in rules:
        needs = needed(rule.trigger)
        if needs is None or needs.search(alphabet):
            yield rule


@lru_cache(16)
def _of_ascii(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in rules if (needs := needed(rule.trigger)) is None or needs.search(_ASCII)
    )


@cache
def needed(pattern: str) -> re.Pattern[str] | None:
    """Return a class of which a text must have a character for ``pattern`` to match in it.

    ``None`` where that is not known.
    """
    if compiled(pattern).flags & re.IGNORECASE:
        return None  # the long s is another case of s
    ranges = _of_sequence(parser.parse(pattern))
    if not ranges:
        return None
    inside = (f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in ranges)
    return re.compile(f"[{''.join(inside)}]")


def _of_sequence(items: Iterable[_Item]) -> _Ranges | None:
    """Of items that must all match, the one with the rarest characters."""
    found = [ranges for op, argument in items if (ranges := _of_item(str(op), argument))]
    return min(found, key=_commonness, default=None)


def _commonness(ranges: _Ranges) -> tuple[int, int]:
    """First of all by how many are ASCII."""
    ascii_ = sum(max(0, min(high, 0x7F) - low + 1) for low, high in ranges)
    return ascii_, sum(high - low + 1 for low, high in ranges)


def _of_item(op: str, argument: Any) -> _Ranges | None:
    if op == "LITERAL":
        return ((argument, argument),)
    if op == "IN":
        return _of_set(argument)
    if op == "BRANCH":
        branches = [_of_sequence(items) for items in argument[1]]
        if not all(branches):
            return None
        return tuple(one for ranges in branches if ranges for one in ranges)
    inner = _must_match(op, argument)
    return None if inner is None else _of_sequence(inner)


def _must_match(op: str, argument: Any) -> Any:
    """What is in an item and must match for it to match, if that is known."""
    if op == "SUBPATTERN":
        return None if argument[1] & re.IGNORECASE else argument[3]
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return argument[2] if argument[0] else None
    if op == "ASSERT":  # what stands before or behind is in the text, too
        return argument[1]
    return argument if op == "ATOMIC_GROUP" else None


def _of_set(members: Iterable[_Item]) -> _Ranges | None:
    """The members of a set; a negated one, or one with a category, has members of all kinds."""
    ranges = []
    for kind, value in members:
        if str(kind) not in ("LITERAL", "RANGE"):
            return None
        ranges.append((value, value) if str(kind) == "LITERAL" else tuple(value))
    return tuple(ranges)
