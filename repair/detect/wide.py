"""UTF-16 and UTF-32 without a byte order mark, by where their NUL bytes stand."""

from __future__ import annotations

import unicodedata

from repair.types import Detection

# Characters looked at for whether they are text at all; the whole input must decode anyway.
SAMPLE = 4096

# The share of NULs on the high side; the Chinese UTF-16 file of the char-dataset, with only its
# line ends and digits in ASCII, has 4 %.
LEAST_SHARE = 0.01


def look(data: bytes) -> Detection | None:
    """Answer if NULs stand only where the high bytes of UTF-16 or UTF-32 would."""
    if not data or b"\0" not in data:
        return None
    for encoding, width, high in (
        ("utf-32-le", 4, 3),
        ("utf-32-be", 4, 0),
        ("utf-16-le", 2, 1),
        ("utf-16-be", 2, 0),
    ):
        if _fits(data, width, high) and _is_text(data, encoding):
            return Detection(encoding, 1.0)
    return None


def _fits(data: bytes, width: int, high: int) -> bool:
    if len(data) % width:
        return False
    nuls = data[high::width].count(0)
    if width == 4:
        return nuls * 4 == len(data)
    return nuls * 2 >= LEAST_SHARE * len(data) and not data[1 - high :: 2].count(0)


def _is_text(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(
        character in "\t\n\r\f\x1b" or unicodedata.category(character) not in ("Cc", "Cn", "Co")
        for character in text[:SAMPLE]
    )
