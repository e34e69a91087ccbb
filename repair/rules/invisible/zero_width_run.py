"""I304: a run of several kinds of zero width characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Kind, Rule, Safety

ZERO_WIDTH = "\u200b-\u200d\u2060-\u2064\ufeff\u180e"

# Hidden bits come in eights; the longest run of clean text has three (a non-joiner written
# twice beside a space of Khmer).
SHORTEST = 6
RUN = re.compile(f"[{ZERO_WIDTH}]{{{SHORTEST},}}")


def find(document: Document) -> Iterator[Finding]:
    """Yield runs in which one kind of character alternates with another."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for match in RUN.finditer(document.text):
        kinds = len(set(match[0]))
        if kinds > 1:
            note = f"{len(match[0])} characters of {kinds} kinds"
            yield Finding("I304", *match.span(), "", safety, 0.95, note)


RULE = Rule(
    code="I304",
    name="zero-width-run",
    summary="A run of zero width characters of several kinds hides data.",
    why=(
        "Two kinds of characters that nobody sees are enough to write anything in bits: tools "
        "that mark texts, or smuggle one inside another, do so. No script needs more than two "
        "such characters in a row. They are removed on request, and in source code shown only."
    ),
    safety=Safety.LIKELY,
    trigger=RUN.pattern,
    find_in=find,
    examples=(
        Example("mark\u200b\u200c\u200b\u200b\u200c\u200c\u200b\u200bed", "marked"),
        Example(
            "\u0e01\u200b\u200b\u200b\u200b\u200b\u200b\u0e02",
            "\u0e01\u200b\u200b\u200b\u200b\u200b\u200b\u0e02",
            "of one kind",
        ),
        Example("\u0645\u200c\u200d\u0645", "\u0645\u200c\u200d\u0645", "too few"),
    ),
)
