"""Tells at once that there is nothing in a text, without loading the rules or decoding it."""

from __future__ import annotations

from functools import lru_cache

from repair.config import Config
from repair.detect import is_plain
from repair.detect.declared import HEAD, TAIL, hints, known
from repair.kinds import kind_by_name, kind_of
from repair.notices import WORD
from repair.patterns import pattern
from repair.triggers import Ordinary, is_clean
from repair.types import Kind

_DIRECTIVE = WORD.encode()

# What a text says of its encoding, in any of the forms that count; and in CSS.
_DECLARED = pattern(
    rb"""(?:(?:coding|charset|fenc)\s*[=:]|charset[ ]")\s*["']?\s*([a-z0-9](?:[\w.:+-]{0,38}\w)?)"""
)
# Bytes of a character, at the most.
_LONGEST = 4

# ASCII that some encoding reads as something else.
_ASCII = bytes(range(0x80)) + b" \x7e{VPND\x7e} +AGE- -"


def _is_sound(line: str) -> bool:
    from repair.rules.mojibake.ordinary import is_sound_line  # noqa: PLC0415 (30 ms, with the judge)

    return is_sound_line(line)


ORDINARY = Ordinary(frozenset({"M101", "M102", "M103", "M104", "M901"}), _is_sound)
"""What the rules on mojibake say of a line: most that looks odd in clean text is soon explained."""


def has_nothing(data: bytes, config: Config, name: str | None = None) -> bool:
    """Whether it is sure that no rule finds anything; ``False`` says nothing."""
    return (
        config.target_encoding in (None, "utf-8")
        and is_plain(data)
        and _DIRECTIVE not in data
        and not _says_other(data)
        and is_clean(data, _kind(name, data), ORDINARY)
    )


def _says_other(data: bytes) -> bool:
    """Whether there is a declaration of an encoding in which it could be another text."""
    is_ascii = data.isascii()
    size = 1 if is_ascii else _LONGEST
    head, tail = size * HEAD, size * TAIL
    low = (data if len(data) <= head + tail else data[:head] + b"\n" + data[-tail:]).lower()
    for at in hints(low):
        match = _DECLARED.match(low, at)
        if match and not _reads_alike(match[1], is_ascii):
            return True
    return False


@lru_cache(1024)
def _reads_alike(name: bytes, is_ascii: bool) -> bool:  # noqa: FBT001
    """Whether what is UTF-8 reads the same in the encoding of this name, or there is none."""
    encoding = known(name.decode())
    if encoding in (None, "utf-8"):
        return True
    try:
        return is_ascii and _ASCII.decode(encoding) == _ASCII.decode()
    except UnicodeError:
        return False


def _kind(name: str | None, data: bytes) -> Kind:
    """The kind of text; of what is not UTF-8 any will do, for it is not clean."""
    found = None if name is None else kind_by_name(name)
    return kind_of(None, data.decode("utf-8", "replace")) if found is None else found
