"""What characters cost that a model has no statistics of: by script, then by category."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

# In units of 1/12 nat. What no text has costs NEVER. A letter of a script that is not the
# model's begins a run at FOREIGN and goes on at the logarithm of what its script has to choose
# from; within a word of the model's script it costs MIXED more. A symbol that the model never
# met costs SYMBOL, and SAME after itself. Boxes are drawn of several characters: BOX begins one,
# and JOINT goes on.
NEVER, FOREIGN, LETTER, SYLLABLE, IDEOGRAPH = 250, 120, 56, 90, 105
MIXED, SYMBOL, SAME, BOX, JOINT = 96, 150, 18, 120, 36

NEVER_IN_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})

# The first word of a letter's name in Unicode tells its script; these belong together.
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr",
    "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr",
    "KHMER": "Khmr", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ETHIOPIC": "Ethi",
    "THAANA": "Thaa", "CJK": "Hani", "HIRAGANA": "Hani", "KATAKANA": "Hani", "HANGUL": "Hani",
    "BOPOMOFO": "Hani", "IDEOGRAPHIC": "Hani", "KATAKANA-HIRAGANA": "Hani",
    "FULLWIDTH": "Hani", "FEMININE": "Latn", "MASCULINE": "Latn",
    "MICRO": "Grek", "COMBINING": "", "MODIFIER": "",
}  # fmt: skip


@lru_cache(1 << 14)
def script(character: str) -> str:
    """Return the script of a letter or mark: ISO 15924, or a word of its name; ``""`` if none."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    first = unicodedata.name(character, "?").split(" ", 1)[0]
    return SCRIPTS.get(first, first)


@cache
def alphabet(name: str) -> int:
    """Return the units of a letter behind another of its script."""
    if name == "Hani":
        return IDEOGRAPH
    return SYLLABLE if name in {"Ethi", "YI", "VAI", "CANADIAN", "CUNEIFORM"} else LETTER


def cost(before: str, character: str, home: str) -> int:
    """Return the units that a stranger costs after ``before`` where ``home`` is spoken."""
    category = unicodedata.category(character)
    if category in NEVER_IN_TEXT or character == "\ufffd":
        return NEVER
    if category[0] not in "LM":
        return _symbol(before, character)
    foreign = script(character)
    if foreign and foreign != home and script(before) == foreign:
        return alphabet(foreign)
    return FOREIGN + alphabet(foreign) + mixed(before, character)


def _symbol(before: str, character: str) -> int:
    if before == character:
        return SAME
    if is_drawn(character):
        return JOINT if is_drawn(before) else BOX
    return SYMBOL


def is_drawn(character: str) -> bool:
    """Tell whether it is a line, a block, or a part of a box."""
    return "\u2500" <= character <= "\u259f"


def mixed(before: str, character: str) -> int:
    """Return the units that a change of script within a word costs."""
    left, right = script(before), script(character)
    return MIXED if left and right and left != right else 0
