"""M901: mojibake of which bytes were lost."""

from __future__ import annotations

from repair.rules.mojibake.find import find
from repair.rules.mojibake.ordinary import is_sound_line
from repair.rules.mojibake.suspects import TRIGGER, sight
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="M901",
    name="lossy-mojibake",
    summary="Text was read in the wrong encoding, and some of its bytes were lost.",
    why=(
        "Where the wrong encoding has no character for a byte, programs put a question mark or "
        "U+FFFD, or nothing. What is left still tells the rest: it is repaired on request. A gap "
        "is filled where one character leads clearly; else U+FFFD stands for it."
    ),
    safety=Safety.LIKELY,
    trigger=TRIGGER,
    by_line=True,
    is_ordinary=is_sound_line,
    sight=sight,
    find_in=find,
    examples=(
        Example("浣犲ソ锛屼笘鐣", "你好，世界", "UTF-8 read as GBK, its last byte dropped"),
        Example("SlovenÄ\ufffdina", "Sloven\ufffdina"),
        Example("100\xa0000 km\ufffd", "100\xa0000 km\ufffd", "nothing says what it was"),
    ),
)
