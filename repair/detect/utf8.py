"""UTF-8, also with a few bytes in it that are not, or cut off within a character."""

from __future__ import annotations

import codecs

from repair.types import Detection

# Of 46,150 lines in legacy encodings (chardet's and charset-normalizer's test files) 212 are
# valid UTF-8 by chance, most of them Johab tables; of the files none.
OF_VALID = 0.995

# Valid sequences per byte that is not UTF-8. In files in legacy encodings at most 0.41 (EUC-JP).
LEAST_RATIO = 2


def look(data: bytes) -> Detection | None:
    """Answer if ``data`` holds UTF-8 sequences, and few bytes that belong to none."""
    if data.isascii():
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return _with_strays(data)
    return Detection("utf-8", OF_VALID)


def _with_strays(data: bytes) -> Detection | None:
    # Not final: the first bytes of a character at the end of the input are not counted.
    text, _ = codecs.utf_8_decode(data, "surrogateescape", False)
    valid = codecs.utf_8_decode(data, "ignore", False)[0]
    strays = len(text) - len(valid)
    sequences = len(valid) - len(valid.encode("ascii", "ignore"))
    if sequences > LEAST_RATIO * strays:
        return Detection("utf-8", OF_VALID)
    return None
