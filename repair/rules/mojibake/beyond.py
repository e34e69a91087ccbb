"""Characters beyond ASCII."""

from __future__ import annotations

from repair.patterns import pattern

_BEYOND = pattern("[^\x00-\x7f]")


def beyond_ascii(text: str) -> list[str]:
    """Return the characters of a text that are beyond ASCII, in order."""
    return _BEYOND.findall(text)


def count_beyond(text: str) -> int:
    """Return how many there are."""
    return len(text) - len(text.encode("ascii", "ignore"))
