"""Which encoding is the input in?"""

from __future__ import annotations

from collections.abc import Callable

from repair.detect import ascii_bytes, binary, bom, statistical, utf8, wide
from repair.types import Detection

Stage = Callable[[bytes], Detection | None]

STAGES: tuple[Stage, ...] = (
    bom.look,
    wide.look,
    binary.look,
    ascii_bytes.look,
    utf8.look,
    statistical.look,
)
"""In the order in which they are asked; the first that answers is believed."""

# Nothing decodes these bytes as a whole: they are read as UTF-8, and what is not UTF-8 in them
# is shown byte by byte.
UNKNOWN = Detection("utf-8", 0.0)


def detect(data: bytes) -> Detection:
    """Return the encoding that ``data`` is in, as the name of a Python codec.

    An answer was confirmed on all of ``data``, but for single bytes that do not belong: those
    count as damage, and are fewer than the characters that speak for the answer.
    """
    return next(filter(None, (stage(data) for stage in STAGES)), UNKNOWN)
