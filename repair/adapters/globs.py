"""A pattern of ``.gitignore`` as a regular expression, as git's own wildmatch reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t-\\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class _NeverMatchesError(Exception):
    """The pattern is broken; git matches nothing with it and does not complain."""


def to_regex(glob: str) -> re.Pattern[str] | None:
    """Return what matches a path without a slash at its ends; ``None`` if nothing ever does."""
    try:
        return re.compile("".join(_pieces(glob)) + r"\Z", re.DOTALL)
    except _NeverMatchesError:
        return None


def _pieces(glob: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    while at < len(glob):
        read = _READ.get(glob[at], _plain)
        piece, at = read(glob, at)
        pieces.append(piece)
    return pieces


def _plain(glob: str, at: int) -> tuple[str, int]:
    return re.escape(glob[at]), at + 1


def _any_one(_glob: str, at: int) -> tuple[str, int]:
    return "[^/]", at + 1


def _escaped(glob: str, at: int) -> tuple[str, int]:
    if at + 1 == len(glob):
        raise _NeverMatchesError
    return re.escape(glob[at + 1]), at + 2


def _stars(glob: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(glob) and glob[end] == "*":
        end += 1
    begins = at == 0 or glob[at - 1] == "/"
    if end - at > 1 and begins and end == len(glob):
        return ".*", end
    if end - at > 1 and begins and glob[end] == "/":
        return "(?:.*/)?", end + 1
    return "[^/]*", end


def _set(glob: str, at: int) -> tuple[str, int]:
    at += 1
    negated = glob[at : at + 1] in ("!", "^") and at < len(glob)
    at += negated
    members: list[str] = []
    first = True
    before = ""
    while first or glob[at : at + 1] != "]":
        member, before, at = _member(glob, at, before)
        members.append(member)
        first = False
    inside = "".join(members)
    if not inside:
        return ("[^/]" if negated else "(?!)"), at + 1
    return f"(?!/)[{'^' if negated else ''}{inside}]", at + 1


def _member(glob: str, at: int, before: str) -> tuple[str, str, int]:
    """Return a member of a set, the character a range may begin with, and where it ends."""
    character, end = _character(glob, at)
    if glob[at] == "-" and before and glob[end : end + 1] not in ("", "]"):
        last, end = _character(glob, end)
        return (f"{re.escape(before)}-{re.escape(last)}" if before <= last else ""), "", end
    if glob.startswith("[:", at):
        close = glob.find("]", at + 2)
        if close < 0:
            raise _NeverMatchesError
        if close > at + 2 and glob[close - 1] == ":":
            if (name := glob[at + 2 : close - 1]) not in _CLASSES:
                raise _NeverMatchesError
            return _CLASSES[name], "", close + 1
    return re.escape(character), character, end


def _character(glob: str, at: int) -> tuple[str, int]:
    """A character that may be escaped."""
    if glob[at : at + 1] == "\\":
        at += 1
    if at >= len(glob):
        raise _NeverMatchesError
    return glob[at], at + 1


_READ: dict[str, Callable[[str, int], tuple[str, int]]] = {
    "*": _stars,
    "?": _any_one,
    "[": _set,
    "\\": _escaped,
}
