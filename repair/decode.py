"""bytes -> Decoded -> the same bytes."""

from __future__ import annotations

from repair.types import Decoded, Segment


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode."""
    text = data.decode(encoding or "utf-8", "surrogateescape")
    return Decoded(text, "utf-8", 1.0, True, (Segment(0, len(data), "utf-8"),))


def encode(text: str, decoded: Decoded) -> bytes:
    """Encode as ``decoded`` was."""
    return decoded.bom + text.encode(decoded.encoding, "surrogateescape")
