"""UTF-8, also with a few bytes in it that are not, or cut off within a character at either end."""

from __future__ import annotations

import codecs

from repair.kernel import COMPILED
from repair.patterns import pattern
from repair.types import Detection

if COMPILED:
    from repair.kernel.sequences import counted as counted_in_kernel

# Of 46,150 lines in legacy encodings (chardet's and charset-normalizer's test files) 212 are
# valid UTF-8 by chance, most of them Johab tables; of the files none.
OF_VALID = 0.995

# Valid sequences per byte that is not UTF-8. In files in legacy encodings at most 0.41 (EUC-JP).
LEAST_RATIO = 2

# Pairs of surrogates, each in UTF-8 (CESU-8), and NUL in two bytes (Java): not UTF-8, but near.
_OTHER_FORMS = pattern(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xc0\x80")
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
    count = counted if COMPILED else counted_slowly
    characters, strays = count(data)
    return Detection("utf-8", OF_VALID) if characters >= max(LEAST_RATIO * strays, 1) else None


def counted(data: bytes) -> tuple[int, int]:
    """Count the characters beyond ASCII, and the bytes that belong to none.

    What is cut off at either end counts as neither. Counting ends when so many bytes belong to
    none that there cannot be enough characters.
    """
    characters, strays, others = counted_in_kernel(data, len(data), LEAST_RATIO)
    return characters + others, strays - _cut_off(data)


def counted_slowly(data: bytes) -> tuple[int, int]:
    """Count the same, to the end, where the kernel is not compiled."""
    characters, strays = _counted(data)
    # These take 6 and 2 bytes. So many of them change the verdict, and most texts have fewer
    forms = 3 * data.count(b"\xed") + 2 * data.count(b"\xc0")
    if characters + forms >= strays // 2:
        known, number = _OTHER_FORMS.subn(b" ", data)
        others = (len(data) - len(known) + number) // LEAST_OTHER
        if others:
            characters, strays = _counted(known)
            characters += others
    return characters, strays


def _counted(data: bytes) -> tuple[int, int]:
    # Not final: the first bytes of a character at the end of the input are not counted.
    valid, used = codecs.utf_8_decode(data, "ignore", False)
    in_utf_8 = valid.encode()
    strays = used - len(in_utf_8) - _cut_off(data)
    return len(valid) - len(in_utf_8.translate(None, _HIGH)), strays


def _cut_off(data: bytes) -> int:
    """Count the bytes at the beginning that go on with a character."""
    head = data[:3]
    return len(head) - len(head.lstrip(_LATER_BYTES))
