"""Which encoding is the input in?"""

from __future__ import annotations

from repair.types import Detection


def detect(data: bytes) -> Detection:
    """Detect."""
    return Detection("utf-8" if data else None, 1.0)
