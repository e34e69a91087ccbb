"""What an escape may decode to: bytes to text, and text that somebody may have written."""

from __future__ import annotations

import unicodedata

# Overrides and isolates of direction, and the byte order mark: nobody misses them in prose.
_NEVER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")


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
    """Return what ``data`` is in UTF-8, if that can be read."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if is_readable(text) else None


def from_windows(data: bytes) -> str | None:
    """Return what ``data`` is in Windows-1252, if that can be read."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if is_readable(text) else None


def from_units(units: list[int]) -> str | None:
    """Return the text of UTF-16 code units and code points, if it can be read."""
    try:
        data = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass")
        text = data.decode("utf-16-le")
    except (ValueError, OverflowError):
        return None
    return text if is_readable(text) else None
