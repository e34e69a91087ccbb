"""UTF-8, also with a few bytes in it that are not, or cut off within a character at either end."""

from __future__ import annotations

import codecs
import re

from repair.types import Detection

# Of 46,150 lines in legacy encodings (chardet's and charset-normalizer's test files) 212 are
# valid UTF-8 by chance, most of them Johab tables; of the files none.
OF_VALID = 0.995

# Valid sequences per byte that is not UTF-8. In files in legacy encodings at most 0.41 (EUC-JP).
LEAST_RATIO = 2

# Pairs of surrogates, each in UTF-8 (CESU-8), and NUL in two bytes (Java): not UTF-8, but near.
_OTHER_FORMS = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xc0\x80")
LEAST_OTHER = 2

_HIGH = bytes(range(0x80, 0x100))
_LATER_BYTES = bytes(range(0x80, 0xC0))


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
    sequences, strays = _counted(data)
    # These take 6 and 2 bytes. So many of them change the verdict, and most texts have fewer
    forms = 3 * data.count(b"\xed") + 2 * data.count(b"\xc0")
    others = 0
    if sequences + forms >= strays // 2:
        known = _OTHER_FORMS.sub(b"", data)
        others = (len(data) - len(known)) // LEAST_OTHER
        if others:
            sequences, strays = _counted(known)
    if sequences + others >= max(LEAST_RATIO * strays, 1):
        return Detection("utf-8", OF_VALID)
    return None


def _counted(known: bytes) -> tuple[int, int]:
    """Count the characters beyond ASCII, and the bytes that belong to none."""
    # Not final: the first bytes of a character at the end of the input are not counted.
    valid, used = codecs.utf_8_decode(known, "ignore", False)
    in_utf_8 = valid.encode()
    strays = used - len(in_utf_8) - _cut_off(known)
    return len(valid) - len(in_utf_8.translate(None, _HIGH)), strays


def _cut_off(data: bytes) -> int:
    """Count the bytes at the beginning that go on with a character."""
    head = data[:3]
    return len(head) - len(head.lstrip(_LATER_BYTES))
