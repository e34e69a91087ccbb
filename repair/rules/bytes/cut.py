"""B105: the text begins or ends within a character of UTF-8."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="B105",
    name="cut-character",
    summary="The text begins or ends within a character.",
    why=(
        "Files are split and fields are cut by bytes. What is left of the character at the cut "
        "does not say which one it was; the other part may have the rest."
    ),
    safety=Safety.SHOW,
    trigger="\\A[\udc80-\udcbf]|[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z",
    find=find,
    examples=(
        Example("汉\udce5\udcad", "汉\udce5\udcad", "shown: the end of 字 is missing"),
        Example("\udcb1\udc89字", "\udcb1\udc89字", "shown: the beginning of 汉 is missing"),
        Example("汉\udce5\udcad.", "汉\udce5\udcad.", "not at the end"),
    ),
)
