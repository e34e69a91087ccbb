"""I502: code points that are no characters and never will be."""

from __future__ import annotations

from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.types import Example, Finding, Rule, Safety

# FDD0..FDEF and the last two of each of the 17 planes.
_LAST = "".join(
    chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17)
)
NONCHARACTERS = f"[\ufdd0-\ufdef{_LAST}]+"
_PATTERN, _CHARACTERS = pattern(NONCHARACTERS), Characters(f"\ufdd0-\ufdef{_LAST}")


def find(text: str) -> Iterator[Finding]:
    """Yield each run of noncharacters."""
    for match in _CHARACTERS.matches(_PATTERN, text):
        note = "a byte order mark read in the wrong order" if "\ufffe" in match[0] else ""
        yield Finding("I502", *match.span(), None, Safety.SHOW, 1.0, note)


RULE = Rule(
    code="I502",
    name="noncharacter",
    summary="A code point is none of a character and never will be.",
    why=(
        "Unicode keeps 66 code points for the use inside programs. In text that is exchanged "
        "they are left over from one, or from bytes that were read in the wrong encoding or "
        "order. They are shown."
    ),
    safety=Safety.SHOW,
    trigger="[\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]",
    find=find,
    is_quick=True,
    examples=(
        Example("a\ufdd0b", "a\ufdd0b", "shown"),
        Example("a\U0001ffffb", "a\U0001ffffb", "shown: the last of a plane"),
        Example("\ufdf2\ufffd", "\ufdf2\ufffd", "not shown: characters beside them"),
    ),
)
