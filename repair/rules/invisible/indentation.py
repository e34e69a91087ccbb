"""I108: a space other than the plain one in the indentation of code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import CJK
from repair.types import Document, Example, Finding, Kind, Rule, Safety

OTHER = "\xa0\u2000-\u200a\u202f\u205f\u3000"
INDENTATION = rf"(?m)^[ \t]*([{OTHER}][ \t{OTHER}]*)(?=[^\s{CJK}])"
WIDE = {ord("\u3000"): "  "} | {ord(c): " " for c in "\xa0\u202f\u205f"}
PLAIN = WIDE | dict.fromkeys(range(0x2000, 0x200B), " ")


def find(document: Document) -> Iterator[Finding]:
    """Yield indentations with such spaces, in source code and in formats like YAML."""
    if document.kind in (Kind.CODE, Kind.DATA):
        for match in re.finditer(INDENTATION, document.text):
            new = match[1].translate(PLAIN)
            yield Finding("I108", *match.span(1), new, Safety.LIKELY, 0.9)


RULE = Rule(
    code="I108",
    name="wide-or-no-break-indentation",
    summary="Code is indented with a space that compilers do not take for one.",
    why=(
        "Code that was copied from a page or a chat brings U+00A0 and its like along, and "
        "Japanese input methods make U+3000 of the space bar. Compilers and YAML refuse them or, "
        "worse, take them for part of a word. In a string of several lines they can be meant."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{OTHER}]",
    kinds=(Kind.CODE, Kind.DATA),
    find_in=find,
    examples=(
        Example("if x:\n\xa0\xa0\xa0 y()\n", "if x:\n    y()\n", "", Kind.CODE),
        Example("if x:\n\u3000\u3000y()\n", "if x:\n    y()\n", "an ideographic one", Kind.CODE),
        Example('s = "10\xa0%"\n', 's = "10\xa0%"\n', "not at the beginning", Kind.CODE),
        Example("\xa0\xa0a\n", "\xa0\xa0a\n", "a paragraph of prose"),
        Example("\u3000段落\n", "\u3000段落\n", "a comment in Chinese", Kind.CODE),
    ),
)
