"""I103: a joiner or non-joiner where nothing joins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from repair.patterns import pattern
from repair.rules.invisible.around import CJK, SPACED, is_code, unless_code
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# What a joiner has no effect on. All else is left alone: Arabic, Hebrew, the scripts of India
# and beyond, emoji. 9,404 of 9,404 non-joiners in Persian pages are right.
DEAF = f"{SPACED}{CJK} \t\r\n!-/:-@\\[-`{{-~\xa0\u2010-\u2027\u3000-\u3002\uff01-\uff0f"
JOINERS = "\u200c\u200d"
LETTERS = pattern(f"[{SPACED}]")

# Typographers set U+200C to keep the parts of a compound from a ligature: Auf+lage.
LIGATURES = pattern("[f\u017f].|[cs][thk]|t[tz]|Th")


@cache
def _stray(joiners: str) -> re.Pattern[str]:
    """Return a pattern for those of the joiners that a text has: mostly one, which is faster."""
    return re.compile(f"[{joiners}](?<![^{DEAF}].)[{joiners}]*(?=[{DEAF}]|$)")


def find(document: Document) -> Iterator[Finding]:
    """Yield joiners between characters that never join."""
    text = document.text
    joiners = "".join(each for each in JOINERS if each in text)
    for match in _stray(joiners).finditer(text) if joiners else ():
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if "\u200d" not in match[0] and LIGATURES.fullmatch(before + after):
            continue
        in_word = LETTERS.match(before) and LETTERS.match(after)
        if is_code(document) and not in_word:
            yield Finding("I103", start, end, None, Safety.SHOW, 1.0, "in source code")
            continue
        safety = unless_code(document, Safety.SAFE if in_word else Safety.LIKELY)
        note = "in source code: two names may look alike" if is_code(document) else ""
        yield Finding("I103", start, end, "", safety, 1.0 if in_word else 0.95, note)


RULE = Rule(
    code="I103",
    name="stray-joiner",
    summary="A zero width joiner or non-joiner stands between characters that never join.",
    why=(
        "U+200C and U+200D shape Arabic, Persian and the scripts of India, and U+200D makes one "
        "emoji of several. Between letters of Latin, Greek or Cyrillic, or beside spaces, they "
        "do nothing but split words for search. They come from keyboards, from cut emoji and "
        "from text that was marked or disguised on purpose."
    ),
    safety=Safety.SAFE,
    trigger="[\u200c\u200d]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("exam\u200cple", "example"),
        Example("exam\u200dple", "example"),
        Example("the end\u200c.\n", "the end.\n"),
        Example("ef\u200dfect", "effect", "a joiner makes no ligature here"),
        Example("中\u200d文", "中文"),
        Example("is\u200dAdmin()", "isAdmin()", "a name that looks like another", Kind.CODE),
        Example("Auf\u200clage", "Auf\u200clage", "no ligature across the parts of a compound"),
        Example(
            "\u0645\u06cc\u200c\u0631\u0648\u062f",
            "\u0645\u06cc\u200c\u0631\u0648\u062f",
            "Persian",
        ),
        Example("LLM\u200c\u0647\u0627", "LLM\u200c\u0647\u0627", "a Persian ending"),
        Example("\u0647\u200d.", "\u0647\u200d.", "an Arabic letter in its first form"),
        Example("\u0915\u094d\u200d \u0937", "\u0915\u094d\u200d \u0937", "half a letter of Hindi"),
        Example("👩\u200d🚀", "👩\u200d🚀", "one emoji of two"),
        Example("🏃\u200d\u2642\ufe0f", "🏃\u200d\u2642\ufe0f", "and with a sign"),
    ),
)
