"""Seven-bit data: UTF-8 like all ASCII, unless escape sequences switch to other characters."""

from __future__ import annotations

from repair.types import Detection

# All ISO-2022 encodings select a double-byte set by ESC $, which no terminal sequence begins with.
SWITCH = b"\x1b$"


def look(data: bytes) -> Detection | None:
    """Answer if ``data`` is ASCII."""
    if data.isascii() and SWITCH not in data:
        return Detection("utf-8", 1.0)
    return None
