"""Tells at once that there is nothing in a text, without loading the rules."""

from __future__ import annotations

import re

from repair.config import Config
from repair.detect.declared import HEAD, TAIL
from repair.kinds import kind_of
from repair.triggers import is_clean
from repair.types import Decoded

# What says of a text that it is in an encoding in which it would be another one: in ASCII, one of
# those that are no supersets; else, any but UTF-8.
_SAYS_MORE = re.compile(
    r"(?i)(?:coding|charset|fenc)[^\n]{0,20}(?:utf[-_]?(?:7|16|32)|1-utf|ucs|u\d|\d{3}|ebcdic|hz)"
)
_SAYS_OTHER = re.compile(r"""(?i)(?:coding|charset|fenc)["']?[ \t]*[=:](?![ \t]*["']?utf-?8)""")


def has_nothing(data: bytes, decoded: Decoded, config: Config, name: str | None = None) -> bool:
    """Whether it is sure that no rule finds anything; ``False`` says nothing."""
    text = decoded.text
    says = _SAYS_MORE if text.isascii() else _SAYS_OTHER
    return (
        decoded.encoding == "utf-8"
        and not decoded.bom
        and config.target_encoding is None
        and not says.search(text, 0, HEAD)
        and not says.search(text, max(0, len(text) - TAIL))
        and is_clean(data, kind_of(name, text))
    )
