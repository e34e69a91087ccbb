"""I102: a zero width space where a line may break without it."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.invisible.around import SPACED, is_code
from repair.rules.invisible.zero_width_space import INSIDE_WORD
from repair.types import Document, Example, Finding, Rule, Safety

# A letter on the other side: a line with nothing else, or a mark of Markdown, may need it.
IDLE = pattern(
    f"\u200b(?:(?<=[{SPACED}.,;:!?)].)\u200b*(?=[ \t\r\n]|$)"
    f"|(?<![^ \t\r\n].)\u200b*(?=[{SPACED}(]))"
)
# Thai to Myanmar, Khmer and Tai: writers set a hint behind each word, of Latin too.
WITHOUT_SPACES = pattern("[\u0e00-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf]")
NEAR = 40
SPACES = pattern("\u200b+")


def find(document: Document) -> Iterator[Finding]:
    """Yield zero width spaces beside a space; in source code, all that are not in a word."""
    if is_code(document):
        in_words = {match.start() for match in INSIDE_WORD.finditer(document.text)}
        for match in SPACES.finditer(document.text):
            if match.start() not in in_words:
                yield Finding("I102", *match.span(), None, Safety.SHOW, 1.0, "in source code")
        return
    for match in IDLE.finditer(document.text):
        start, end = match.span()
        if not WITHOUT_SPACES.search(document.text, max(start - NEAR, 0), end + NEAR):
            yield Finding("I102", start, end, "", Safety.LIKELY, 0.95)


RULE = Rule(
    code="I102",
    name="idle-zero-width-space",
    summary="A zero width space stands beside a space or at the end of a line, to no effect.",
    why=(
        "A line may break at a space, so U+200B beside one does nothing but defeat comparison "
        "and trimming: most programs do not count it as a space. Editors leave it behind, and "
        "some people set it on purpose, to keep a line or a cell from being empty. In source "
        "code every zero width space that is not inside a word is shown."
    ),
    safety=Safety.LIKELY,
    trigger="\u200b",
    find_in=find,
    is_quick=True,
    examples=(
        Example("the end\u200b\n", "the end\n"),
        Example("two \u200bwords", "two words"),
        Example("\u200bstart", "start"),
        Example("a\n\u200b\nb", "a\n\u200b\nb", "keeps a line from being empty"),
        Example("* \u200b*x*", "* \u200b*x*", "beside a mark that it may protect"),
        Example("@\u200bname", "@\u200bname", "keeps a name from being mentioned"),
        Example("\u178f \u200bHTML", "\u178f \u200bHTML", "in Khmer text"),
    ),
)
