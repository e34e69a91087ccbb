"""The table of contents: all rules, in the order in which they own their places."""

from __future__ import annotations

from repair.types import Rule

RULES: tuple[Rule, ...] = ()
