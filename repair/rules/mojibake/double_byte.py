"""M103: a double-byte encoding that was read as another encoding."""

from __future__ import annotations

from repair.rules.mojibake.find import find
from repair.rules.mojibake.ordinary import is_sound_line
from repair.rules.mojibake.suspects import TRIGGER, sight
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="M103",
    name="double-byte-misread",
    summary="Chinese, Japanese or Korean text was read in the wrong encoding.",
    why=(
        "Pages that did not say they were GBK, Big5, Shift_JIS, EUC-JP or EUC-KR are shown as "
        "Latin letters with accents by Western programs, and as rare characters by those of a "
        "neighbouring country. Such readings are always possible, so they are weighed with more "
        "caution than those of UTF-8."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    by_line=True,
    is_ordinary=is_sound_line,
    sight=sight,
    find_in=find,
    examples=(
        Example("ÄãºÃ£¬ÊÀ½ç£¡ÕâÊÇÖÐÎÄÍøÒ³", "你好，世界！这是中文网页", "GBK read as cp1252"),
        Example(
            "¸ðµç ÀÎ°£Àº ÅÂ¾î³¯ ¶§ºÎÅÍ ÀÚÀ¯·Ó´Ù",
            "모든 인간은 태어날 때부터 자유롭다",
            "EUC-KR read as cp1252",
        ),
        Example("ÄÖÜ ÀÉÈ ÇÑÕ", "ÄÖÜ ÀÉÈ ÇÑÕ", "letters in a row that spell nothing elsewhere"),
    ),
)
