"""Patterns by the block of the character that they begin with: few are tried at each place."""

from __future__ import annotations

from collections.abc import Iterable

from repair.patterns import pattern

# Those that are met most often come first.
_BLOCKS = (
    "\xc0-\xd6\xd8-\xf6\xf8-\xff",
    "\xa0-\xbf\xd7\xf7",
    "\u0100-\u024f",
    "\u0400-\u052f",
    "^\x00-\u2e7f",
    "\u2000-\u2e7f",
    "\u0370-\u03ff",
    "\u0530-\u1fff",
    "\u0250-\u036f",
    "\x80-\x9f",
)
Range = tuple[int, int]

WIDE = pattern("[^\x00-\u2e7f]")
"""Ideographs, kana, Hangul and what else is beyond: to compile a class of them takes long."""
_WIDE_RANGES = pattern("[^\x00-\u2e7f](?:-[^\x00-\x7f])?")


def narrowed(patterns: Iterable[str]) -> list[str]:
    """Return the patterns that may match in a text of which nothing is ``WIDE``, without that.

    What is wide of them stands in classes, or beside a class of nothing else.
    """
    left = (_WIDE_RANGES.sub("", each) for each in patterns)
    return [each for each in left if "[]" not in each]


def divided(patterns: Iterable[str]) -> str:
    """Return a pattern that matches, behind a character beyond ASCII, where one of these does.

    They look back for that character, as the last one of a group that each begins with: it is
    a class without escapes, or a character. Of several that match the first one does. A pattern
    may refer to a group of its own as the first one.
    """
    every = [(each, _ranges(_looked_for(each))) for each in patterns]
    parts, groups = [], 0
    for block in _BLOCKS:
        within = _ranges(f"[{block}]")
        own = []
        for each, ranges in every:
            if _meet(within, ranges):
                if "\\1" in each:
                    groups += 1
                own.append(each.replace("\\1", f"\\{groups}"))
        parts.append(f"(?<=[{block}])(?:{'|'.join(own)})")
    return "|".join(parts)


def _looked_for(pattern: str) -> str:
    """Return the class of the character that a pattern looks back for, or this."""
    group = pattern[len("(?<=") : pattern.index(")")]
    return group[group.rindex("[") :] if group.endswith("]") else group[-1]


def _ranges(characters: str) -> list[Range]:
    """Return the ranges of code points of a class."""
    if characters.startswith("[^\x00-"):
        return [(ord(characters[4]) + 1, 0x10FFFF)]
    body = characters[1:-1] if len(characters) > 1 else characters
    out, at = [], 0
    while at < len(body):
        last = at + 2 if body[at + 1 : at + 2] == "-" else at
        out.append((ord(body[at]), ord(body[last])))
        at = last + 1
    return out


def _meet(one: Iterable[Range], other: Iterable[Range]) -> bool:
    return any(
        first <= other_last and other_first <= last
        for first, last in one
        for other_first, other_last in other
    )
