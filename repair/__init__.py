"""Detect and repair damaged text, and account for every change."""

from repair.config import Config, ConfigError
from repair.decode import decode
from repair.detect import detect
from repair.engine import RulesDisagreeError, check, repair, repair_bytes
from repair.rules import RULES
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
