"""Tells at once that there is nothing in plain ASCII, without loading the rules.

``python -m repair.cli.quick`` writes the patterns of ``_ascii_triggers`` anew; a test says when.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from repair.cli._ascii_triggers import PATTERNS
from repair.config import Config
from repair.detect.declared import HEAD, TAIL
from repair.inline import WORD
from repair.types import Decoded

_FILE = Path(__file__).with_name("_ascii_triggers.py")
_HEAD = '''"""What a text in ASCII must match for a rule to find anything; see ``quick``."""

from __future__ import annotations

PATTERNS = (
'''


# What says that it is in an encoding in which it would not be ASCII.
_SAYS_MORE = re.compile(
    r"(?i)(?:coding|charset|fenc)[^\n]{0,20}(?:utf[-_]?(?:7|16|32)|1-utf|ucs|u\d|\d{3}|ebcdic|hz)"
)


def has_nothing(decoded: Decoded, config: Config) -> bool:
    """Whether it is sure that no rule finds anything; ``False`` says nothing."""
    text = decoded.text
    return (
        text.isascii()
        and decoded.encoding == "utf-8"
        and not decoded.bom
        and config.target_encoding is None
        and WORD not in text
        and not _SAYS_MORE.search(text, 0, HEAD)
        and not _SAYS_MORE.search(text, max(0, len(text) - TAIL))
        and not any(pattern.search(text) for pattern in _patterns())
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, PATTERNS))


def patterns() -> tuple[str, ...]:
    """The triggers of all rules that text in ASCII could match."""
    from repair.rules import RULES  # noqa: PLC0415 (what all of this is about)
    from repair.triggers import needed  # noqa: PLC0415

    ascii_ = "".join(map(chr, range(128)))
    needs = {rule.trigger: needed(rule.trigger) for rule in RULES}
    return tuple(trigger for trigger, need in needs.items() if need is None or need.search(ascii_))


if __name__ == "__main__":
    rows = "".join(f"    {json.dumps(pattern)},\n" for pattern in patterns())
    _FILE.write_text(f"{_HEAD}{rows})\n", encoding="utf-8", newline="\n")
