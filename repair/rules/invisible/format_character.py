"""I107: format characters that no text should hold any more, or only that of one script."""

from __future__ import annotations

from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.types import Example, Finding, Rule, Safety

# Deprecated by Unicode: 206A..206F switch shapes, 17B4 and 17B5 are vowels that Khmer does not
# write. 180E is at home beside letters of Mongolian only.
MONGOLIAN = "\u1800-\u180d\u180f-\u18af"
STRAY = f"[\u206a-\u206f]+|[\u17b4\u17b5]+|(?<![{MONGOLIAN}])\u180e+"
_PATTERN, _CHARACTERS = pattern(STRAY), Characters("\u206a-\u206f\u17b4\u17b5\u180e")


def find(text: str) -> Iterator[Finding]:
    """Yield each run of such characters."""
    for match in _CHARACTERS.matches(_PATTERN, text):
        yield Finding("I107", *match.span(), None, Safety.SHOW, 1.0)


RULE = Rule(
    code="I107",
    name="stray-format-character",
    summary="An invisible format character stands where it has no business.",
    why=(
        "Unicode discourages U+206A to U+206F and the inherent vowels of Khmer: programs ignore "
        "them, or each does something else. The Mongolian vowel separator counted as a space "
        "until Unicode 6.3, and still does in some programs: outside Mongolian it is there to "
        "deceive or by accident."
    ),
    safety=Safety.SHOW,
    trigger="[\u206a-\u206f\u17b4\u17b5\u180e]",
    find=find,
    is_quick=True,
    examples=(
        Example("is\u180eAdmin", "is\u180eAdmin", "shown: a name that looks like another"),
        Example("\u206d123\u206c", "\u206d123\u206c", "shown: switches that nobody uses"),
        Example("\u182d\u180e\u1820", "\u182d\u180e\u1820", "not shown: Mongolian needs it"),
    ),
)
