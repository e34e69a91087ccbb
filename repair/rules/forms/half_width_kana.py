"""F104: katakana in half width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Rule, Safety

# Letters, with the marks that belong to them; alone the marks make faces: (*ﾟ▽ﾟ)ﾉ
LETTER = "\uff66-\uff6f\uff71-\uff9d"
WORD = f"[{LETTER}][\uff65-\uff9f]{{2,}}"
LETTERS = "[\uff66-\uff9d]"
FEWEST = 3


def find(document: Document) -> Iterator[Finding]:
    """Yield words of three letters or more."""
    safety = Safety.LIKELY if document.kind.is_prose else Safety.SHOW
    for match in re.finditer(WORD, document.text):
        if len(re.findall(LETTERS, match[0])) >= FEWEST:
            # Compatibility mappings of Unicode 1.1, which may never change
            new = unicodedata.normalize("NFKC", match[0])
            yield Finding("F104", *match.span(), new, safety, 0.8)


RULE = Rule(
    code="F104",
    name="half-width-kana",
    summary="A word is written in half-width katakana.",
    why=(
        "Old terminals and bank records had one byte for a katakana, and set its voicing mark as "
        "a letter of its own. Today's search, sorting and dictionaries expect the full width. "
        "Whoever writes so for the look, or for a bank, means it: it is replaced on request, in "
        "data and code only shown, and short cries and faces are left alone."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{LETTER}]",
    find_in=find,
    examples=(
        Example("ｶﾀｶﾅ と ﾃﾞｰﾀ", "カタカナ と データ"),
        Example("ｷﾀ━━━(ﾟ∀ﾟ)━━━!!", "ｷﾀ━━━(ﾟ∀ﾟ)━━━!!", "a cry and a face"),
        Example("ﾊﾟﾟﾟ", "ﾊﾟﾟﾟ", "marks are no letters"),
    ),
)
