"""UTF-16 and UTF-32 without a byte order mark, by where their NUL bytes stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.types import Detection

# Characters looked at for whether they are text at all; the whole input must decode anyway.
SAMPLE = 4096

# No file of 18,986 with NULs on a Debian system was taken for UTF-16 or UTF-32 that was not.
# ASCII in UTF-16 is half NULs; other text that is valid UTF-8 by chance, such as Cyrillic, has
# this share of controls. Plain text with stray NULs has neither.
LEAST_NULS = 1 / 3
LEAST_CONTROLS = 0.1

_NO_CONTROLS = bytes(set(range(256)) - set(range(1, 32))) + b"\t\n\r"


def look(data: bytes) -> Detection | None:
    """Answer if NULs stand where the high bytes of UTF-16 or UTF-32 would, and text comes out."""
    if b"\0" not in data:
        return None
    fitting = (name for name in _candidates(data) if _is_text(data, name))
    encoding = next(fitting, None)
    return Detection(encoding, 1.0) if encoding else None


def _candidates(data: bytes) -> Iterator[str]:
    if len(data) % 4 == 0:
        if not data[3::4].strip(b"\0"):
            yield "utf-32-le"
        if not data[::4].strip(b"\0"):
            yield "utf-32-be"
    if len(data) % 2 or _is_plain(data):
        return
    nuls = {"utf-16-le": data[1::2].count(0), "utf-16-be": data[::2].count(0)}
    yield from sorted(nuls, key=lambda name: -nuls[name])


def _is_plain(data: bytes) -> bool:
    if data.count(0) >= LEAST_NULS * len(data):
        return False
    if len(data.translate(None, _NO_CONTROLS)) >= LEAST_CONTROLS * len(data):
        return False
    return _decodes(data, "utf-8")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_text(data: bytes, encoding: str) -> bool:
    sample = data[: 4 * SAMPLE].decode(encoding, "ignore")
    return _decodes(data, encoding) and all(
        character in "\t\n\r\f\x1b" or unicodedata.category(character) not in ("Cc", "Cn", "Co")
        for character in sample
    )
