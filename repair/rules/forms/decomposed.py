"""F107: Hangul in pieces; F108: letters and their accents as two characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Modern jamo only, a whole syllable, and no piece beside it: old Hangul is written in pieces.
_REST = "[\u1161-\u1175][\u11a8-\u11c2]?"
SYLLABLES = pattern(
    "[\u1100-\u1112](?<![\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\uac00-\ud7a3].)"
    f"{_REST}(?:[\u1100-\u1112]{_REST})*(?![\u1160-\u11ff\ud7b0-\ud7fb])"
)

# Only scripts whose accented letters are one character everywhere. In Arabic, Hebrew and India
# keyboards differ, and composing reorders marks.
MARKS = "\u0300-\u036f\u3099\u309a"
BASE = "A-Za-z\xc0-\u024f\u1e00-\u1eff\u0386-\u03ce\u1f00-\u1ffe\u0400-\u04ff\u3046-\u30fd"
# The marks of a letter. Not where they are heaped: ordering them takes more than linear time.
CLUSTER = pattern(f"[{MARKS}](?<=[{BASE}].)[{MARKS}]{{0,7}}(?![{MARKS}])")
_MARKS = Characters(MARKS)


def find_hangul(document: Document) -> Iterator[Finding]:
    """Yield each run of syllables in pieces."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for match in SYLLABLES.finditer(document.text):
        new = unicodedata.normalize("NFC", match[0])
        yield Finding("F107", *match.span(), new, safety, 0.95)


def find_letters(document: Document) -> Iterator[Finding]:
    """Yield each letter with accents that has a shorter, canonically equal form."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for marks in _MARKS.matches(CLUSTER, document.text):
        start, end = marks.start() - 1, marks.end()
        base = document.text[start]
        # NFC of characters of Unicode 3.2 and before, which may never change
        new = unicodedata.normalize("NFC", base + marks[0])
        if len(new) < end - start and unicodedata.normalize("NFC", base) == base:
            yield Finding("F108", start, end, new, safety, 0.95)


HANGUL = Rule(
    code="F107",
    name="decomposed-hangul",
    summary="Korean syllables are in pieces.",
    why=(
        "Old file systems of Apple take names apart, and text that lists them keeps the pieces: "
        "they look alike, but search, length and most fonts fail. Composing is NFC and loses "
        "nothing, but a path that is spelled so must stay, so it is done on request. Old Hangul, "
        "which has no composed form, and the letters of chat (ㅋㅋ) are left alone."
    ),
    safety=Safety.LIKELY,
    trigger="[\u1161-\u1175]",
    find_in=find_hangul,
    examples=(
        Example("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        Example("\u1100\u1161", "가", "without a final"),
        Example("ㅋㅋㅋ", "ㅋㅋㅋ", "letters of chat"),
        Example("\u1112\u119e\u11ab", "\u1112\u119e\u11ab", "an old vowel"),
        Example("\u1107\u1109\u1161", "\u1107\u1109\u1161", "an old cluster of consonants"),
        Example("\u1100\u1161\u11c3", "\u1100\u1161\u11c3", "an old final"),
    ),
)

LETTER = Rule(
    code="F108",
    name="decomposed-letter",
    summary="A letter and its accent are two characters where there is one for both.",
    why=(
        "Text from Apple's file systems, from PDFs and from some keyboards has the accent as a "
        "character of its own. Search and comparison miss it, and fonts set it askew. Composing "
        "one letter is NFC and loses nothing, but a path that is spelled so must stay, so it is "
        "done on request, and letter by letter: never for signs such as \u212b or \u2126, for "
        "ideographs, or where no single character exists."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{MARKS}]",
    find_in=find_letters,
    is_quick=True,
    examples=(
        Example("cafe\u0301", "café"),
        Example("и\u0306 か\u3099", "й が", "Cyrillic, kana"),
        Example("Vie\u0323\u0302t", "Việt", "two accents"),
        Example("m\u0304", "m\u0304", "no character for both"),
        Example("\u212b\u0301", "\u212b\u0301", "the sign of a unit"),
        Example("\u05e9\u05c1", "\u05e9\u05c1", "Hebrew"),
    ),
)
