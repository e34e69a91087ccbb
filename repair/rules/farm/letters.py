"""What the parts of farm damage look like: annotations, marks, and kinds of characters."""

from __future__ import annotations

from functools import cache

from repair.patterns import pattern
from repair.tables import farm_keys, hanzi

PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêɡ"
TONED = pattern("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
ANNOTATION = pattern(rf"\(([{PINYIN}]{{1,6}})\)")
"""``(guó)``, as a farm puts it behind a character."""
TRIGGER = rf"[\u3400-\u9fff]{ANNOTATION.pattern}"
"""The gate opens for nothing less."""
TAIL = pattern(rf"([{PINYIN}]{{1,6}})\)")
"""``guó)``, what is left of one whose opening bracket was eaten."""
IRREGULAR = pattern(rf"\?|[@-~€]\([{PINYIN}]{{1,6}}\)")
"""Where bytes of two characters may have met: there is nothing to search for elsewhere."""

FULL_WIDTH = {"!": "！", ",": "，", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
CUT_MARKS = "！？；，。"
"""Marks at whose bytes farms were seen to cut; never at those of the colon."""


@cache
def readings() -> dict[str, str]:
    """Return the reading a farm gives each traditional character: its first, its default one."""
    return {key: row.reading for key, row in hanzi().items()} | dict(farm_keys())


@cache
def simplified_only() -> frozenset[str]:
    """Return characters that a page converted to traditional forms cannot hold.

    They are simplified forms that Big5, the traditional character set, does not have: 后 and
    里 serve both scripts, 国 and 书 only one.
    """
    forms = {form for row in hanzi().values() for form in row.simplified}
    return frozenset(form for form in forms if not _in_big5(form))


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
