"""Looks at the names of files: old archives and network drives leave them mis-decoded."""

from __future__ import annotations

import os
from dataclasses import replace

from repair.config import Config
from repair.engine import repair
from repair.reports.outcomes import Checked
from repair.rules import RULES
from repair.types import Repaired

# What comes of wrong decoding. Widths, marks and escapes in a name are mostly meant.
FAMILIES = ("B", "M", "S")
_RULES = tuple(rule for rule in RULES if rule.code.startswith(FAMILIES))


def look_at_name(path: str, config: Config) -> Checked | None:
    """Return what is found in the last part of ``path``, if anything.

    Other things than its content hang on the name of a file, so that no repair of it is safe:
    all are applied with unsafe fixes, or none.
    """
    name = os.path.basename(path)  # noqa: PTH119
    result = repair(name, config=config, rules=_RULES)
    found = sorted((*result.findings, *result.remaining), key=lambda f: (f.start, f.end))
    if not found:
        return None
    if not config.unsafe_fixes or not _is_name(result.text):
        result = Repaired(name, name, (), (), tuple(found))
    data = result.text.encode("utf-8", "surrogateescape")
    return Checked(
        path, name.encode("utf-8", "surrogateescape"), replace(result, data=data), of_name=True
    )


def _is_name(text: str) -> bool:
    """Whether a file can have it, and be seen."""
    return text not in ("", ".", "..") and "/" not in text and text.isprintable()
