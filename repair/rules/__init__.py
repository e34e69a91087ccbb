"""Rules: what is damage, and how it is put right. ``contents.py`` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repair.rules.contents import RULES

__all__ = ["RULES"]


def __getattr__(name: str) -> object:
    """Load all rules when somebody asks for them: what shares a search with one may not."""
    if name == "RULES":
        from repair.rules.contents import RULES  # noqa: PLC0415

        return RULES
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
