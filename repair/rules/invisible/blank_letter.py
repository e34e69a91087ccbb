"""I305: letters and signs without a shape, used as blanks."""

from __future__ import annotations

from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.rules.invisible.around import is_code
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Where each is right: a filler in a syllable of old Hangul, or before jamo as KS X 1001 has
# them; a blank cell of braille beside others.
BLANK = (
    "(?<![\u3131-\u318e])\u3164+(?![\u3131-\u318e])"
    "|(?<!\uffa0)\uffa0+(?![\uffa0-\uffdc])"
    "|\u115f(?![\u1160-\u11a7])"
    "|(?<![\u1100-\u115f\ua960-\ua97c])\u1160"
    "|(?<![\u2801-\u28ff\u2800])\u2800+(?![\u2801-\u28ff\u2800])"
)
_PATTERN, _CHARACTERS = pattern(BLANK), Characters("\u3164\uffa0\u115f\u1160\u2800")


def find(document: Document) -> Iterator[Finding]:
    """Yield each that stands where its script does not need it."""
    note = "in source code: it can be a name that nobody sees" if is_code(document) else ""
    for match in _CHARACTERS.matches(_PATTERN, document.text):
        yield Finding("I305", *match.span(), None, Safety.SHOW, 1.0, note)


RULE = Rule(
    code="I305",
    name="blank-letter",
    summary="A letter without a shape poses as a space.",
    why=(
        "Hangul has fillers for syllables that lack a part, and braille a cell without dots. "
        "Neither counts as a space, so they make names and lines that look empty, and several "
        "languages of programming take a filler for a name: a parameter that nobody sees. What "
        "should stand there is not known."
    ),
    safety=Safety.SHOW,
    trigger="[\u115f\u1160\u2800\u3164\uffa0]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("Name: \u3164", "Name: \u3164", "shown: a name that looks empty"),
        Example(
            "const { timeout,\u3164} = req.query;",
            "const { timeout,\u3164} = req.query;",
            "shown: a parameter without a name",
            Kind.CODE,
        ),
        Example("\u3164\u3131\u314f", "\u3164\u3131\u314f", "not shown: a syllable of KS X 1001"),
        Example("\u1112\u1160", "\u1112\u1160", "not shown: a consonant without a vowel"),
        Example("\u2813\u2800\u2807", "\u2813\u2800\u2807", "not shown: braille"),
    ),
)
