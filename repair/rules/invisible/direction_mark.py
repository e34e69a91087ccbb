"""I202: a direction mark in text that has only one direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import RIGHT_TO_LEFT, is_code
from repair.types import Document, Example, Finding, Kind, Rule, Safety

MARKS = "[\u200e\u200f\u061c]+"
# Anything that can make a left-to-right mark useful.
OTHER_DIRECTION = f"[{RIGHT_TO_LEFT}\u200f\u202b\u202e\u2067\u2068]"


def find(document: Document) -> Iterator[Finding]:
    """Yield left-to-right marks where all is left to right; in source code, all marks."""
    if is_code(document):
        for match in re.finditer(MARKS, document.text):
            yield Finding("I202", *match.span(), None, Safety.SHOW, 1.0, "in source code")
    elif document.kind is not Kind.DATA and not re.search(OTHER_DIRECTION, document.text):
        for match in re.finditer(MARKS, document.text):
            yield Finding("I202", *match.span(), "", Safety.LIKELY, 0.95)


RULE = Rule(
    code="I202",
    name="idle-direction-mark",
    summary="A left-to-right mark stands in a text where all is left to right.",
    why=(
        "U+200E keeps marks and numbers in order beside Hebrew and Arabic. Dates and paths that "
        "programs copy carry it everywhere, where it breaks comparison and commands. Strings to "
        "be put beside others (JSON, translations) may need it, and a text with anything "
        "written from right to left does. In source code it is shown, with U+200F and U+061C."
    ),
    safety=Safety.LIKELY,
    trigger="[\u200e\u200f\u061c]",
    find_in=find,
    examples=(
        Example("\u200e3/\u200e14/\u200e2020", "3/14/2020", "a date that a program copied"),
        Example("(\u05d0)\u200e 1", "(\u05d0)\u200e 1", "beside Hebrew"),
        Example("\u200f3 %", "\u200f3 %", "a right-to-left mark turns what stands behind"),
        Example('"\u200e%s"', '"\u200e%s"', "a string to be put beside others", Kind.DATA),
    ),
)
