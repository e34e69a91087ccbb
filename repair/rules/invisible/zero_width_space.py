"""I101: a zero width space inside a word of a script that uses spaces."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.invisible.around import SPACED
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Thai, Lao, Myanmar and Khmer write words without spaces and use U+200B as a legitimate hint
# where a line may break, and so do others behind a slash: only letters and digits on both
# sides are evidence.
INSIDE_WORD = pattern(f"\u200b(?<=[{SPACED}].)\u200b*(?=[{SPACED}])")  # begins with what is rare

# Pages are made with such hints in long names, and source code can hold them in strings.
NOT_SAFE = (Kind.MARKUP, Kind.CODE)


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of zero width spaces between two letters."""
    safety = Safety.LIKELY if document.kind in NOT_SAFE else Safety.SAFE
    note = "in source code: two names may look alike" if document.kind is Kind.CODE else ""
    for match in INSIDE_WORD.finditer(document.text):
        yield Finding("I101", *match.span(), "", safety, 1.0, note)


RULE = Rule(
    code="I101",
    name="zero-width-space-in-word",
    summary="A zero width space splits a word in two for search and tokenizers.",
    why=(
        "Web pages insert U+200B to allow a line break; pasted text keeps it. In markup, where "
        "the hint may be meant, and in source code, where it may be part of a test, it is only "
        "removed on request. In source code a name with U+200B in it is another name that looks "
        "the same."
    ),
    safety=Safety.SAFE,
    trigger="\u200b",
    find_in=find,
    is_quick=True,
    examples=(
        Example("exam\u200bple", "example"),
        Example("при\u200b\u200bмер", "пример", "several, and Cyrillic"),
        Example("is\u200bAdmin()", "isAdmin()", "a name that looks like another", Kind.CODE),
        Example(
            "\u0e20\u0e32\u200b\u0e29\u0e32", "\u0e20\u0e32\u200b\u0e29\u0e32", "Thai needs it"
        ),
        Example("and\u200b/or", "and\u200b/or", "a hint before a mark"),
        Example("and/\u200bor", "and/\u200bor", "a hint behind a mark"),
        Example("**bold**\u200btext", "**bold**\u200btext", "Markdown needs it to end the bold"),
    ),
)
