"""I501: characters of private use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Kind, Rule, Safety

PRIVATE = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"

# The font Symbol has a bullet at B7, and Word keeps its fonts at F000: lists that were copied
# from documents begin with it. No other place of Symbol or Wingdings is as sure.
BULLET = r"(?m)^[ \t]*(\uf0b7)(?=[ \t\xa0])"
NOTES = {
    "\uf8ff": "the logo of Apple, on its systems",
    "\uf0a7": "a bullet, where the font was Wingdings",
    "\uf0fc": "a check mark, where the font was Wingdings",
    "\uf0d8": "an arrow head, where the font was Wingdings",
}


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of such characters; the bullet of lists has a cure."""
    text = document.text
    if document.kind is Kind.CODE:
        return
    bullets = {match.start(1) for match in re.finditer(BULLET, text)} if "\uf0b7" in text else set()
    for match in re.finditer(PRIVATE, text):
        if match.start() in bullets:
            note = "the bullet of the font Symbol"
            yield Finding("I501", *match.span(), "•", Safety.LIKELY, 0.95, note)
        else:
            yield Finding("I501", *match.span(), None, Safety.SHOW, 1.0, NOTES.get(match[0], ""))


RULE = Rule(
    code="I501",
    name="private-use-character",
    summary="A character has no meaning but that of a private agreement.",
    why=(
        "Fonts put icons, logos, invented scripts and old letters of their own at U+E000 and "
        "beyond. Without that font nobody can read them, and text that went through an old "
        "encoding or through a PDF has them by damage. They are shown, but not in source code and "
        "style sheets, which name the icons of their fonts so. Only the bullet at the "
        "head of a list, which Word writes in its font Symbol, is replaced on request."
    ),
    safety=Safety.LIKELY,
    trigger="[\ue000-\uf8ff\U000f0000-\U0010fffd]",
    find_in=find,
    examples=(
        Example("\uf0b7 first\n\uf0b7\tsecond\n", "• first\n•\tsecond\n"),
        Example("• first", "• first", "a bullet that all fonts have"),
        Example('i { content: "\uf0b7" }', 'i { content: "\uf0b7" }', "an icon", Kind.CODE),
    ),
)
