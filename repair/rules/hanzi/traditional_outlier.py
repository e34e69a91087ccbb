"""H202: a traditional character in a text in simplified characters."""

from __future__ import annotations

from repair.rules.hanzi.outliers import find, sight
from repair.types import Example, Rule, Safety

_TEXT = "国际网络发展协会对这个问题还没决议，学者们认为应该从长计议，请与会员联络后再说。"

RULE = Rule(
    code="H202",
    name="traditional-in-simplified",
    summary="A traditional character stands in a text in simplified characters.",
    why=(
        "It comes from an input method, text recognition or pasted text, and search for the "
        "usual form does not find it. The form that the text is in is that of nearly all its "
        "characters which only one form has; where both are common, where there are few, and in "
        "Japanese and Korean nothing is said. Names, quotations and writing about old books keep "
        "their forms: so it is only shown, with the usual form."
    ),
    safety=Safety.SHOW,
    trigger="[\u4e00-\u9fff]",
    sight=sight,
    find=find,
    examples=(
        Example(f"{_TEXT}{_TEXT}\u6703员", f"{_TEXT}{_TEXT}会员"),
        Example("\u6703员说明", "\u6703员说明", "too short to tell"),
        Example(
            f"{_TEXT}{_TEXT}乾隆、魏徵", f"{_TEXT}{_TEXT}乾隆、魏徵", "used in simplified text too"
        ),
        Example(
            f"{_TEXT}{_TEXT}《\u6f22\u66f8\u8ad6》",
            f"{_TEXT}{_TEXT}《\u6f22\u66f8\u8ad6》",
            "a title in traditional characters",
        ),
        Example(f"{_TEXT}{_TEXT}\n國の學會", f"{_TEXT}{_TEXT}\n國の學會", "Japanese"),
    ),
)
