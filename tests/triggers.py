"""What triggers need, for tests."""

from __future__ import annotations

from repair.triggers.conditions import conditions
from repair.triggers.sets import ANY, contains


def is_needed(pattern: str, character: str) -> bool:
    """Whether a text of this character and others like it could be enough for a trigger."""
    return any(
        all(contains(each, ord(character)) for each in condition[:2] if each != ANY)
        for condition in conditions(pattern, by_line=False)
    )
