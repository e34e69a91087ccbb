"""I104: a soft hyphen inside a word."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.invisible.around import SPACED
from repair.types import Document, Example, Finding, Kind, Rule, Safety

SOFT = pattern("\xad+")
IN_WORD = pattern(f"\xad(?<=[{SPACED}].)\xad*(?=[{SPACED}])")


def find(document: Document) -> Iterator[Finding]:
    """Yield soft hyphens between letters; in source code, all."""
    if document.kind is Kind.MARKUP:
        return
    if document.kind is Kind.CODE:
        for match in SOFT.finditer(document.text):
            yield Finding("I104", *match.span(), None, Safety.SHOW, 1.0, "in source code")
        return
    for match in IN_WORD.finditer(document.text):
        yield Finding("I104", *match.span(), "", Safety.LIKELY, 0.9)


RULE = Rule(
    code="I104",
    name="soft-hyphen-in-word",
    summary="A soft hyphen splits a word in two for search and tokenizers.",
    why=(
        "U+00AD says where a word may be divided, and is seen only if it is. Text that was "
        "pasted from a page, an e-book or a PDF keeps it, and programs that do not know it "
        "search in vain or print a hyphen. Who typesets wants it, and old text of ISO 8859 can "
        "mean a real hyphen, so it is removed on request only, and never in markup. In source "
        "code it is shown."
    ),
    safety=Safety.LIKELY,
    trigger="\xad",
    find_in=find,
    is_quick=True,
    examples=(
        Example("Silben\xadtrennung", "Silbentrennung"),
        Example("Silben\xadtrennung", "Silben\xadtrennung", "markup means it", Kind.MARKUP),
        Example("trail\xad\ning", "trail\xad\ning", "at the end of a line it is a hyphen"),
        Example("\ud55c\xad\uae00", "\ud55c\xad\uae00", "no letter of Latin, Greek or Cyrillic"),
        Example("a \xadb", "a \xadb", "before a word"),
        Example("100\xad Euro", "100\xad Euro", "nor inside a word"),
    ),
)
