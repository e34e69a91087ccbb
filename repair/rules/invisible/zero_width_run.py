"""I304: a run of several kinds of zero width characters."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.types import Document, Example, Finding, Kind, Rule, Safety

KINDS = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e"
ZERO_WIDTH = "\u200b-\u200d\u2060-\u2064\ufeff\u180e"

# In 277 million characters of catalogues and manuals in 170 languages 17 runs mix two kinds, and
# none of them is longer than two; of one kind there are up to seven, in Khmer.
SHORTEST = 4
RUN = pattern(f"[{ZERO_WIDTH}][{ZERO_WIDTH}]{{{SHORTEST - 1},}}")  # begins with a set


def find(document: Document) -> Iterator[Finding]:
    """Yield runs in which one kind of character alternates with another."""
    if sum(each in document.text for each in KINDS) < 2:  # found faster than the set of all
        return
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
        "of different kinds in a row. They are removed on request, and in source code shown only."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{ZERO_WIDTH}]{{{SHORTEST}}}",
    find_in=find,
    is_quick=True,
    examples=(
        Example("mark\u200b\u200c\u200b\u200b\u200c\u200c\u200b\u200bed", "marked"),
        Example(
            "\u0e01\u200b\u200b\u200b\u200b\u200b\u200b\u0e02",
            "\u0e01\u200b\u200b\u200b\u200b\u200b\u200b\u0e02",
            "of one kind",
        ),
        Example("\u0645\u200c\u200d\u200c\u0645", "\u0645\u200c\u200d\u200c\u0645", "too few"),
    ),
)
