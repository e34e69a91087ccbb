"""UTF-16 and UTF-32 without a byte order mark, by where their NUL bytes stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.detect.confirm import decodes
from repair.detect.islands import islands
from repair.types import Detection

# Characters looked at for whether they are text at all; the whole input must decode anyway.
SAMPLE = 4096

# No file of 18,986 with NULs on a Debian system was taken for UTF-16 or UTF-32 that was not.
# ASCII in UTF-16 is half NULs; other text that is valid UTF-8 by chance, such as Cyrillic, has
# this share of controls. Plain text with stray NULs has neither.
LEAST_NULS = 1 / 3
LEAST_CONTROLS = 0.1

# A few bytes at the end of a run are valid UTF-8 by chance.
LEAST_AROUND = 8

# A letter or a few beside NULs may be names that NULs end; the bytes say no more.
FEW, OF_FEW = 8, 0.5

_NO_CONTROLS = bytes(set(range(256)) - set(range(1, 32))) + b"\t\n\r"


def look(data: bytes) -> Detection | None:
    """Answer if NULs stand where the high bytes of UTF-16 or UTF-32 would, and text comes out."""
    if b"\0" not in data or not data.strip(b"\0"):
        return None
    fitting = (name for name in _candidates(data) if _is_text(data, name))
    encoding = next(fitting, None)
    if encoding is None:
        return None
    units = len(data) // (4 if encoding.startswith("utf-32") else 2)
    return Detection(encoding, 1.0 if units >= FEW else OF_FEW)


def _candidates(data: bytes) -> Iterator[str]:
    if len(data) >= 4:
        if not data[3::4].strip(b"\0"):
            yield "utf-32-le"
        if not data[::4].strip(b"\0"):
            yield "utf-32-be"
    if _is_plain(data):
        return
    nuls = {"utf-16-le": data[1::2].count(0), "utf-16-be": data[::2].count(0)}
    yield from sorted(nuls, key=lambda name: -nuls[name])


def _is_plain(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8 with stray NULs, or with runs of UTF-16 in it."""
    return _has_few_nuls(data) or _is_around_islands(data)


def _is_around_islands(data: bytes) -> bool:
    at, around = 0, []
    for island in islands(data):
        around.append(data[at : island.start])
        at = island.end
    rest = b"".join((*around, data[at:]))
    return at > 0 and len(rest) >= LEAST_AROUND and b"\0" not in rest and decodes(rest, "utf-8")


def _has_few_nuls(data: bytes) -> bool:
    if data.count(0) >= LEAST_NULS * len(data):
        return False
    if len(data.translate(None, _NO_CONTROLS)) >= LEAST_CONTROLS * len(data):
        return False
    return decodes(data, "utf-8")


def _is_text(data: bytes, encoding: str) -> bool:
    sample = data[: 4 * SAMPLE].decode(encoding, "ignore")
    return decodes(data, encoding) and all(
        character in "\t\n\r\f\x1b" or unicodedata.category(character) not in ("Cc", "Cn", "Co")
        for character in sample
    )
