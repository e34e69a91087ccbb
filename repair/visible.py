"""Spells out what cannot be seen; everything that is printed for people goes through it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Control, format, surrogate, private-use and unassigned characters, separators other than
# the plain space, and combining marks at the start of what is shown (they would sit on our
# own text). Tab is spelled out too: its width depends on the column.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")
_CANDIDATE = re.compile(r"[^\x20-\x7e]")


def visible(text: str) -> str:
    r"""Return ``text`` with each character that cannot be seen as ``‹U+200B›``."""
    if text.isascii() and text.isprintable():
        return text
    shown = _CANDIDATE.sub(lambda match: _spelled(match[0]), text)
    if text and unicodedata.category(text[0]).startswith("M"):
        shown = _code_point(text[0]) + shown[1:]
    return shown


@cache
def _spelled(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN or _fills(character):
        return _code_point(character)
    return character


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
