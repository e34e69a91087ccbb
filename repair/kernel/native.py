"""What compiled modules take from librt, and the same in plain Python where there is none.

mypyc knows these names by where they come from, and makes machine instructions of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # mypy has other words against the second i64 for each version of Python
    from mypy_extensions import i64
else:
    try:
        from mypy_extensions import i64
    except ImportError:  # installed without a compiler
        i64 = int

try:
    from librt.strings import read_i16_le, read_i64_le
except ImportError:

    def read_i64_le(data: bytes, index: int, /) -> i64:  # type: ignore[misc]
        """Return eight bytes at ``index`` as a signed number."""
        return int.from_bytes(data[index : index + 8], "little", signed=True)

    def read_i16_le(data: bytes, index: int, /) -> i64:  # type: ignore[misc]
        """Return two bytes at ``index`` as a number."""
        return data[index] | data[index + 1] << 8


__all__ = ["i64", "read_i16_le", "read_i64_le"]
