"""I601: separators of lines and paragraphs that few programs know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Kind, Rule, Safety

SEPARATORS = re.compile("[\u2028\u2029]+|\x85")
ENDING = re.compile("\r\n|\n|\r")


def find(document: Document) -> Iterator[Finding]:
    """Yield each run; in prose it can become what the text ends its lines with."""
    text = document.text
    for match in SEPARATORS.finditer(text):
        start, end = match.span()
        if match[0] == "\x85":
            note = "next line (or … of Windows text)"
            yield Finding("I601", start, end, None, Safety.SHOW, 1.0, note)
        elif document.kind in (Kind.CODE, Kind.DATA):
            yield Finding("I601", start, end, None, Safety.SHOW, 1.0)
        else:
            at_end = end == len(text) or text[end] in "\r\n"
            new = "" if at_end else _ending(text, end) * (end - start)
            yield Finding("I601", start, end, new, Safety.LIKELY, 0.9)


def _ending(text: str, at: int) -> str:
    """What the next line ends with, or the one before."""
    nearest = ENDING.search(text, at) or ENDING.search(text)
    return nearest[0] if nearest else "\n"


RULE = Rule(
    code="I601",
    name="line-separator",
    summary="A line ends with a character that few programs take for an end.",
    why=(
        "Editors of rich text, PDFs and chats write U+2028 for a line that ends inside a "
        "paragraph. Some programs then see two lines and others one, numbers of lines go wrong, "
        "and old JavaScript breaks off. U+0085 is a next line from mainframes, or an ellipsis of "
        "Windows text that was read as Latin-1: shown only."
    ),
    safety=Safety.LIKELY,
    trigger="[\u2028\u2029\x85]",
    find_in=find,
    examples=(
        Example("one\u2028two\nthree\n", "one\ntwo\nthree\n"),
        Example("one\u2028two\r\nthree\r\n", "one\r\ntwo\r\nthree\r\n", "as the text does it"),
        Example("one\u2028\ntwo\n", "one\ntwo\n", "where the line ends anyway"),
        Example("one\x0ctwo", "one\x0ctwo", "a new page is known everywhere"),
    ),
)
