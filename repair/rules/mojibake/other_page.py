"""M104: a single-byte encoding that was read as another encoding."""

from __future__ import annotations

from repair.rules.mojibake.find import find
from repair.rules.mojibake.ordinary import is_sound_line
from repair.rules.mojibake.suspects import TRIGGER, sight
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="M104",
    name="code-page-misread",
    summary="Text in one single-byte encoding was read as if it were in another.",
    why=(
        "Before UTF-8 each region had several encodings of its own, and a program that was not "
        "told which one took its own: Russian in cp1251 becomes accented Latin in the West and "
        "other Cyrillic letters in KOI8-R. Every text is a possible reading of every other, so "
        "only where the letters follow each other far better than those that stand there is "
        "anything changed. Windows marks that were taken for Latin-1 are C1 controls, which "
        "nobody writes."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    by_line=True,
    is_ordinary=is_sound_line,
    sight=sight,
    find_in=find,
    examples=(
        Example("Ïðèâåò, êàê äåëà?", "Привет, как дела?", "cp1251 read as cp1252"),
        Example("оПХБЕР, ЙЮЙ ДЕКЮ?", "Привет, как дела?", "cp1251 read as KOI8-R"),
        Example("It\x92s \x93fine\x94", "It’s “fine”", "Windows marks that became controls"),
        Example(
            "Þórður þvær sér", "Þórður þvær sér", "Icelandic is no Baltic language read wrongly"
        ),
        Example(
            "«\xa0%s\xa0» n’est pas là", "«\xa0%s\xa0» n’est pas là", "marks that typesetters use"
        ),
        Example("abcåäö ABCÅÄÖ", "abcåäö ABCÅÄÖ", "a row of letters"),
    ),
)
