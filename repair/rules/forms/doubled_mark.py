"""F110: the same mark twice on one letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Latin, Greek and Cyrillic accents above and below, and the tone marks and short vowels of Thai.
# Arabic and Hebrew write some marks twice, India too.
MARKS = "\u0300-\u0315\u0323-\u0331\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
ACCENTS = "\u0300-\u0315\u0323-\u0331"
_MARKS, _ACCENTS = Characters(MARKS), Characters(ACCENTS)
# Letters that may have one already.
ACCENTED = "[\xc0-\u024f\u1e00-\u1eff]"
_ACCENTED = pattern(ACCENTED)


def find(document: Document) -> Iterator[Finding]:
    """Yield the marks that repeat what is there."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    text = document.text
    for start, end in _MARKS.repeats(text):
        yield Finding("F110", start + 1, end, "", safety, 0.9)
    for start, _ in _ACCENTS.runs(text):
        if start and _ACCENTED.match(text, start - 1):
            # The canonical mapping of Latin letters is of Unicode 3.0 and may never change
            had = unicodedata.normalize("NFD", text[start - 1])
            if text[start] in had:
                yield Finding("F110", start, start + 1, "", safety, 0.9)


RULE = Rule(
    code="F110",
    name="doubled-mark",
    summary="A letter carries the same mark twice.",
    why=(
        "A key pressed twice, or a program that adds an accent to a letter that has it, leaves "
        "two marks in one place. Many fonts draw one upon the other and nobody sees it, but "
        "search fails; it is common in Thai. Linguists do stack two equal accents, so it is "
        "removed on request."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{MARKS}]",
    sight=lambda: f"[{MARKS}][{MARKS}]|{ACCENTED}[{ACCENTS}]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("\u0e17\u0e35\u0e48\u0e48", "\u0e17\u0e35\u0e48", "Thai"),
        Example("m\u0304\u0304", "m\u0304"),
        Example("caf\xe9\u0301", "café", "an accent that the letter has"),
        Example("q\u0304\u0323", "q\u0304\u0323", "two different marks"),
        Example("\xf8\u0308", "\xf8\u0308", "another than the letter has"),
        Example("\u0628\u064e\u064e", "\u0628\u064e\u064e", "Arabic"),
    ),
)
