"""F106: ligatures of Latin print inside words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.rules.invisible.around import unless_code
from repair.types import Document, Example, Finding, Rule, Safety

LATIN = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff\u2019'"
# The first ligature of a row begins it: a row is looked at once, however long
IN_WORD = f"(?<=[{LATIN}])[\ufb00-\ufb06]+|(?<![\ufb00-\ufb06])[\ufb00-\ufb06]+(?=[{LATIN}])"
_IN_WORD, _LIGATURES = pattern(IN_WORD), Characters("\ufb00-\ufb06")
OF_LONG_S = "\ufb05\ufb06"


def find(document: Document) -> Iterator[Finding]:
    """Yield each that has a letter beside it."""
    for match in _LIGATURES.matches(_IN_WORD, document.text):
        # Compatibility mappings of Unicode 1.1, which may never change
        new = unicodedata.normalize("NFKC", match[0])
        rare = any(ligature in OF_LONG_S for ligature in match[0])
        safety = unless_code(document, Safety.LIKELY if rare else Safety.SAFE)
        yield Finding("F106", *match.span(), new, safety, 0.8 if rare else 1.0)


RULE = Rule(
    code="F106",
    name="ligature-in-word",
    summary="Letters of a word are melted into a ligature of print.",
    why=(
        "Fonts draw f and i as one shape, and PDFs give the shape back as one character: search, "
        "spelling and language models then miss the word. A font makes ligatures of "
        "plain letters by itself. By themselves, as in a text about them, ligatures stay; those "
        "of s and t are old print, and replaced on request only."
    ),
    safety=Safety.SAFE,
    trigger="[\ufb00-\ufb06]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("\ufb01nd the o\ufb03ce", "find the office"),
        Example("\ufb02ow", "flow"),
        Example("the ligature \ufb01", "the ligature \ufb01", "by itself"),
        Example("\ufb13\ufb14", "\ufb13\ufb14", "Armenian"),
    ),
)
