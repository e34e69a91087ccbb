"""M102: UTF-8 that was read as a double-byte encoding."""

from __future__ import annotations

from repair.rules.mojibake.find import find
from repair.rules.mojibake.ordinary import is_sound_line
from repair.rules.mojibake.suspects import TRIGGER, sight
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="M102",
    name="utf-8-as-double-byte",
    summary="Text in UTF-8 was read as if it were in GBK, Big5, Shift_JIS or EUC-KR.",
    why=(
        "Programs set to a Chinese, Japanese or Korean code page take the bytes of UTF-8 two by "
        "two: three bytes of one character and three of the next become three rare characters. "
        "Where the number of bytes is odd, the last one is lost or swallows what follows: that is "
        "M901."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    by_line=True,
    is_ordinary=is_sound_line,
    sight=sight,
    find_in=find,
    examples=(
        Example("鐢ㄦ埛鍚嶅拰瀵嗙爜", "用户名和密码", "Chinese read as GBK"),
        Example(
            "Tous les 茅l猫ves ont re莽u leur cl茅",
            "Tous les élèves ont reçu leur clé",
            "French read as GBK",
        ),
        Example(
            "他在浙江省舟山市涅槃寺",
            "他在浙江省舟山市涅槃寺",
            "rare characters that an author chose",
        ),
        Example("用Python写代码", "用Python写代码", "Latin words among Chinese ones"),
    ),
)
