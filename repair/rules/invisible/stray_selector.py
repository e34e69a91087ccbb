"""I303: a variation selector behind a character that has no variants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.rules.invisible.around import CJK, HAN, SPACED
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Bases that certainly take none; new versions of Unicode add variants of symbols, of marks and
# of rare scripts only, so all of these are left alone. The digits, # and * make keycaps, 0 has a
# form with a stroke, and ideographs take 17 to 256 and the first three.
_NEVER = f'{SPACED} \t\r\n!"$-)+-/:-@\\[-`{{-~\xa0'.replace("0-9", "")
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f"
STRAY = (
    f"(?:(?<=[{_NEVER}])|^)[\ufe00-\ufe0f]"
    f"|(?<=[{CJK}])[\ufe03-\ufe0f]"
    f"|(?:(?<=[^{HAN}{SELECTORS}])|^)[\U000e0100-\U000e01ef]"
    "|(?<=[\x00-\u17ff\u1e00-\u1fff])[\u180b-\u180d\u180f]"
)
_PATTERN, _CHARACTERS = pattern(STRAY), Characters(SELECTORS)


def find(document: Document) -> Iterator[Finding]:
    """Yield each selector whose base is known to have no variants."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    text = document.text
    for match in _CHARACTERS.matches(_PATTERN, text):
        start, end = match.span()
        if text[end : end + 1] and re.match(f"[{SELECTORS}]", text[end]):
            continue  # a run is for I302
        yield Finding("I303", start, end, "", safety, 0.95)


RULE = Rule(
    code="I303",
    name="stray-variation-selector",
    summary="A variation selector stands behind a character that has no variants.",
    why=(
        "Selectors choose between the two looks of an emoji, the forms of an ideograph or of a "
        "letter of Mongolian. Behind a letter of Latin, Greek or Cyrillic, a space or a mark "
        "they do nothing: an emoji was removed and left its selector, or a text was marked."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{SELECTORS}]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("Thanks \ufe0f!", "Thanks !", "the emoji is gone"),
        Example("pay\ufe0fpal", "paypal"),
        Example("\ufe0fstart", "start"),
        Example("A\U000e0101.", "A.", "a form of an ideograph, without one"),
        Example("中\ufe0f", "中", "ideographs have no look of an emoji"),
        Example("☺\ufe0f ☺\ufe0e", "☺\ufe0f ☺\ufe0e", "emoji, and not"),
        Example("1\ufe0f\u20e3", "1\ufe0f\u20e3", "a keycap"),
        Example("0\ufe00", "0\ufe00", "a zero with a stroke"),
        Example("葛\U000e0100", "葛\U000e0100", "the form of an ideograph in a name"),
        Example("\u1820\u180b", "\u1820\u180b", "Mongolian"),
        Example("\u2229\ufe00", "\u2229\ufe00", "a sign of mathematics with serifs"),
    ),
)
