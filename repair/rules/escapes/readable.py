"""What an escape may decode to: bytes to text, and text that somebody may have written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from repair.patterns import pattern

# Overrides and isolates of direction, and the byte order mark: nobody misses them in prose.
_NEVER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
_LATIN = 0x24F
_SELECTORS = pattern("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_C1 = pattern("[\x80-\x9f]")

# Windows-1252, with the bytes that it lacks as controls: the way browsers and mailers misread.
WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x100)}
_BYTES = {ord(character): byte for byte, character in WINDOWS.items()}
_BYTES |= {byte: byte for byte in range(0x80, 0xA0)}


class Reading(NamedTuple):
    """What stands between two offsets, and what it decodes to."""

    start: int
    end: int
    text: str
    note: str


def settled(readings: Sequence[Reading], text: str) -> Iterator[Reading]:
    """Yield the readings of ``text`` that are text; together they show if it was misread before.

    Controls from 80 to 9F come of UTF-8 that was read as Windows-1252 or Latin-1 and escaped
    then. Where one reading has them, all that can be are read once more; what has none of them
    anywhere is for the rules of mojibake to judge, which see the line. Nothing at all, and
    tabs, are text for an encoding of bytes.
    """
    misread = any(_C1.search(reading.text) for reading in readings)
    for reading in readings:
        again = _read_again(reading.text) if misread else None
        if again is not None:
            note = f"{reading.note}, of UTF-8 read as cp1252"
            yield reading._replace(text=again, note=note)
        elif is_readable(reading.text) or not reading.text.strip("\t") or _joins(reading, text):
            yield reading


def _joins(reading: Reading, text: str) -> bool:
    """Whether it is what by itself belongs to letters beside it.

    Joiners and marks of direction do in scripts that need them, combining marks behind a letter.
    """
    before, after = (
        text[max(reading.start - 1, 0) : reading.start],
        text[reading.end : reading.end + 1],
    )
    if reading.text in _JOINERS:
        return any(each.isalpha() and ord(each) > _LATIN for each in before + after)
    categories = {unicodedata.category(character)[0] for character in reading.text}
    return before.isalpha() and categories == {"M"} and not _SELECTORS.search(reading.text)


def _read_again(text: str) -> str | None:
    if text.isascii() or not all(ord(character) in _BYTES for character in text):
        return None
    again = from_utf8(bytes(_BYTES[ord(character)] for character in text))
    return again if again is not None and is_readable(again) else None


def is_readable(text: str) -> bool:
    """Whether ``text`` is assigned characters, not all of them invisible, and no controls."""
    categories = [unicodedata.category(character) for character in text]
    return (
        not _NEVER.intersection(text)
        and all(each[0] in "LMNPS" or each in ("Zs", "Cf") for each in categories)
        and any(each[0] in "LNPS" or each == "Zs" for each in categories)
    )


def is_word(text: str) -> bool:
    """Whether ``text`` is letters and their marks."""
    return all(unicodedata.category(character)[0] in "LM" for character in text)


def from_utf8(data: bytes) -> str | None:
    """Return what ``data`` is in UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def from_units(units: list[int]) -> str | None:
    """Return the text of UTF-16 code units and code points; ``None`` if half a pair is left."""
    try:
        data = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass")
        return data.decode("utf-16-le")
    except (ValueError, OverflowError):
        return None
