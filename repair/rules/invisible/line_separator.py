"""I601: separators of lines and paragraphs that few programs know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Rule, Safety

STEP = "[\u2028\u2029]+|\x85|\r\n|\n|\r"
ENDINGS = ("\r\n", "\n", "\r")


def find(document: Document) -> Iterator[Finding]:
    """Yield each run; in prose it can become what the next line ends with, or the last did."""
    prose = document.kind.is_prose
    waiting: list[tuple[int, int]] = []
    ending = "\n"
    for match in re.finditer(STEP, document.text):
        start, end = match.span()
        if match[0] in ENDINGS:
            ending = match[0]
            for run in waiting:
                yield _finding(*run, ending if run[1] < start else "")
            waiting = []
        elif match[0] == "\x85":
            note = "next line (or … of Windows text)"
            yield Finding("I601", start, end, None, Safety.SHOW, 1.0, note)
        elif prose:
            waiting.append((start, end))
        else:
            yield Finding("I601", start, end, None, Safety.SHOW, 1.0)
    for run in waiting:
        yield _finding(*run, ending if run[1] < len(document.text) else "")


def _finding(start: int, end: int, ending: str) -> Finding:
    return Finding("I601", start, end, ending * (end - start), Safety.LIKELY, 0.9)


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
