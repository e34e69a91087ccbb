"""How a note quotes what was hidden."""

from __future__ import annotations

MOST_QUOTED = 60


def quoted(text: str) -> str:
    """Return ``text`` in quotes, escaped where it cannot be seen, and cut where it is long."""
    shown = ascii(text[:MOST_QUOTED])
    return f"{shown} and {len(text) - MOST_QUOTED} more" if len(text) > MOST_QUOTED else shown
