"""Offsets in a text as lines, columns and bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from repair.types import Decoded

# Encodings whose bytes for a character depend on what came before it.
_STATEFUL = ("iso2022", "hz", "utf7")


class Place(NamedTuple):
    """A place in a text, three ways."""

    line: int
    """From 1; lines end with ``\\n``."""
    column: int
    """From 1, in code points."""
    byte: int | None
    """From 0, in the input; ``None`` where the encoding does not say."""


def locate(text: str, offsets: Iterable[int], decoded: Decoded | None = None) -> dict[int, Place]:
    """Return the place of each offset (in code points), in one walk over ``text``.

    Bytes are counted only where ``decoded`` says how ``text`` was read, and only where
    that was exact: then each character, or escaped byte, is as long as encoding makes it.
    """
    byte = len(decoded.bom) if decoded and _countable(decoded) else None
    at, line, line_start = 0, 1, 0
    places: dict[int, Place] = {}
    for offset in sorted(set(offsets)):
        line += text.count("\n", at, offset)
        line_start = text.rfind("\n", at, offset) + 1 or line_start
        if byte is not None and decoded is not None:
            byte += _encoded_length(text[at:offset], decoded.encoding)
        at = offset
        places[offset] = Place(line, offset - line_start + 1, byte)
    return places


def _countable(decoded: Decoded) -> bool:
    plain_name = decoded.encoding.lower().replace("-", "").replace("_", "")
    return decoded.exact and not plain_name.startswith(_STATEFUL)


def _encoded_length(text: str, encoding: str) -> int:
    if text.isascii() and encoding in ("utf-8", "ascii"):
        return len(text)
    # surrogatepass is what UTF-16 and UTF-32 need for lone surrogates, surrogateescape all others
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return len(text.encode(encoding, errors))
