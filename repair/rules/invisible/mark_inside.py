"""I106: a byte order mark inside text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import SPACED, is_code, unless_code
from repair.types import Document, Example, Finding, Rule, Safety

MARKS = "\ufeff+"
LETTER = f"[{SPACED}]"


def find(document: Document) -> Iterator[Finding]:
    """Yield all marks; the one at the beginning of a file is no part of its text."""
    text = document.text
    for match in re.finditer(MARKS, text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if start == 0:
            yield Finding("I106", 0, end, "", Safety.SAFE, 1.0, "a second mark, or one kept")
        elif before in "\r\n":
            safety = unless_code(document, Safety.SAFE)
            yield Finding("I106", start, end, "", safety, 1.0, "files joined here")
        elif re.match(LETTER, before) and re.match(LETTER, after):
            yield Finding("I106", start, end, "", unless_code(document, Safety.SAFE), 1.0)
        elif is_code(document):
            yield Finding("I106", start, end, None, Safety.SHOW, 1.0, "in source code")
        else:
            yield Finding("I106", start, end, "", Safety.LIKELY, 0.9, "or a no-break of old text")


RULE = Rule(
    code="I106",
    name="byte-order-mark-inside",
    summary="A byte order mark stands inside the text.",
    why=(
        "U+FEFF says at the beginning of a file how it is encoded. Programs that join files, or "
        "read one and keep the mark, leave it in the text, where it hides from the eye and "
        "breaks parsers, comparison and the names of columns. Before Unicode 3.2 it was also a "
        "zero width no-break space, so beside marks and in other scripts than Latin, Greek and "
        "Cyrillic it is removed on request only."
    ),
    safety=Safety.SAFE,
    trigger="\ufeff",
    find_in=find,
    examples=(
        Example("first\n\ufeffsecond\n", "first\nsecond\n", "files joined"),
        Example("exam\ufeffple", "example"),
        Example("10\ufeff %", "10 %", "a no-break of old text, perhaps"),
        Example("a\ufffeb", "a\ufffeb", "in the other byte order it is a noncharacter: I502"),
    ),
)
