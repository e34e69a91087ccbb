"""H201: a simplified character in a text in traditional characters."""

from __future__ import annotations

from repair.rules.hanzi.outliers import find, sight
from repair.types import Example, Rule, Safety

_TEXT = "國際網路發展協會對於這個問題還沒決議，學者們認為應該從長計議，請與會員聯絡後再說。"

RULE = Rule(
    code="H201",
    name="simplified-in-traditional",
    summary="A simplified character stands in a text in traditional characters.",
    why=(
        "It comes from an input method, a converter that missed it or pasted text, and search "
        "for the usual form does not find it. The form that the text is in is that of nearly "
        "all its characters which only one form has; where both are common, where there are few, "
        "and in Japanese and Korean nothing is said. Names and quotations keep their forms: "
        "so it is only shown, with the usual form where there is one. Pages that a content farm "
        "converted are for H101 to H103."
    ),
    safety=Safety.SHOW,
    trigger="[\u4e00-\u9fff]",
    sight=sight,
    find=find,
    examples=(
        Example(f"{_TEXT}{_TEXT}\u4f1a員", f"{_TEXT}{_TEXT}會員"),
        Example(f"{_TEXT}{_TEXT}\u53d1", f"{_TEXT}{_TEXT}\u53d1", "it may stand for two: 發 or 髮"),
        Example("\u4f1a員說明", "\u4f1a員說明", "too short to tell"),
        Example(f"{_TEXT}{_TEXT}着", f"{_TEXT}{_TEXT}着", "written so in Hong Kong"),
        Example(
            f"{_TEXT}{_TEXT}《\u5f00\u53d1\u8bf4\u660e》",
            f"{_TEXT}{_TEXT}《\u5f00\u53d1\u8bf4\u660e》",
            "a title in simplified characters",
        ),
        Example(
            f"{_TEXT}{_TEXT}\n\u56fdの\u5b66\u4f1a",
            f"{_TEXT}{_TEXT}\n\u56fdの\u5b66\u4f1a",
            "Japanese",
        ),
        Example(
            f"{_TEXT}从\u8fd9\u4e9b门来的车", f"{_TEXT}从\u8fd9\u4e9b门来的车", "a text of both"
        ),
    ),
)
