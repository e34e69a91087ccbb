"""Does an encoding read the whole input?"""

from __future__ import annotations

import codecs
from functools import cache

from repair.detect.encodings import ONE_BYTE
from repair.kernel import COMPILED

if COMPILED:
    from repair.kernel import sequences

SHORT = 1 << 10
"""Bytes that the kernel looks at; the decoder of Python is faster over more of them."""

_ONE_BYTE = frozenset(usage.name for usage in ONE_BYTE)


def decodes(data: bytes, encoding: str) -> bool:
    """Tell whether ``data`` is in ``encoding``, but perhaps for a character cut off at its end."""
    if encoding in _ONE_BYTE:
        return not data.translate(None, _known(encoding))
    if COMPILED and encoding == "utf-8" and len(data) < SHORT:
        _, strays, others = sequences.counted(data, 0, 0)
        return not strays and not others
    try:
        if encoding == "utf-8":  # a third of the time
            codecs.utf_8_decode(data, "strict", False)
            return True
        codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeError:
        return False
    return True


@cache
def _known(encoding: str) -> bytes:
    """Return the bytes that an encoding of one byte a character has."""
    each = (bytes([value]) for value in range(256))
    return b"".join(byte for byte in each if "\ufffd" not in byte.decode(encoding, "replace"))
