"""Does an encoding read the whole input?"""

from __future__ import annotations

import codecs


def decodes(data: bytes, encoding: str) -> bool:
    """Tell whether ``data`` is in ``encoding``, but perhaps for a character cut off at its end."""
    try:
        if encoding == "utf-8":  # a third of the time
            codecs.utf_8_decode(data, "strict", False)
            return True
        codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeError:
        return False
    return True
