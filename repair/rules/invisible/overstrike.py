"""I403: letters struck twice or underlined, with backspaces between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.types import Document, Example, Finding, Kind, Rule, Safety

STRUCK = "(?:[^\x00-\x1f](?:\x08[^\x00-\x1f])+)+|\x08+"
_STRUCK = pattern(STRUCK)
ONE = "([^\x00-\x1f])((?:\x08[^\x00-\x1f])+)"


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of struck letters, and backspaces that are none."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for match in _struck(document.text):
        letters = [_letter(one) for one in re.finditer(ONE, match[0])]
        if letters and None not in letters:
            new = "".join(letter for letter in letters if letter)
            yield Finding("I403", *match.span(), new, safety, 0.98)
        else:
            yield Finding("I403", *match.span(), None, Safety.SHOW, 1.0, "a backspace")


def _struck(text: str) -> Iterator[re.Match[str]]:
    """Yield what the pattern finds, which begins at a backspace or before it."""
    at = 0
    while (backspace := text.find("\x08", at)) >= 0:
        before = _STRUCK.match(text, backspace - 1) if backspace > at else None
        match = before or _STRUCK.match(text, backspace)
        if match is None:
            return
        yield match
        at = match.end()


def _letter(struck: re.Match[str]) -> str | None:
    """What is seen where all strikes are of one character, underlined or not."""
    strikes = {struck[1], *struck[2].replace("\x08", "")}
    strikes = strikes - {"_"} or strikes
    return strikes.pop() if len(strikes) == 1 else None


RULE = Rule(
    code="I403",
    name="overstrike",
    summary="Letters are struck several times, as printers and manual pages do for bold.",
    why=(
        "Manual pages write bold as a letter, a backspace and the letter again, and underlined "
        "as _, a backspace and the letter. Saved as text, every letter is there twice. Other "
        "backspaces are shown: what they took back is not known."
    ),
    safety=Safety.LIKELY,
    trigger="\x08",
    find_in=find,
    examples=(
        Example("N\x08NA\x08AM\x08ME\x08E\n", "NAME\n", "bold"),
        Example("_\x08f_\x08i_\x08l_\x08e", "file", "underlined"),
        Example("_\x08x\x08x", "x", "both"),
        Example("a tab\tand b", "a tab\tand b", "no backspace"),
    ),
)
