"""Which encoding is the input in?"""

from __future__ import annotations

from collections.abc import Callable

from repair.detect import ascii_bytes, binary, bom, ebcdic, escapes, utf8, wide
from repair.types import Detection

Stage = Callable[[bytes], Detection | None]


def _by_likelihood(data: bytes) -> Detection | None:
    from repair.detect import statistical  # noqa: PLC0415 (20 ms, and most input is UTF-8)

    return statistical.look(data)


STAGES: tuple[Stage, ...] = (
    bom.look,
    binary.look_at_signature,
    wide.look,
    binary.look,
    escapes.look,
    ascii_bytes.look,
    utf8.look,
    ebcdic.look,
    _by_likelihood,
)
"""In the order in which they are asked; the first that answers is believed."""

# Nothing decodes these bytes as a whole: they are read as UTF-8, and what is not UTF-8 in them
# is shown byte by byte.
UNKNOWN = Detection("utf-8", 0.0)

# So many bytes hold every signature and mark.
LONGEST_MARK = 16


def detect(data: bytes) -> Detection:
    """Return the encoding that ``data`` is in, as the name of a Python codec.

    An answer was confirmed on all of ``data``, but for single bytes that do not belong: those
    count as damage, and are fewer than the characters that speak for the answer.
    """
    return next(filter(None, (stage(data) for stage in STAGES)), UNKNOWN)


def is_plain(data: bytes) -> bool:
    """Tell whether the answer is UTF-8, without a mark, if ``data`` is valid UTF-8.

    ``False`` says nothing.
    """
    if b"\0" in data or (data[:1] in _FIRST and data.startswith(_BEGINNINGS)):
        return False
    return not data.isascii() or (b"\x1b" not in data and escapes.look(data) is None)


_BEGINNINGS = (*binary.SIGNATURES, *(mark for mark, _ in bom.MARKS))
_FIRST = frozenset(each[:1] for each in _BEGINNINGS)


class Detector:
    """Detects the encoding of data that comes in blocks.

    The answer is the one for the whole, wherever its blocks end. For that the blocks are kept, all
    of them and once more while they are joined: a late byte may change what all the others mean,
    and what is read is chosen from all over the data, whose length only its end tells. Only a
    signature or a mark that settles the answer makes an end of that. To say something of more
    than memory holds, look at a part.
    """

    __slots__ = ("_blocks", "_head", "_settled")

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._head = b""
        self._settled: Detection | None = None

    def feed(self, block: bytes) -> None:
        """Take the next block."""
        if self._settled:
            return
        self._blocks.append(bytes(block))
        if len(self._head) < LONGEST_MARK:
            self._head += self._blocks[-1][:LONGEST_MARK]
            self._settled = bom.settled(self._head) or binary.look_at_signature(self._head)
            if self._settled:
                self._blocks.clear()

    def close(self) -> Detection:
        """Return the answer for all that was fed, and begin anew."""
        found = self._settled or detect(b"".join(self._blocks))
        self._blocks.clear()
        self._head, self._settled = b"", None
        return found
