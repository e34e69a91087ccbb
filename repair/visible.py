"""Spells out what cannot be seen; everything that is printed for people goes through it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

# Control, format, surrogate, private-use and unassigned characters, and separators other
# than the plain space. Tab is spelled out too: its width depends on the column.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")


def visible(text: str) -> str:
    r"""Return ``text`` with each character that cannot be seen as ``‹U+200B›``.

    A combining mark that would sit on the name of another character, or on whatever is
    printed before ``text``, is spelled out as well.
    """
    return text if is_plain(text) else "".join(shown(text))


def is_plain(text: str) -> bool:
    """Whether all of ``text`` is seen as it is, each character in one column: printable ASCII."""
    return text.isascii() and text.isprintable()


def shown(text: str) -> Iterator[str]:
    """Yield for each character of ``text`` what ``visible`` makes of it."""
    on_letter = False
    for character in text:
        combines = not on_letter and unicodedata.category(character).startswith("M")
        spelled = _code_point(character) if combines else _spelled(character)
        on_letter = spelled == character
        yield spelled


def width(text: str) -> int:
    """Return how many columns a terminal gives to ``text``, which must be visible."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


@cache
def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0  # marks, and the vowels and finals of decomposed Hangul, join what is before
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@cache
def _spelled(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN and character != " ":
        return _code_point(character)
    return _code_point(character) if _fills(character) else character


def _fills(character: str) -> bool:
    """Letters and marks that have no shape of their own: fillers and variation selectors."""
    return (
        character in "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
        or "\u180b" <= character <= "\u180f"
    )


def _code_point(character: str) -> str:
    value = ord(character)
    if 0xDC80 <= value <= 0xDCFF:  # PEP 383: an undecodable byte
        return f"‹byte {value - 0xDC00:02X}›"
    return f"‹U+{value:04X}›"
