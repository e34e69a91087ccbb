"""B104: a character in more bytes of UTF-8 than it needs."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="B104",
    name="overlong-form",
    summary="A character is written in more bytes than UTF-8 allows.",
    why=(
        "Java writes NUL as C0 80. Elsewhere an overlong form is an attempt to bring a character "
        "past a filter, such as C0 AF for a slash: it must not become one by being repaired, so "
        "it is only shown. It may also be two letters of a one-byte encoding."
    ),
    safety=Safety.SHOW,
    trigger="[\udcc0\udcc1\udce0\udcf0]",
    find=find,
    examples=(
        Example("a\udcc0\udcaf", "a\udcc0\udcaf", "shown: the slash may be an attack"),
        Example("a\udcc0b", "a\udcc0b", "one byte"),
    ),
)
