"""Detect and repair damaged text, and account for every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repair.config import Config, ConfigError
from repair.decode import decode
from repair.detect import detect
from repair.types import (
    Decoded,
    Detection,
    Document,
    Edit,
    Example,
    Finding,
    Kind,
    Repaired,
    Rule,
    Safety,
    Segment,
)

if TYPE_CHECKING:
    from repair.engine import RulesDisagreeError, check, repair, repair_bytes
    from repair.rules import RULES

__all__ = [
    "RULES",
    "Config",
    "ConfigError",
    "Decoded",
    "Detection",
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Kind",
    "Repaired",
    "Rule",
    "RulesDisagreeError",
    "Safety",
    "Segment",
    "check",
    "decode",
    "detect",
    "repair",
    "repair_bytes",
]

_OF_THE_ENGINE = frozenset({"RulesDisagreeError", "check", "repair", "repair_bytes"})


def __getattr__(name: str) -> object:
    """Load the rules with the first name that needs them: docs/decisions/0051-late-rules.md."""
    if name in _OF_THE_ENGINE:
        from repair import engine  # noqa: PLC0415

        return getattr(engine, name)
    if name == "RULES":
        from repair.rules import RULES  # noqa: PLC0415

        return RULES
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
