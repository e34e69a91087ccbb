"""What compiled modules take from librt, and the same in plain Python where there is none.

mypyc knows these names by where they come from, and makes machine instructions of them.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # mypy has other words against the second i64 for each version of Python
    from librt.vecs import vec
    from mypy_extensions import i16, i64
else:
    try:
        from mypy_extensions import i16, i64
    except ImportError:  # installed without a compiler
        i16 = i64 = int
    try:
        from librt.vecs import vec
    except ImportError:

        def _made(code: str, items: Iterable[float]) -> memoryview[float]:
            return memoryview(array(code, items))

        vec = {i16: partial(_made, "h"), i64: partial(_made, "q"), float: partial(_made, "d")}

try:
    from librt.strings import read_i64_le
except ImportError:

    def read_i64_le(data: bytes, index: int, /) -> i64:  # type: ignore[misc]
        """Return eight bytes at ``index`` as a signed number."""
        return int.from_bytes(data[index : index + 8], "little", signed=True)


def shorts(data: bytes) -> vec[i16]:
    """Return the numbers of two bytes each, of which the lower comes first."""
    return vec[i16](_numbers("h", data))


def longs(data: bytes) -> vec[i64]:
    """Return the numbers of eight bytes each, of which the lowest comes first."""
    return vec[i64](_numbers("q", data))


def doubles(numbers: Iterable[float]) -> vec[float]:
    """Return a row of floats."""
    return vec[float](numbers)


def _numbers(code: str, data: bytes) -> memoryview[int]:
    numbers = array(code, data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return memoryview(numbers)


__all__ = ["doubles", "i16", "i64", "longs", "read_i64_le", "shorts", "vec"]
