"""F103: full-width letters and digits away from Chinese, Japanese and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import CJK
from repair.types import Document, Example, Finding, Kind, Rule, Safety

WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
# Letters and digits, with the marks and spaces between them.
RUN = f"[{WIDE}](?:[\uff01-\uff5e\u3000]*[{WIDE}])?"
NARROW = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# A cell of a Japanese table or a line of a form may hold nothing else, but its neighbours do. In
# a Chinese newspaper of 1998 the figures of the exchange filled more than that: 28 runs of digits
# away from all else, hence the second look, at the share of the whole text.
AWAY = 100
SHARE = 0.05
EAST_ASIAN = f"[{CJK}\u3001-\u303f\u3200-\u33ff]"


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of two or more that has no text of East Asia in reach."""
    text = document.text
    if document.kind in (Kind.MARKUP, Kind.CODE):
        return  # tables of widths, and pages whose text is far between tags
    runs = [match for match in re.finditer(RUN, text) if len(match[0]) > 1]
    if not runs or len(re.findall(EAST_ASIAN, text)) > SHARE * len(text):
        return
    for match in runs:
        start, end = match.span()
        if not re.search(EAST_ASIAN, text[max(start - AWAY, 0) : end + AWAY]):
            yield Finding("F103", start, end, match[0].translate(NARROW), Safety.LIKELY, 0.9)


RULE = Rule(
    code="F103",
    name="full-width-away-from-cjk",
    summary="Full-width letters or digits stand where no Chinese, Japanese or Korean is near.",
    why=(
        "Full-width letters fill the square of an ideograph, and Japanese and Chinese use them "
        "as a matter of course (51,980 in one corpus): beside their text they are never "
        "touched. Elsewhere an input method was left on, or a form demanded them, and no search "
        "finds the word. Some write so for the look, so it is undone on request only."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{WIDE}]",
    find_in=find,
    examples=(
        Example(
            "A form that asks for the number of a telephone may want it in letters as wide as "
            "those of Japan are, such as ０３－１２３４, and then it is in no list of numbers "
            "that were written as all the rest of the world writes them, which is in plain digits.",
            "A form that asks for the number of a telephone may want it in letters as wide as "
            "those of Japan are, such as 03-1234, and then it is in no list of numbers "
            "that were written as all the rest of the world writes them, which is in plain digits.",
            "with the marks between",
        ),
        Example("ＨＥＬＬＯ 世界", "ＨＥＬＬＯ 世界", "near Chinese"),
        Example("Ｈｅｌｌｏ、", "Ｈｅｌｌｏ、", "beside its marks"),
        Example("grade Ａ", "grade Ａ", "one letter"),
        Example("Ｈｅｌｌｏ", "Ｈｅｌｌｏ", "in source code", Kind.CODE),
    ),
)
