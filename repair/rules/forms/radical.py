"""F101: a radical where an ideograph belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import HAN, KANA, unless_code
from repair.tables.unicode import radicals
from repair.types import Document, Example, Finding, Rule, Safety

RADICALS = "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5"
RUN = f"[{RADICALS}]+"
TEXT_BESIDE = f"[{HAN}{KANA}]"

# Charts and dictionaries set radicals among words about radicals: 部首, 偏旁, 部; ...
ABOUT_RADICALS = "[部旁首偏康熙畫画]|[Rr]adical|RADICAL|[Kk]angxi|KANGXI"
# ... or one after another.
LONGEST = 4

# Fonts for Chinese, Taiwan and Japan draw it as 户, 戶 and 戸.
SEVERAL_FORMS = "\u2f3e"


def find(document: Document) -> Iterator[Finding]:
    """Yield each radical that stands in a word."""
    text = document.text
    for match in re.finditer(RUN, text):
        start, end = match.span()
        beside = text[max(start - 1, 0) : start] + text[end : end + 1]
        if end - start > LONGEST or not re.search(TEXT_BESIDE, beside):
            continue
        if re.search(ABOUT_RADICALS, _line(text, start, end)):
            continue
        for at, radical in enumerate(match[0], start):
            new = radicals().get(radical)
            sure = new is not None and radical not in SEVERAL_FORMS
            safety = Safety.SAFE if sure else Safety.LIKELY if new else Safety.SHOW
            confidence = 1.0 if sure else 0.7
            yield Finding("F101", at, at + 1, new, unless_code(document, safety), confidence)


# As far as a word about radicals may be: half a line of print.
NEAR = 40


def _line(text: str, start: int, end: int) -> str:
    """Return what stands near in the same line."""
    before = text[max(start - NEAR, 0) : start].rpartition("\n")[2]
    return before + text[end : end + NEAR].partition("\n")[0]


RULE = Rule(
    code="F101",
    name="radical-for-ideograph",
    summary="A radical stands in a word where an ideograph belongs.",
    why=(
        "The radicals of dictionaries are characters of their own that look like 一, 人 or 長 and "
        "are none: search does not find them and programs read them as signs. They come from "
        "PDFs, whose fonts use one drawing for both. Next to ideographs or kana they are "
        "replaced by the ideograph that Unicode names as the same; not in a list of radicals, "
        "and not near words such as 部首 or radical."
    ),
    safety=Safety.SAFE,
    trigger=f"[{RADICALS}]",
    find_in=find,
    examples=(
        Example("\u2f00个\u2f08", "一个人"),
        Example("国\u2ea0の\u2ed1", "国民の長", "of the supplement"),
        Example("\u2f08\u2f1dが多い", "人口が多い", "two in a row"),
        Example("\u2f00 (one)", "\u2f00 (one)", "not in a word"),
        Example("部首是\u2f08", "部首是\u2f08", "about radicals"),
        Example("字\u2f00\u2f01\u2f02\u2f03\u2f04", "字\u2f00\u2f01\u2f02\u2f03\u2f04", "a list"),
    ),
)
