"""F103: full-width letters and digits away from Chinese, Japanese and Korean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.rules.invisible.around import CJK
from repair.types import Document, Example, Finding, Kind, Rule, Safety

WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
# Letters and digits, with the marks and spaces between them.
_CHARACTERS = Characters(WIDE)
_RUN = pattern(f"[{WIDE}](?:[\uff01-\uff5e\u3000]*[{WIDE}])?")
NARROW = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# A cell of a Japanese table or a line of a form may hold nothing else, but its neighbours do. In
# a Chinese newspaper of 1998 the figures of the exchange filled more than that: 28 runs of digits
# away from all else, hence the second look, at the share of the whole text.
AWAY = 100
SHARE = 0.05
_EAST_ASIAN = pattern(f"[{CJK}\u3001-\u303f\u3200-\u33ff]")


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of two or more that has no text of East Asia in reach."""
    text = document.text
    if document.kind in (Kind.MARKUP, Kind.CODE):
        return  # tables of widths, and pages whose text is far between tags
    runs = list(_runs(text))
    if not runs or _is_east_asian(text):
        return
    for start, end in runs:
        if not _EAST_ASIAN.search(text, max(start - AWAY, 0), end + AWAY):
            new = text[start:end].translate(NARROW)
            yield Finding("F103", start, end, new, Safety.LIKELY, 0.9)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for start, _ in _CHARACTERS.runs(text):
        if start >= done and (match := _RUN.match(text, start)):
            done = match.end()
            if done - start > 1:
                yield start, done


def _is_east_asian(text: str) -> bool:
    """Whether more of the characters of a text are than they would be in a text of others."""
    more = int(SHARE * len(text))
    return next(islice(_EAST_ASIAN.finditer(text), more, None), None) is not None


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
    is_quick=True,
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
