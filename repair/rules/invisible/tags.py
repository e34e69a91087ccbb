"""I301: tag characters, which spell text that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.hidden import quoted
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# A flag of a region, such as England: a black flag, its code of at most six, a cancel tag.
FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
HIDDEN = f"{FLAG}|([\U000e0000-\U000e007f]+)"


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of tags that is no flag, with what it says."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for match in re.finditer(HIDDEN, document.text):
        if match[1]:
            text = "".join(chr(ord(tag) - 0xE0000) for tag in match[1])
            note = f"hidden text: {quoted(text)}"
            yield Finding("I301", *match.span(1), "", safety, 0.95, note)


RULE = Rule(
    code="I301",
    name="tag-characters",
    summary="Tag characters hide text that programs read and people do not see.",
    why=(
        "Each character of ASCII has an invisible double from U+E0000. They spell the regions of "
        "some flags; otherwise they carry instructions to language models past the eyes of "
        "people, or mark a text. The note says what they spell. Whoever put them there meant it, "
        "so they are removed on request, and in source code shown only."
    ),
    safety=Safety.LIKELY,
    trigger="[\U000e0000-\U000e007f]",
    find_in=find,
    examples=(
        Example("Hi\U000e0070\U000e0077\U000e006e.", "Hi.", "says pwn"),
        Example("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", "🏴", "not closed"),
        Example(
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "the flag of England",
        ),
    ),
)
