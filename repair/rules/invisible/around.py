"""What may stand beside an invisible character; as parts of a class of a regular expression.

Ranges are spelled out, not asked of ``unicodedata``: each Python has another version of it.
"""

from __future__ import annotations

from repair.types import Document, Kind, Safety

# Letters and digits of scripts that put spaces between words and join no letters: Latin, Greek
# and Cyrillic. Hebrew sets joiners between points, Armenian and Georgian were not measured.
SPACED = (
    "0-9A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d"
    "\u0386\u0388-\u0481\u048a-\u052f\u1e00-\u1fff"
)

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u309f\u30a1-\u30ff\uff66-\uff9f"
HANGUL = "\uac00-\ud7a3"
CJK = f"{HAN}{KANA}{HANGUL}\u3105-\u312f\u31a0-\u31ff"

# Hebrew, Arabic, Syriac, Thaana, N'Ko and the like; old scripts beyond the BMP.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"


def unless_code(document: Document, safety: Safety) -> Safety:
    """Return ``safety``, but at most LIKELY in source code: a string there may mean it."""
    return min(safety, Safety.LIKELY) if document.kind is Kind.CODE else safety


def is_code(document: Document) -> bool:
    """Whether ``document`` is source code, where what is unseen can change what is done."""
    return document.kind is Kind.CODE
