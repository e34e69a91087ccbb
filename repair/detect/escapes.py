"""Seven-bit encodings that switch to other characters by escape sequences: ISO-2022, HZ, UTF-7."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.detect.confirm import decodes
from repair.patterns import pattern
from repair.types import Detection

ISO_2022 = pattern(rb"\x1b(?:\$\)C|\$[@AB]|\$\([@A-DO-Q]|\([IJ]|\.[AF])")

# From narrow to wide: the first that reads everything is the usual name. They read what they
# share alike.
_ISO_2022_NAMES = (
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_ext",
    "iso2022_jp_2004",
    "iso2022_kr",
)

HZ = pattern(rb"~\{((?:[!-~][!-~])+)~\}")

# Level 1 of GB 2312, the 3755 common characters by reading, and the signs of row 1 and 3.
_COMMON_ROWS = frozenset([0x21, 0x23, *range(0x30, 0x58)])
LEAST_COMMON = 0.9

UTF_7 = pattern(rb"\+[A-Za-z0-9+/]{3,}")

# Blocks of letters that a language has to itself, by their first code points. Ideographs and
# Hangul are 48 % of all values: bytes in base64 that are no text would come out as those.
_LETTERS = pattern(
    "[\u00a0-\u024f\u0370-\u052f\u0590-\u06ff\u0e00-\u0e7f\u1e00-\u1fff\u2010-\u20bf"
    "\u3000-\u30ff\uff00-\uff60]"
)
LEAST_LETTERS = 0.5


def look(data: bytes) -> Detection | None:
    """Answer if ``data`` is ASCII, and what its escapes select is text."""
    if not data.isascii():
        return None
    encoding = next(_fitting(data), None)
    return Detection(encoding, 1.0) if encoding else None


def _fitting(data: bytes) -> Iterator[str]:
    if b"\x1b" in data and ISO_2022.search(data):
        yield from (name for name in _ISO_2022_NAMES if _reads_more(data, name))
    if b"~" in data and _is_hz(data) and _reads_more(data, "hz"):
        yield "hz"
    if b"+" in data and UTF_7.search(data) and _is_utf_7(data):
        yield "utf-7"


def _reads_more(data: bytes, encoding: str) -> bool:
    """Tell whether the encoding reads all of ``data``, and not as ASCII."""
    return decodes(data, encoding) and not data.decode(encoding, "ignore").isascii()


def _is_hz(data: bytes) -> bool:
    first_bytes = b"".join(match[1][::2] for match in HZ.finditer(data))
    common = sum(byte in _COMMON_ROWS for byte in first_bytes)
    return common > LEAST_COMMON * len(first_bytes)


def _is_utf_7(data: bytes) -> bool:
    """Tell whether every shift is one of UTF-7, to letters and not to arbitrary values.

    In source code ``+`` stands before blanks, names and numbers, which are no shifts.
    """
    try:
        text = data.decode("utf-7")
    except UnicodeDecodeError:
        return False
    shifted = [character for character in text if character > "\x7f"]
    if len(shifted) < 2 or any(unicodedata.category(c) in ("Cc", "Cn", "Co") for c in shifted):
        return False
    return len(_LETTERS.findall(text)) >= LEAST_LETTERS * len(shifted)
