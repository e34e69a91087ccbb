"""What the trigger of a rule needs, so that it is not looked for in vain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

try:
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as parser

# No other module says what a pattern consists of. What is not known here needs nothing.
_Item = tuple[Any, Any]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a trigger, compiled once."""
    return re.compile(pattern)


@cache
def needs_beyond_ascii(pattern: str) -> bool:
    """Whether ``pattern`` can only match in texts with characters beyond ASCII.

    Most texts have none, and most triggers are of such characters.
    """
    if compiled(pattern).flags & re.IGNORECASE:
        return False  # the long s is another case of s
    return _any_needs(parser.parse(pattern))


def _any_needs(items: Iterable[_Item]) -> bool:
    return any(_needs(str(op), argument) for op, argument in items)


def _needs(op: str, argument: Any) -> bool:
    if op == "LITERAL":
        return bool(argument > 0x7F)
    if op == "IN":
        return all(_is_beyond(str(kind), value) for kind, value in argument)
    if op == "BRANCH":
        return all(_any_needs(items) for items in argument[1])
    inner = _must_match(op, argument)
    return inner is not None and _any_needs(inner)


def _must_match(op: str, argument: Any) -> Any:
    """What is in an item and must match for it to match, if that is known."""
    if op == "SUBPATTERN":
        return None if argument[1] & re.IGNORECASE else argument[3]
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return argument[2] if argument[0] else None
    if op == "ASSERT":  # what stands before or behind is in the text, too
        return argument[1]
    return argument if op == "ATOMIC_GROUP" else None


def _is_beyond(kind: str, value: Any) -> bool:
    """Whether a member of a set is beyond ASCII; a negated set has members of all kinds."""
    if kind == "RANGE":
        return bool(value[0] > 0x7F)
    return kind == "LITERAL" and value > 0x7F
