r"""E108: a quotation mark behind a backslash, as in \"so\", in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.escapes.confidence import LIKELY
from repair.rules.escapes.context import surroundings
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_MARK = pattern(r'\\+"')
# A line, for ``match`` at its beginning, with such marks, two by two, outside of words; nothing
# else in it is escaped or quoted.
LINE = pattern(
    r'(?m)[^"\\\n]*(?:(?<!\w)\\+"(?![\s.,;:!?)])[^"\\\n]+(?<![\s(])\\+"(?!\w)[^"\\\n]*)+$'
)
_QUOTED = pattern(r'\\+"[^"\\]*\\+"')
_LETTER = pattern(r"[^\W\d_]")


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each mark of the lines where all are escaped."""
    if document.kind not in (Kind.TEXT, Kind.MARKDOWN):
        return
    around = surroundings(document)
    for line in _lines(document.text):
        if not _LETTER.search(_QUOTED.sub("", line[0])):
            continue  # a list of strings
        marks = list(_MARK.finditer(document.text, *line.span()))
        if not any(around.is_right(*mark.span()) for mark in marks):
            for mark in marks:
                note = "a quotation mark behind a backslash"
                yield Finding("E108", *mark.span(), '"', Safety.LIKELY, LIKELY, note)


def _lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines where all are escaped; they are few, so others are not looked at."""
    at = 0
    while (mark := text.find('\\"', at)) >= 0:
        start = text.rfind("\n", at, mark) + 1 or at
        line = LINE.match(text, start)
        if line:
            yield line
        at = text.find("\n", mark) + 1
        if not at:
            return


RULE = Rule(
    code="E108",
    name="escaped-quote",
    summary="Quotation marks stand behind backslashes in prose.",
    why=(
        'Text that was written as a string of JSON, C or SQL, and never read back, has \\" '
        "for each of its quotation marks. Looked for in plain text and Markdown only, and only "
        "in lines that hold them in pairs, at the beginnings and ends of words, beside words that "
        "are not quoted, and no other mark or backslash; not in lines of code or such that speak "
        "of escapes, nor in backticks, fenced blocks and paths. It is applied on request only."
    ),
    safety=Safety.LIKELY,
    trigger=r'\\"',
    kinds=(Kind.TEXT, Kind.MARKDOWN),
    find_in=find,
    examples=(
        Example(r"He said \"no\" and \"never\".", 'He said "no" and "never".'),
        Example(r"He said \\\"no\\\" once.", 'He said "no" once.', "escaped again"),
        Example(r"He said \"no", r"He said \"no", "a mark without its other half"),
        Example(r'He "said" \"no\"', r'He "said" \"no\"', "other marks are bare"),
        Example(r"The path a\b and \"c\"", r"The path a\b and \"c\"", "another backslash"),
        Example(r"\"one\", \"two\"", r"\"one\", \"two\"", "nothing but strings"),
        Example(r"a 5\"x7\" print", r"a 5\"x7\" print", "inches"),
        Example(r"Escape it as \"no\"", r"Escape it as \"no\"", "about escapes"),
        Example(r"Write `\"no\"` here", r"Write `\"no\"` here", "in backticks"),
        Example(r"say \"no\"", r"say \"no\"", "code", Kind.CODE),
    ),
)
